"""What a week's digest holds: a pure function of the plans, the week, and what they were when the last one came."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from bot.digest import is_unfinished_work
from bot.kept import Kept
from bot.model import Book, Doubt, Item, Precision, Status
from bot.proposals.differences import CLOCK, WHEN, differences
from bot.recurrence import as_of
from bot.understanding.words import plain

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
    they were moved, by id. What several plans have is there once; `also` has the keys in the others, by its id.
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
    also: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
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
    there, found = _there(book, monday), _Found(wishes.rows, wishes.about)
    # Those with a day come before those without one where there is no room for all.
    week, due, late = found.take(there.week), found.take(there.due), found.take(there.late)
    changed, month = found.take(_sorted(_changed(book, monday, news))), found.take(there.month)
    waiting = found.take((item for item in there.waiting if item.plan_id in wishes.waiting), MOST_WAITING)
    return Digest(
        first=monday,
        last=monday + 6 * _DAY,
        week=week,
        due=due,
        late=late,
        changed=changed,
        month=month,
        waiting=waiting,
        next_week=found.not_shown(there.next_week),
        also={number: tuple(keys) for number, keys in found.also.items()},
        moved={item.id: news.was[item.id] for item in found.shown if _is_moved(book.by_id.get(item.id, item), news)},
        left_out=found.left_out,
    )


def same_meeting(item: Item) -> object:
    """Return what is the same of one thing that several plans have: its title, its days, its hours and its region."""
    span = item.span
    if not span.is_dated:
        return item.id
    days = (span.start, span.end, span.precision)
    return item.kind, plain(item.title), days, item.time_start, item.time_end, item.region


@dataclass(frozen=True, slots=True, kw_only=True)
class _There:
    """All that a week's digests may tell of, whomever they are for, each part in its order."""

    week: tuple[Item, ...]
    due: tuple[Item, ...]
    late: tuple[Item, ...]
    month: tuple[Item, ...]
    waiting: tuple[Item, ...]
    next_week: tuple[Item, ...]


_there_is: Kept[_There] = Kept(most=64)


def _there(book: Book, monday: date) -> _There:
    """What is there, worked out once a book and week: a Monday has the digests of many channels."""
    return _there_is.of(book, monday, lambda: _sought(book, monday))


def _sought(book: Book, monday: date) -> _There:
    last = monday + 6 * _DAY
    planned = [as_of(item, monday, book) for item in book.items if item.kind.is_markable and not item.is_off]
    return _There(
        week=_sorted(item for item in planned if _is_in_week(item, monday)),
        due=_by_deadline(item for item in planned if _is_due(item, monday)),
        late=_by_deadline(item for item in planned if _is_late(item, book, monday)),
        month=_sorted(item for item in planned if _goes_on(item, monday, last)),
        waiting=tuple(item for item in planned if _waits(item, book, monday)),
        next_week=_sorted(item for item in planned if _is_in_week(item, monday + _WEEK)),
    )


class _Found:
    """Rows in their order, each item once, as long as there is room; counts what does not fit."""

    def __init__(self, rows: int | None, about: Callable[[Item], bool]) -> None:
        self._rows = rows
        self._about = about
        self._first: dict[object, Item] = {}
        self._ids: set[int] = set()
        self._left: set[int] = set()
        self.shown: list[Item] = []
        self.also: dict[int, list[str]] = {}
        self.left_out = 0

    def take(self, items: Iterable[Item], at_most: int = MOST_ROWS) -> tuple[Item, ...]:
        fresh = tuple(item for item in items if self._is_fresh(item))
        room = len(fresh) if self._rows is None else min(at_most, self._rows - len(self.shown))
        self.shown += fresh[:room]
        # What there is no room for has no other row either, and may still be named.
        self._left |= {item.id for item in fresh[room:]}
        self.left_out += len(fresh[room:])
        return fresh[:room]

    def not_shown(self, items: Iterable[Item]) -> tuple[Item, ...]:
        """Those without a row, each once."""
        without = (item for item in items if item.id not in self._ids - self._left and self._about(item))
        return tuple({same_meeting(item): item for item in without}.values())

    def _is_fresh(self, item: Item) -> bool:
        """Whether it has no row yet; what another plan has too is told of behind that."""
        if item.id in self._ids or not self._about(item):
            return False
        self._ids.add(item.id)
        first = self._first.setdefault(same_meeting(item), item)
        if first is item or first.plan_id == item.plan_id:
            return True
        self.also.setdefault(first.id, []).append(item.key)
        return False


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
