"""A channel's digest and what it holds: pure functions of settings, plans and a week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.model import Book, Item, Kind, Language, Platform, Precision, Status
from bot.recurrence import as_of

MOST_ROWS = 30
ZONE = "Europe/Oslo"
_WEEK = timedelta(days=7)
_LONG = timedelta(days=14)
_QUARTER = timedelta(days=92)


class DaysOff(StrEnum):
    """What becomes of a digest on a holiday or in a break: it comes, is left out, or comes the next working day."""

    POST = "post"
    SKIP = "skip"
    MOVE = "move"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One channel's digest: wall time in its own zone, Monday 08:00 unless somebody chose otherwise.

    `weekday` is 0 for Monday. `channel` is the platform's own id, with the workspace where ids are not
    unique without it. `paused_until` is the first day that a digest comes again.
    """

    id: int | None
    platform: Platform
    channel: str
    channel_name: str | None = None
    weekday: int = 0
    at: time = time(8, 0)
    zone: str = ZONE
    language: Language = Language.NB
    is_active: bool = True
    paused_until: date | None = None
    days_off: DaysOff = DaysOff.POST


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedDigest:
    """A digest that stands in a channel as the message `message_id`; it is of the week that `at` lies in."""

    delivery: int
    subscription: Subscription
    at: datetime
    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one week's digest holds, each part in the order of its days: at most MOST_ROWS items.

    `left_out` counts what there is no room for.
    `week` has what is on certain days of it, `month` what goes on without a day of its own, `due` the open
    measures with a deadline in two weeks, `late` those whose time is over. `next_week` is only named.
    """

    first: date
    last: date
    week: tuple[Item, ...]
    month: tuple[Item, ...]
    due: tuple[Item, ...]
    late: tuple[Item, ...]
    next_week: tuple[Item, ...]
    left_out: int = 0


def monday_of(day: date) -> date:
    """Return the first day of the ISO week."""
    return day - timedelta(days=day.weekday())


def is_unfinished_work(item: Item) -> bool:
    """Whether it is work that is still to be and nobody has marked as done; a meeting is none, and is never late."""
    is_work = item.kind in (Kind.MEASURE, Kind.MILESTONE) and not item.cancelled
    return is_work and item.status.is_open


def digest_of(book: Book, monday: date) -> Digest:
    """Return what the digest of the week from that Monday holds."""
    last = monday + timedelta(days=6)
    planned = [as_of(item, monday, book) for item in book.items if _is_planned(item)]
    week = _sorted(item for item in planned if _is_in_week(item, monday))
    due = _by_deadline(item for item in planned if item not in week and _is_due(item, monday))
    month = _sorted(item for item in planned if item not in (*week, *due) and _goes_on(item, monday, last))
    late = _by_deadline(item for item in planned if _is_late(item, book, monday))
    room = _Room(MOST_ROWS)
    # Those with a day come before those without one where there is no room for all.
    parts = {"week": room.take(week), "due": room.take(due), "late": room.take(late), "month": room.take(month)}
    next_week = _sorted(item for item in planned if _is_in_week(item, monday + _WEEK) and item not in week)
    return Digest(first=monday, last=last, **parts, next_week=next_week, left_out=room.left_out)


class _Room:
    """Room for some rows; counts what does not fit."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self.left_out = 0

    def take(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        taken = items[: self._rows]
        self._rows -= len(taken)
        self.left_out += len(items) - len(taken)
        return taken


def _is_planned(item: Item) -> bool:
    return item.kind.is_markable and not item.is_off


def _is_in_week(item: Item, monday: date) -> bool:
    """Whether it is on certain days of the week, by either reading of a doubtful date.

    What lasts longer than two weeks is there when it begins or ends; an open side or a mere deadline tells of
    one day only.
    """
    span, last = item.span, monday + timedelta(days=6)
    if span.other is not None and monday <= span.other <= last:
        return True
    if span.precision.is_vague or span.start is None:
        return False
    if span.end is None or span.end - span.start > _LONG:
        return any(monday <= day <= last for day in (span.start, span.end) if day)
    return span.overlaps(monday, last)


def _is_due(item: Item, monday: date) -> bool:
    """Whether its deadline is within two weeks; what has a single day or a month is told of as such."""
    span = item.span
    if not is_unfinished_work(item) or span.end is None or span.precision is Precision.MONTH or span.start == span.end:
        return False
    return monday <= span.end < monday + 2 * _WEEK


def _goes_on(item: Item, monday: date, last: date) -> bool:
    """Whether it belongs to these months; half a year or more would be the same row week after week."""
    span = item.span
    if item.status is Status.DONE or span.start is None or span.end is None or not span.overlaps(monday, last):
        return False
    is_for_months = span.precision is Precision.MONTH or not span.precision.is_vague
    return is_for_months and span.end - span.start < _QUARTER


def _is_late(item: Item, book: Book, monday: date) -> bool:
    """Whether its time is over and its plan's is not; what was to be done before the plan began is not its work."""
    plan, end = book.plan_of(item), item.span.end
    if end is None or end >= monday or not is_unfinished_work(item):
        return False
    return (plan.period_start or end) <= end and (plan.period_end or monday) >= monday


def _sorted(items: Iterable[Item]) -> tuple[Item, ...]:
    """By day, then by the clock; what is all week comes first."""
    return tuple(sorted(items, key=lambda item: (_first(item), item.time_start or time.min, item.title)))


def _by_deadline(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: (item.span.end or date.max, item.title)))


def _first(item: Item) -> date:
    return item.span.start or item.span.end or date.max
