"""What a calendar feed shows: whose it is, and what stands in it. It makes no day up that the plan does not have."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time

from bot.model import Book, Item, Platform, Precision, Span, Status
from bot.recurrence import as_of

_LACKS_DAYS = (Precision.NONE, Precision.ONGOING, Precision.YEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOf:
    """Whose calendar it is: a channel's, by the platform's id of it, or a person's by their id."""

    platform: Platform | None = None
    channel: str | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFeed:
    """A calendar that a phone can subscribe to; whoever has the `secret` reads it, until there is a new one."""

    id: int
    of: FeedOf
    secret: str

    @property
    def name(self) -> str:
        """What its address ends with."""
        return f"{self.id}-{self.secret}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One thing in a calendar, on inclusive days; `starts` is None for what is there all day.

    `name` stays the same over all versions of the plan. What is all day long leaves people free.
    """

    name: str
    title: str
    first: date
    last: date
    starts: time | None
    ends: time | None
    place: str | None
    about: str
    is_cancelled: bool


def appointments(book: Book, today: date, shown: Callable[[Item], bool] | None = None) -> tuple[Appointment, ...]:
    """Return what has days, in their order; a vague date is all its days, with the plan's own words in the title.

    `shown` tells what is in it, where that is not all.

    What is ongoing, for a whole year or without a date is left out, as is what only its own words say when it is.
    """
    items = (item for item in book.items if item.kind.is_markable and (shown is None or shown(item)))
    found = (_appointment(as_of(item, today, book), book) for item in items)
    return tuple(sorted(_there(found), key=lambda one: (one.first, one.starts or time.min, one.title)))


def _there(found: Iterable[Appointment | None]) -> Iterable[Appointment]:
    return (one for one in found if one is not None)


def _appointment(item: Item, book: Book) -> Appointment | None:
    days = _days(item.span)
    if days is None or item.status is Status.DROPPED:
        return None
    first, last = days
    is_timed = item.time_start is not None and first == last and not _is_unsure(item.span)
    return Appointment(
        name=str(item.id),
        title=_title(item),
        first=first,
        last=last,
        starts=item.time_start if is_timed else None,
        ends=_later(item) if is_timed else None,
        place=item.location,
        about="\n".join(filter(None, (item.span.text, item.comment, item.key, book.plan_of(item).title, item.source))),
        is_cancelled=item.cancelled,
    )


def _days(span: Span) -> tuple[date, date] | None:
    """The days of a span; a side that is open is the one that is known."""
    first, last = span.start or span.end, span.end or span.start
    if first is None or last is None or span.precision in _LACKS_DAYS:
        return None
    if span.other is not None:
        first, last = min(first, span.other), max(last, span.other)
    return first, last


def _title(item: Item) -> str:
    said = item.span.text
    is_told = said and (item.span.precision.is_vague or _is_unsure(item.span))
    return f"{item.title} ({said})" if is_told else item.title


def _is_unsure(span: Span) -> bool:
    return span.uncertain or span.other is not None


def _later(item: Item) -> time | None:
    start, end = item.time_start, item.time_end
    return end if start and end and end > start else None
