"""A digest comes once a week, on its day and at its hour on the wall; cases in due.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.digest import DaysOff, Subscription
from bot.due import Due, due_since, first_look, next_day, next_due, next_look
from bot.model import Platform

CASES = tomllib.loads((Path(__file__).parent / "due.toml").read_text("utf-8"))
OSLO = ZoneInfo("Europe/Oslo")


def a_subscription(case: Mapping[str, Any]) -> Subscription:
    return Subscription(
        id=1,
        platform=Platform.SLACK,
        channel="T1:C1",
        weekday=case.get("weekday", 0),
        at=case.get("at", time(8)),
        zone=case.get("zone", "Europe/Oslo"),
        is_active=case.get("active", True),
        paused_until=case.get("paused_until"),
        days_off=DaysOff(case.get("days_off", "post")),
    )


def named(group: str) -> Any:
    return pytest.mark.parametrize("case", CASES[group], ids=[case["name"] for case in CASES[group]])


def told(due: Due | None) -> tuple[date, datetime] | None:
    return due and (due.day, due.at)


@named("next")
def test_the_next_one_comes(case: Mapping[str, Any]) -> None:
    off = case.get("off", [])
    due = next_due(a_subscription(case), case["after"], off.__contains__)
    assert told(due) == (None if "day" not in case else (case["day"], case["comes"]))
    if due is not None:
        assert due.until > due.at > case["after"]
        assert due.until.astimezone(ZoneInfo(case.get("zone", "Europe/Oslo"))).time() == time()


@named("missed")
def test_what_was_missed(case: Mapping[str, Any]) -> None:
    """`due` are all that came due, `caught_up` is the newest where its day is not over."""
    found = due_since(a_subscription(case), case["looked"], case["now"], case.get("off", []).__contains__)
    assert [due.day for due in found] == case.get("due", [])
    caught_up = found[-1].day if found and found[-1].until > case["now"] else None
    assert caught_up == case.get("caught_up")


@pytest.mark.parametrize("days_off", DaysOff)
@pytest.mark.parametrize("weekday", range(7))
def test_looked_for_when_it_is_to_be_looked_for_a_year_through_none_is_doubled_and_none_is_lost(
    weekday: int, days_off: DaysOff
) -> None:
    subscription = a_subscription({"weekday": weekday, "at": time(2, 30), "days_off": days_off})
    off = {date(2026, 8, 3) + timedelta(days=number) for number in range(60, 70)}
    start = datetime(2026, 8, 3, tzinfo=UTC)
    looked, found = first_look(subscription, start), []
    while looked is not None and looked < datetime(2027, 8, 2, tzinfo=UTC):
        now = looked + timedelta(seconds=13)
        found += due_since(subscription, looked, now, off.__contains__)
        looked = next_look(subscription, now, off.__contains__)
    days = [due.day for due in found]
    every = [day for number in range(364) if (day := date(2026, 8, 3) + timedelta(days=number)).weekday() == weekday]
    left_out = {day for day in every if day in off} if days_off is DaysOff.SKIP else set()
    assert len(days) == len(set(days))
    assert left_out == set(every) - set(days) or days_off is DaysOff.MOVE
    assert all(due.at.astimezone(OSLO).hour in (2, 3) for due in found)


@pytest.mark.parametrize(
    ("settings", "last", "coming"),
    [
        ({}, None, date(2026, 11, 23)),
        ({}, date(2026, 11, 23), date(2026, 11, 30)),
        ({"weekday": 4}, date(2026, 11, 23), date(2026, 12, 4)),
        ({"paused_until": date(2027, 1, 5)}, None, date(2027, 1, 11)),
        ({"active": False}, None, None),
        ({"days_off": "move"}, None, date(2026, 11, 24)),
        ({"days_off": "skip"}, None, date(2026, 11, 30)),
    ],
)
def test_the_next_day_is_the_first_that_it_can_come_on(
    settings: Mapping[str, Any], last: date | None, coming: date | None
) -> None:
    now = datetime(2026, 11, 23, 7, tzinfo=OSLO)
    assert next_day(a_subscription(settings), last, now, [date(2026, 11, 23)].__contains__) == coming
