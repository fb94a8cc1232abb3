"""When something is: the next time, the last time, every time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.possible import possible_in, with_times
from bot.answers.scope import (
    PLANNED,
    earliest_day,
    first_day,
    in_asked_time,
    in_period,
    in_plans,
    latest_day,
    named,
    occasions,
    soonest_first,
    undated_beside,
    with_alternatives,
)
from bot.answers.telling import asked_words, done_presses, plans_of
from bot.model import Item
from bot.recurrence import after_plan, as_of
from bot.understanding.frame import Asked
from bot.understanding.subject import FOLLOWING


def next_occurrence(asking: Asking) -> Facts:
    """Return the first that is not over; if all are, the last one is told of unless just the next was asked for."""
    if asking.frame.state == "until" and (day := _day_named(asking)):
        return _days_to(day, asking)
    from_day = (asking.frame.when and asking.frame.when.period.start) or asking.today
    items = in_asked_time(asking, (as_of(item, from_day, asking.book) for item in occasions(asking)))
    upcoming = soonest_first(
        item for item in items if latest_day(item, asking.book) >= asking.today and not item.is_off
    )
    if asking.frame.state == FOLLOWING:
        upcoming = _after_what_was_shown(asking, upcoming)
    coming = _first_of(_still_to_begin(asking, tuple(item for item in upcoming if item.span.is_dated)))
    coming = tuple(item for item in with_alternatives(coming, asking.book) if item in coming or item in upcoming)
    undated = () if coming else tuple(item for item in items if not item.span.is_dated and not item.is_off)
    cancelled = () if coming or undated else _cancelled(asking, items)
    previous = () if coming or undated or cancelled else _last_of(asking, items)
    again = tuple(moved for item in previous if (moved := after_plan(item, asking.today)))
    previous = () if again else previous
    shown = coming or undated or cancelled or again or (() if asking.frame.state == "next" else previous)
    possible = with_times(undated, asking.book)
    values = {
        "words": asked_words(asking),
        "next": coming,
        "days": (days := _days_until(asking, coming)),
        "weeks": divmod(days or 0, 7),
        "again": again,
        "possible": possible,
        "undated": tuple(item for item in undated if item not in possible),
        "cancelled": cancelled,
        "previous": previous,
        "later": len(upcoming) - len(coming) if coming else 0,
        "plans": plans_of(asking, shown or previous),
    }
    return Facts(template="next_occurrence", values=values, items=shown, buttons=done_presses(asking, shown))


def last_occurrence(asking: Asking) -> Facts:
    """Return the latest that has begun before today; if none has, the first one to come is told of.

    Of a span that is not over ("siste SUT før jul") the last one in it.
    """
    if asking.frame.state == "of_the_span" and asking.frame.when is not None:
        return _last_of_span(asking, asking.frame.when)
    items = in_asked_time(asking, occasions(asking))
    previous = _last_of(asking, items)
    coming = () if previous else _first_of(soonest_first(i for i in items if i.span.is_dated and not i.is_off))
    values = {
        "words": asked_words(asking),
        "previous": previous,
        "next": coming,
        "plans": plans_of(asking, previous or coming),
    }
    return Facts(
        template="last_occurrence",
        values=values,
        items=previous or coming,
        offered=coming,
        buttons=done_presses(asking, previous),
    )


def _last_of_span(asking: Asking, when: Asked) -> Facts:
    """The last one in the span; of "i år" that of the calendar year, and that of the school year where it is later."""
    items = occasions(asking)
    last = _latest(in_period(asking, items, when.period))
    if when.is_this_year:
        last = tuple({item.id: item for item in (*last, *_latest(in_asked_time(asking, items)))}.values())
    coming = () if last else _coming(asking, items)
    shown = last or coming
    values = {
        "words": asked_words(asking),
        "period": None if when.is_this_year else when.period,
        "last": last,
        "next": coming,
        "plans": plans_of(asking, shown),
    }
    return Facts(template="last_of_span", values=values, period=when.period, items=shown, offered=coming)


def list_occurrences(asking: Asking) -> Facts:
    """Return every one in the time that is asked for, or else in the plans that hold; undated ones apart."""
    items = occasions(asking)
    within = in_asked_time(asking, items)
    dated = soonest_first(item for item in within if item.span.is_dated)
    if asking.frame.state == FOLLOWING:
        dated = _after_what_was_shown(asking, dated)
    beside = tuple(item for item in undated_beside(asking, items) if item not in items)
    undated = tuple(item for item in (*items, *beside) if not item.span.is_dated) if asking.frame.when is None else ()
    possible = _possible(asking, items)
    undated = tuple(item for item in undated if item not in possible)
    coming = () if dated or undated or possible else _coming(asking, items)
    shown = (*dated, *possible, *undated, *coming)
    values = {
        "words": asked_words(asking),
        "period": asking.frame.when.period if asking.frame.when else None,
        "dated": dated,
        "possible": possible,
        "undated": undated,
        "next": coming,
        "plans": plans_of(asking, shown),
    }
    period = asking.frame.when.period if asking.frame.when else None
    return Facts(template="list_occurrences", values=values, period=period, items=shown, offered=coming)


def _days_until(asking: Asking, coming: Sequence[Item]) -> int | None:
    """How many days are left to the next one; None if that is not asked."""
    if asking.frame.state != "until":
        return None
    return max((first_day(coming[0]) - asking.today).days, 0) if coming else None


def _days_to(day: date, asking: Asking) -> Facts:
    """How many days are left to a day, and what is on then."""
    items = (as_of(item, asking.today, asking.book) for item in occasions(asking) if not item.is_off)
    there = soonest_first(item for item in items if first_day(item) == day)
    days = max((day - asking.today).days, 0)
    nothing = dict.fromkeys(("possible", "again", "undated", "cancelled", "previous"), ())
    values = {"words": "", "next": there, "days": days, "weeks": divmod(days, 7), "later": 0, **nothing}
    return Facts(template="next_occurrence", values={**values, "plans": plans_of(asking, there)}, items=there)


def _day_named(asking: Asking) -> date | None:
    """The first day of the time that is named, where nothing else is; "until Christmas" is all the days up to it."""
    when = asking.frame.when
    if when is None or asking.frame.names:
        return None
    first, last = when.period.start, when.period.end
    is_up_to = first is not None and first <= asking.today and last is not None and last > first
    return last + timedelta(days=1) if is_up_to and last is not None else first or last


def _possible(asking: Asking, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Of the items, or of all that a group is named with, what may be in the time that is asked for."""
    if asking.frame.when is None:
        return with_times(items, asking.book)
    named_too = in_plans(asking, (item for item in named(asking, asking.book.items) if item.kind in PLANNED))
    return possible_in(named_too, asking.frame.when.period, asking.book)


def _after_what_was_shown(asking: Asking, items: Sequence[Item]) -> tuple[Item, ...]:
    shown = [asking.book.by_id[number] for number in asking.frame.shown if number in asking.book.by_id]
    latest = max((first_day(item) for item in shown), default=asking.today)
    return tuple(item for item in items if first_day(item) > latest)


def _still_to_begin(asking: Asking, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Of all there is: what is only roughly now and has begun already is not the next thing, if anything follows."""
    if asking.frame.items:
        return items
    ahead = tuple(item for item in items if first_day(item) >= asking.today or not item.span.precision.is_vague)
    return ahead or items


def _first_of(items: Sequence[Item]) -> tuple[Item, ...]:
    """The first, with all that are on the same day."""
    return tuple(item for item in items if first_day(item) == first_day(items[0]))


def _cancelled(asking: Asking, items: Sequence[Item]) -> tuple[Item, ...]:
    """The first of those that would still be to come; nothing where the question names none of them."""
    named = soonest_first(item for item in items if item.is_off and latest_day(item, asking.book) >= asking.today)
    return _first_of(named) if asking.frame.items else ()


def _last_of(asking: Asking, items: Sequence[Item]) -> tuple[Item, ...]:
    return _latest(item for item in items if earliest_day(item) < asking.today)


def _latest(items: Iterable[Item]) -> tuple[Item, ...]:
    """The last of those that have days, with all that are on the same day."""
    there = [item for item in items if item.span.is_dated and not item.is_off]
    latest = max((first_day(item) for item in there), default=None)
    return tuple(item for item in there if first_day(item) == latest)


def _coming(asking: Asking, items: Sequence[Item]) -> tuple[Item, ...]:
    ahead = (item for item in items if item.span.is_dated and first_day(item) >= asking.today and not item.is_off)
    return _first_of(soonest_first(ahead))
