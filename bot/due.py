"""When a channel's digest comes: wall time in its own zone, once a week, whatever the clocks and the days off do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.digest import DaysOff, Subscription, monday_of

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_FRIDAY = 4
# A summer holiday, and some more; whoever is off for longer has turned it off.
_WEEKS_AHEAD = 26
# What was missed before that is nobody's any more.
_WEEKS_BACK = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One digest: the local `day` that it counts as, when it comes and until when it is caught up, both in UTC.

    One that is moved counts as the day that it would have come on, so that it comes once even where somebody tells
    of a day off too late.
    """

    day: date
    at: datetime
    until: datetime


def next_due(subscription: Subscription, after: datetime, is_off: Callable[[date], bool]) -> Due | None:
    """Return the first digest that comes later than `after`, which carries a zone, any; None where none does.

    `is_off` tells of holidays and breaks. An hour that the clocks skip comes when it would have been, one that
    they show twice the first time.
    """
    first = after.astimezone(ZoneInfo(subscription.zone)).date()
    days = (found for found in _from(subscription, first - _WEEK, is_off) if found.at > after.astimezone(UTC))
    return next(days, None)


def due_since(
    subscription: Subscription, looked: datetime, now: datetime, is_off: Callable[[date], bool]
) -> tuple[Due, ...]:
    """Return what came due from `looked` until and with `now`, oldest first; nothing older than some weeks."""
    found, after = [], max(looked, now - _WEEKS_BACK * _WEEK) - timedelta(microseconds=1)
    while (due := next_due(subscription, after, is_off)) is not None and due.at <= now:
        found.append(due)
        after = due.at
    return tuple(found)


def next_look(subscription: Subscription, now: datetime, is_off: Callable[[date], bool]) -> datetime | None:
    """Return when somebody has to look again: a day that is off today may be none any more when it comes."""
    dues = (next_due(subscription, now, told) for told in (is_off, never_off))
    return min((due.at for due in dues if due), default=None)


def first_look(subscription: Subscription, now: datetime) -> datetime | None:
    """Return when to look first after the settings were changed: today's hour counts, though it is past."""
    if not subscription.is_active:
        return None
    zone = ZoneInfo(subscription.zone)
    midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
    return next_look(subscription, midnight - timedelta(microseconds=1), never_off)


def next_day(
    subscription: Subscription, last_day: date | None, now: datetime, is_off: Callable[[date], bool]
) -> date | None:
    """Return the local day of the next digest, today where it is due or still to come; None where there is none.

    `last_day` is the day that the newest one counts as.
    """
    zone = ZoneInfo(subscription.zone)
    midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
    due = next_due(subscription, midnight - timedelta(microseconds=1), is_off)
    while due is not None and has_come(last_day, due.day):
        due = next_due(subscription, due.at, is_off)
    return due.at.astimezone(zone).date() if due else None


def has_come(last_day: date | None, day: date) -> bool:
    """Whether the week of that day, or a later one, has had its digest: one a week, even where settings change."""
    return last_day is not None and monday_of(last_day) >= monday_of(day)


def _from(subscription: Subscription, first: date, is_off: Callable[[date], bool]) -> Iterator[Due]:
    """All from a day on, in the order they come; some may be as old as a week."""
    if not subscription.is_active:
        return
    first = max(first, subscription.paused_until or first)
    day = first + timedelta(days=(subscription.weekday - first.weekday()) % 7)
    for _ in range(_WEEKS_AHEAD):
        comes = _comes_on(subscription.days_off, day, is_off)
        if comes is not None:
            yield _due(subscription, day, comes)
        day += _WEEK


def _comes_on(days_off: DaysOff, day: date, is_off: Callable[[date], bool]) -> date | None:
    """The day that it comes on instead; None where it is left out, as when there is no working day before the next."""
    if days_off is DaysOff.POST or not is_off(day):
        return day
    if days_off is DaysOff.SKIP:
        return None
    later = (day + ahead * _DAY for ahead in range(1, 7))
    return next((one for one in later if one.weekday() <= _FRIDAY and not is_off(one)), None)


def _due(subscription: Subscription, day: date, comes: date) -> Due:
    zone = ZoneInfo(subscription.zone)
    # In UTC: two times of one zone are compared by the clock on the wall, which stands still or jumps twice a year.
    at = datetime.combine(comes, subscription.at, zone).astimezone(UTC)
    return Due(day=day, at=at, until=datetime.combine(comes + _DAY, time(), zone).astimezone(UTC))


def never_off(day: date) -> bool:
    return False
