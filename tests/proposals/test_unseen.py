"""Plans in layouts of all sorts, read as a careful human reads them: each is held to bars for what is found."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bot.model import Entry, ProposedPlan
from handlers.reading import read_plan

HERE = Path(__file__).parent / "unseen"
NAMES = sorted(path.stem for path in HERE.glob("*.json"))
DATED, UNDATED, FIELDS = 0.9, 0.9, 0.9
ALIKE = 0.6
SIDES = {"event": "A", "measure": "A", "module": "A", "milestone": "AB", "goal": "B", "focus_area": "B"}

Gold = dict[str, Any]


def _word_plans() -> dict[str, Callable[[], bytes]]:
    spec = importlib.util.spec_from_file_location("word_plans", HERE / "word_plans.py")
    assert spec
    assert spec.loader
    module: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    built: dict[str, Callable[[], bytes]] = module.WORD_PLANS
    return built


def _plan(name: str) -> ProposedPlan:
    for path in (HERE / f"{name}.txt", HERE / f"{name}.md"):
        if path.exists():
            return read_plan(path.read_bytes(), path.name)
    return read_plan(_word_plans()[name](), f"{name}.docx")


def _days(start: object, end: object, precision: object) -> tuple[str | None, str | None]:
    """A single day is one day, whichever side of it is left open."""
    first, last = (str(day) if day else None for day in (start, end))
    return (first or last, last or first) if precision == "day" else (first, last)


def _fits(gold: Gold, entry: Entry) -> bool:
    """Whether an entry is what the gold says: its kind, its days, and words that are much the same."""
    kinds = {gold["kind"], *gold.get("kind_ok", [])}
    sides = set("".join(SIDES.get(kind, "C") for kind in kinds))
    if "any" not in kinds and not sides & set(SIDES.get(entry.kind, "C")):
        return False
    span = _days(entry.span.start, entry.span.end, entry.span.precision)
    days = [_days(gold["start"], gold["end"], gold["precision"])]
    days += [_days(start, end, gold["precision"]) for start, end in gold.get("date_ok", [])]
    if span not in days and not (gold.get("date_optional") and span == (None, None)):
        return False
    if gold["region"] and gold["region"] != entry.region:
        return False
    titles = [gold["title"], *gold.get("title_alts", [])]
    return max(SequenceMatcher(None, title.casefold(), entry.title.casefold()).ratio() for title in titles) >= ALIKE


def _pairs(gold: Sequence[Gold], entries: Sequence[Entry]) -> list[tuple[Gold, Entry]]:
    """Each item of the gold with the entry that it is, what may be left out last."""
    free, found = list(entries), []
    for item in sorted(gold, key=lambda item: bool(item.get("optional"))):
        entry = next((entry for entry in free if _fits(item, entry)), None)
        if entry:
            free.remove(entry)
            found.append((item, entry))
    return found


def _is_dated(item: Gold) -> bool:
    return bool(item["start"] or item["end"])


def _f1(name: str, *, dated: bool) -> float:
    gold = json.loads((HERE / f"{name}.json").read_text("utf-8"))["items"]
    entries = _plan(name).entries
    pairs = _pairs(gold, entries)
    optional = [entry for item, entry in pairs if item.get("optional")]
    found = sum(not item.get("optional") and _is_dated(item) is dated for item, _ in pairs)
    wanted = sum(not item.get("optional") and _is_dated(item) is dated for item in gold)
    paired = [entry for _, entry in pairs]
    spurious = sum(entry not in paired and entry.span.is_dated is dated for entry in entries if entry not in optional)
    return 2 * found / (wanted + found + spurious) if wanted + spurious else 1.0


@pytest.mark.parametrize("name", NAMES)
def test_what_has_a_date_is_found(name: str) -> None:
    assert _f1(name, dated=True) >= DATED


@pytest.mark.parametrize("name", NAMES)
def test_what_has_no_date_is_found(name: str) -> None:
    assert _f1(name, dated=False) >= UNDATED


@pytest.mark.parametrize("name", NAMES)
def test_who_is_responsible_and_at_what_hour_is_read(name: str) -> None:
    gold = json.loads((HERE / f"{name}.json").read_text("utf-8"))["items"]
    told = [(item, entry) for item, entry in _pairs(gold, _plan(name).entries) if not item.get("optional")]
    right = [
        tuple(who.casefold() for who in entry.responsible) == tuple(who.casefold() for who in item["responsible"])
        for item, entry in told
        if item["responsible"]
    ]
    right += [
        f"{entry.time_start:%H:%M}" == item["time_start"] if entry.time_start else "time_ok" in item
        for item, entry in told
        if item["time_start"]
    ]
    assert not right or sum(right) / len(right) >= FIELDS
