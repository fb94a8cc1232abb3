"""Plans of many makers, in the formats they come in, are read as a careful human reads them.

Each was written, with what is in it, by somebody who had not seen the reader. `bars.toml` names those that are read
less well than the others, each with what it must at least reach. One that `names_nobody` says who is responsible in
brackets or in prose alone: then nobody is taken for it, rather than somebody else.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path

import pytest

from bot.model import ProposedPlan
from handlers.reading import read_plan
from tests.proposals.scoring import Figures, Gold, has_the_same_words, score

HERE = Path(__file__).parent / "formats"
FILES = sorted(path.name for path in HERE.iterdir() if path.suffix in (".docx", ".xlsx", ".pdf", ".txt", ".md"))
BARS = tomllib.loads((Path(__file__).parent / "bars.toml").read_text("utf-8"))
DATED, UNDATED, FIELDS = 0.9, 0.85, 0.8
# Where a plan has hardly anything without a day, its F1 says little.
FEW = 2


@cache
def _plan(name: str) -> ProposedPlan:
    return read_plan((HERE / name).read_bytes(), name)


@cache
def _figures(name: str) -> Figures:
    path = HERE / name
    gold: list[Gold] = json.loads(path.with_suffix(".json").read_text("utf-8"))["items"]
    return score(gold, _plan(name).entries, path.suffix[1:])


def _bar(name: str, kind: str, default: float) -> float:
    return float(BARS.get(name, {}).get(kind, default))


@pytest.mark.parametrize("name", FILES)
def test_what_has_a_day_is_found_and_nothing_invented(name: str) -> None:
    assert round(_figures(name).dated, 3) >= _bar(name, "dated", DATED)


@pytest.mark.parametrize("name", FILES)
def test_what_has_no_day_is_found_and_nothing_invented(name: str) -> None:
    figures = _figures(name)
    assert round(figures.undated, 3) >= _bar(name, "undated", UNDATED) or figures.undated_off <= FEW


@pytest.mark.parametrize("name", FILES)
def test_who_is_responsible_is_read(name: str) -> None:
    told = [(item, entry) for item, entry in _figures(name).pairs if item.get("responsible")]
    right = [has_the_same_words(item["responsible"], entry.responsible) for item, entry in told]
    if BARS.get(name, {}).get("names_nobody"):
        assert not any(entry.responsible for (_, entry), is_right in zip(told, right, strict=True) if not is_right)
        return
    assert not right or round(sum(right) / len(right), 3) >= _bar(name, "responsible", FIELDS)


@pytest.mark.parametrize("name", FILES)
def test_the_plan_has_its_time(name: str) -> None:
    gold = json.loads((HERE / name).with_suffix(".json").read_text("utf-8"))["plan"]
    plan = _plan(name)
    days = [str(day) if day else None for day in (plan.period_start, plan.period_end)]
    assert days == BARS.get(name, {}).get("period", [gold["period_start"], gold["period_end"]])


def test_every_bar_is_of_a_plan_and_below_the_common_one() -> None:
    assert set(BARS) <= set(FILES)
    common = {"dated": DATED, "undated": UNDATED, "responsible": FIELDS}
    for bars in BARS.values():
        assert all(bars[kind] < common[kind] for kind in bars if kind in common)
