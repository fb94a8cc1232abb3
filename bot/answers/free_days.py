"""Days on which the plans have no meeting: workdays of the time asked for, and what is on the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.narrowing import days_of
from bot.answers.scope import current_plans, soonest_first, without_parts
from bot.answers.telling import plans_of
from bot.messages import Period
from bot.model import Item, Kind
from bot.time.calendar import is_public_holiday

_LOOKS_AHEAD = timedelta(days=27)
_LONGEST = timedelta(days=61)  # of a longer time, the first two months
_FRIDAY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The free days of a month."""

    first: date
    days: tuple[date, ...]


def free_days(asking: Asking) -> Facts:
    """Return the workdays without a meeting in the time asked for, from today on where it has begun.

    Of one day, whether it is free, and what is on. Work that goes on for weeks takes no day; holidays of schools
    and other calendars are not known.
    """
    period = _period(asking)
    meetings = _meetings(asking, period)
    taken = {day for item in meetings for day in days_of(item)}
    free = [day for day in _workdays(period) if day not in taken]
    is_one_day = period.start == period.end
    shown = meetings if is_one_day else ()
    values = {
        "period": period,
        "is_one_day": is_one_day,
        "is_workday": bool(list(_workdays(period))),
        "months": tuple(_by_month(free)),
        "taken": shown,
        "meetings": len(meetings),
        "plans": plans_of(asking, shown),
    }
    return Facts(template="free_days", values=values, period=period, items=shown)


def _period(asking: Asking) -> Period:
    asked = asking.frame.when.period if asking.frame.when else Period(start=asking.today, end=None)
    first = asked.start or asking.today
    if first < asking.today and (asked.end is None or asked.end >= asking.today):
        first = asking.today
    last = asked.end or min(first, date.max - _LOOKS_AHEAD) + _LOOKS_AHEAD
    return Period(start=first, end=min(last, min(first, date.max - _LONGEST) + _LONGEST))


def _meetings(asking: Asking, period: Period) -> tuple[Item, ...]:
    """What has days in the period, by either reading of a doubtful date."""
    plans = frozenset(plan.id for plan in current_plans(asking))
    there = (i for i in asking.book.items if i.kind is Kind.EVENT and not i.is_off and i.plan_id in plans)
    first, last = period.start or date.min, period.end or date.max
    return soonest_first(
        without_parts(tuple(item for item in there if any(first <= day <= last for day in days_of(item))))
    )


def _workdays(period: Period) -> Iterator[date]:
    if period.start is None or period.end is None:
        return
    for ahead in range((period.end - period.start).days + 1):
        day = period.start + timedelta(days=ahead)
        if day.weekday() <= _FRIDAY and not is_public_holiday(day):
            yield day


def _by_month(days: list[date]) -> Iterator[Month]:
    for first in dict.fromkeys(day.replace(day=1) for day in days):
        yield Month(first=first, days=tuple(day for day in days if day.replace(day=1) == first))
