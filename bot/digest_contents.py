"""What a week's digest holds: a pure function of the plans, the week, and what they were when the last one came."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from bot.digest import is_unfinished_work
from bot.model import Book, Doubt, Item, Precision, Status
from bot.proposals.differences import CLOCK, WHEN, differences
from bot.recurrence import as_of

MOST_ROWS = 30
MOST_WAITING = 5
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_LONG = timedelta(days=14)
_QUARTER = timedelta(days=92)
_WAITS = {Doubt.PLACEHOLDER_DATE, Doubt.POSTPONED}


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is otherwise than when the last digest came: items as they were then, by id, and those that are gone."""

    was: Mapping[int, Item] = field(default_factory=dict)
    gone: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """Which items a digest is about, and how many rows it may have: None is as many as there are.

    `waiting` are the plans, by id, of which it tells what has no date yet.
    """

    about: Callable[[Item], bool] = lambda item: True
    waiting: frozenset[int] = frozenset()
    rows: int | None = MOST_ROWS


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one week's digest holds, each part in the order of its days; no item is in two of them.

    `left_out` counts what there is no room for.
    `week` has what is on certain days of it, `due` the open measures with a deadline in two weeks, `late` those whose
    time is over, `changed` what is moved, cancelled or gone since the last digest, `month` what goes on without a day
    of its own, `waiting` what has no date yet. `next_week` is only named. `moved` has what the shown items were before
    they were moved, by id.
    """

    first: date
    last: date
    week: tuple[Item, ...]
    due: tuple[Item, ...]
    late: tuple[Item, ...]
    changed: tuple[Item, ...]
    month: tuple[Item, ...]
    waiting: tuple[Item, ...]
    next_week: tuple[Item, ...]
    moved: Mapping[int, Item] = field(default_factory=dict)
    left_out: int = 0

    @property
    def items(self) -> tuple[Item, ...]:
        """Return all that has a row."""
        return (*self.week, *self.due, *self.late, *self.changed, *self.month, *self.waiting)

    @property
    def tells_nothing_new(self) -> bool:
        """Whether all it has is what goes on, and what was late before: the same rows week after week."""
        return not (self.week or self.due or self.changed)


def digest_of(book: Book, monday: date, news: News | None = None, wishes: Wishes | None = None) -> Digest:
    """Return what the digest of the week from that Monday holds."""
    news, wishes = news or News(), wishes or Wishes()
    last = monday + 6 * _DAY
    planned = [
        as_of(item, monday, book)
        for item in book.items
        if item.kind.is_markable and not item.is_off and wishes.about(item)
    ]
    found = _Found(wishes.rows)
    # Those with a day come before those without one where there is no room for all.
    week = found.take(_sorted(item for item in planned if _is_in_week(item, monday)))
    due = found.take(_by_deadline(item for item in planned if _is_due(item, monday)))
    late = found.take(_by_deadline(item for item in planned if _is_late(item, book, monday)))
    changed = found.take(_sorted(filter(wishes.about, _changed(book, monday, news))))
    month = found.take(_sorted(item for item in planned if _goes_on(item, monday, last)))
    waits = (item for item in planned if item.plan_id in wishes.waiting and _waits(item, book, monday))
    waiting = found.take(waits, MOST_WAITING)
    return Digest(
        first=monday,
        last=last,
        week=week,
        due=due,
        late=late,
        changed=changed,
        month=month,
        waiting=waiting,
        next_week=_sorted(found.not_shown(item for item in planned if _is_in_week(item, monday + _WEEK))),
        moved={item.id: news.was[item.id] for item in found.shown if _is_moved(book.by_id.get(item.id, item), news)},
        left_out=found.left_out,
    )


class _Found:
    """Rows in their order, each item once, as long as there is room; counts what does not fit."""

    def __init__(self, rows: int | None) -> None:
        self._rows = rows
        self._ids: set[int] = set()
        self.shown: list[Item] = []
        self.left_out = 0

    def take(self, items: Iterable[Item], at_most: int = MOST_ROWS) -> tuple[Item, ...]:
        fresh = tuple(item for item in items if item.id not in self._ids)
        room = len(fresh) if self._rows is None else min(at_most, self._rows - len(self.shown))
        self._ids |= {item.id for item in fresh}
        self.shown += fresh[:room]
        self.left_out += len(fresh[room:])
        return fresh[:room]

    def not_shown(self, items: Iterable[Item]) -> Iterable[Item]:
        ids = {item.id for item in self.shown}
        return (item for item in items if item.id not in ids)


def _is_in_week(item: Item, monday: date) -> bool:
    """Whether it is on certain days of the week, by either reading of a doubtful date.

    What lasts longer than two weeks is there when it begins or ends; an open side or a mere deadline tells of
    one day only.
    """
    span, last = item.span, monday + 6 * _DAY
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


def _waits(item: Item, book: Book, monday: date) -> bool:
    """Whether somebody is to set its date: the plan leaves it open, and what goes on all the time is not meant."""
    if not item.status.is_open or (book.plan_of(item).period_end or monday) < monday:
        return False
    return item.span.precision is Precision.NONE or not _WAITS.isdisjoint(item.doubts)


def _changed(book: Book, monday: date, news: News) -> Iterable[Item]:
    """What is cancelled, gone or moved, and was to be or is to be in this week or later."""
    there = (book.by_id[number] for number in news.was if number in book.by_id)
    told = [item for item in there if _is_cancelled(item, news) or (not item.is_off and _is_moved(item, news))]
    gone = (item for item in news.gone if item.plan_id in book.plan_by_id and not item.is_off)
    return (item for item in (*told, *gone) if _matters((item, news.was.get(item.id, item)), monday))


def _matters(both: Collection[Item], monday: date) -> bool:
    return all(item.kind.is_markable for item in both) and any(
        day is not None and day >= monday for item in both for day in (item.span.start, item.span.end)
    )


def _is_cancelled(item: Item, news: News) -> bool:
    return item.cancelled and not news.was[item.id].is_off


def _is_moved(item: Item, news: News) -> bool:
    was = news.was.get(item.id)
    if was is None or item.is_off:
        return False
    return any(one.field in (WHEN, CLOCK) for one in differences(was, item))


def _sorted(items: Iterable[Item]) -> tuple[Item, ...]:
    """By day, then by the clock; what is all week comes first."""
    return tuple(sorted(items, key=lambda item: (_first(item), item.time_start or time.min, item.title)))


def _by_deadline(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: (item.span.end or date.max, item.title)))


def _first(item: Item) -> date:
    return item.span.start or item.span.end or date.max
