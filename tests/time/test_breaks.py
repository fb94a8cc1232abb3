"""Which of several school years' breaks a time is told by: the tense and the words tell, never the only one known."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.time.reading import Context, read_sentence

TABLE = tomllib.loads((Path(__file__).parent / "breaks_of_years.toml").read_text("utf-8"))
BREAKS = {name: tuple((first, last) for first, last in days) for name, days in TABLE["breaks"].items()}


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: f"{case['say']} ({case['on']})")
def test_break_of_several_years(case: Mapping[str, Any]) -> None:
    read = read_sentence(case["say"], Context(reference=case["on"], breaks=BREAKS))
    days = () if read is None else (read[1].start, read[1].end)
    assert [_or_empty(day) for day in days] == case["is"]


def _or_empty(day: date | None) -> date | str:
    return day or ""
