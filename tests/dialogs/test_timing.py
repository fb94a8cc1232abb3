"""A time that is said in chat is read as its plan would have it, and what a button says is read back as just that."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from bot.answers.timing import is_when, timing, to_type
from bot.errors import BadDate
from bot.model import Language, Plan
from bot.time.reading import Context

SEEN = Context(reference=date(2026, 11, 23))
PERIODS = {
    "school_year": (date(2026, 8, 1), date(2027, 7, 31)),
    "years_gone": (date(2018, 1, 1), date(2021, 12, 31)),
    "no_period": (None, None),
}
CASES = [
    pytest.param(case["say"], plan, case[plan], id=f"{case['say']} ({plan})")
    for case in tomllib.loads((Path(__file__).parent / "timing.toml").read_text("utf-8"))["case"]
    for plan in PERIODS
    if plan in case
]


@pytest.mark.parametrize(("say", "plan", "expected"), CASES)
def test_timing(say: str, plan: str, expected: Mapping[str, Any]) -> None:
    if "refused" in expected:
        with pytest.raises(BadDate) as refused:
            timing(say, a_plan(plan), SEEN)
        assert refused.value.template == expected["refused"]
        return
    read = timing(say, a_plan(plan), SEEN)
    assert list(read.readings) == expected.get("readings", [])
    days = [read.span.start or "", read.span.end or ""] if read.span else ["", ""]
    assert days == expected.get("days", ["", ""])
    assert [f"{one:%H:%M}" if one else "" for one in read.times] == expected.get("times", ["", ""])
    assert list(read.doubts) == expected.get("doubts", [])
    assert "text" not in expected or (read.span and read.span.text) == expected["text"]
    assert is_when(say, SEEN)


@pytest.mark.parametrize("plan", PERIODS)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("times", [(None, None), (time(12), None), (time(8, 30), time(14, 0))])
def test_what_a_button_says_is_read_back(plan: str, language: Language, times: tuple[time | None, time | None]) -> None:
    for day in (date(2024, 2, 8), date(2027, 5, 1), date(2026, 11, 23)):
        read = timing(to_type(day, times, language), a_plan(plan), SEEN)
        assert read.span is not None
        assert (read.span.start, read.span.end, read.times, read.doubts) == (day, day, times, ())


def a_plan(name: str) -> Plan:
    first, last = PERIODS[name]
    return Plan(id=1, short="X", title="X", period_start=first, period_end=last)
