"""A digest comes once a week, on its day, from its hour on the wall until that day is over."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.digest import Subscription, is_due, next_day
from bot.model import Platform

CASES = tomllib.loads((Path(__file__).parent / "due.toml").read_text("utf-8"))["case"]
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
    )


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_digest_is_due(case: Mapping[str, Any]) -> None:
    assert is_due(a_subscription(case), case.get("last"), case["now"]) == case.get("due")


@pytest.mark.parametrize("weekday", range(7))
def test_looked_for_every_ten_minutes_a_year_through_it_comes_once_an_iso_week(weekday: int) -> None:
    subscription = a_subscription({"weekday": weekday, "at": time(2, 30)})
    moment, last, sent = datetime(2026, 8, 3, tzinfo=ZoneInfo("UTC")), None, []
    while moment.date() < date(2027, 8, 2):
        if day := is_due(subscription, last, moment):
            last = day
            sent.append(moment.astimezone(OSLO))
        moment += timedelta(minutes=10)
    weeks = [moment.isocalendar()[:2] for moment in sent]
    assert len(weeks) == len(set(weeks)) == 52
    assert all(moment.weekday() == weekday and moment.hour in (2, 3) for moment in sent)


@pytest.mark.parametrize(
    ("settings", "last", "coming"),
    [
        ({}, None, date(2026, 11, 23)),
        ({}, date(2026, 11, 23), date(2026, 11, 30)),
        ({"weekday": 4}, date(2026, 11, 23), date(2026, 12, 4)),
        ({"paused_until": date(2027, 1, 5)}, None, date(2027, 1, 11)),
        ({"active": False}, None, None),
    ],
)
def test_the_next_day_is_the_first_that_it_can_come_on(
    settings: Mapping[str, Any], last: date | None, coming: date | None
) -> None:
    now = datetime(2026, 11, 23, 7, tzinfo=OSLO)
    assert next_day(a_subscription(settings), last, now) == coming
