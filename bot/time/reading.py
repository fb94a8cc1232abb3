"""The public face of Norwegian time: find expressions in a text, and resolve them to days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.model import Precision
from bot.time import fallback
from bot.time.parsing import Parsing, parsing
from bot.time.resolve import resolve
from bot.time.tense import looks_back
from bot.time.units import Unit, Which
from bot.time.values import Beside, Clock, NthOf, Ongoing, Present, Recurring, Relative, Silence, Timed, Value, Weekday
from bot.time.when import Context, Times, When

__all__ = [
    "LONGEST",
    "Context",
    "Found",
    "When",
    "clock_times",
    "find",
    "hangs_on_what_was_said",
    "is_of_the_past",
    "nearer_reading",
    "read",
    "read_cell",
    "read_sentence",
    "resolve",
]

_WEEK = timedelta(days=7)
LONGEST = 4000
"""Characters; what is longer is no time expression and no question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A time expression in a text: `text` is text[start_at:stop_at], `value` what it says, unresolved."""

    start_at: int
    stop_at: int
    text: str
    value: Value


def find(text: str) -> tuple[Found, ...]:
    """Return every time expression in a running text, left to right, none overlapping.

    Clock times alone are none, nor is what only says how often. A text over LONGEST characters is read so far only.
    """
    text = text[:LONGEST]
    return tuple(
        Found(start_at=time.start_at, stop_at=time.stop_at, text=text[time.start_at : time.stop_at], value=time.value)
        for time in parsing(text).times
        if not _is_no_time_in_a_sentence(time.value)
    )


def _is_no_time_in_a_sentence(value: Value) -> bool:
    """ "løpende" and "hver dag" are times as a cell; in a sentence they say how, and how often."""
    return isinstance(value, Silence | Ongoing) or (isinstance(value, Recurring) and value.of is None)


def read(text: str, context: Context) -> When | None:
    """Return what a text is as a whole cell, and where it is none, the time in it as a sentence.

    Without any it is the day of an event in the context's calendar ("skolestart"), or what goes on all the time.
    """
    if len(text) > LONGEST:
        return None
    parsed = parsing(text)
    if parsed.cell is not None:
        return _resolved_cell(parsed.cell, context)
    day = _foreign_day(text)
    if day is not None:
        return day
    found = _sentence(text, parsed, context)
    return found[1] if found else _day_of_an_event(parsed, context) or _ongoing(parsed)


def _day_of_an_event(parsed: Parsing, context: Context) -> When | None:
    days = (resolve(event.value, context) for event in parsed.events) if context.calendar else ()
    return next((day for day in days if day), None)


def _ongoing(parsed: Parsing) -> When | None:
    """ "Kontinuerlig oppfølging" and "hva gjøres fortløpende?" tell of what has no days."""
    is_always = any(isinstance(time.value, Ongoing) and time.value.is_always for time in parsed.times)
    return When(precision=Precision.ONGOING) if is_always else None


def read_cell(text: str, context: Context) -> When | None:
    """Return the time that a whole cell or heading is, or None where it is none.

    "27." is a day where the context has a month; a weekday alone is none under headings, where it names no day.
    """
    if len(text) > LONGEST:
        return None
    value = parsing(text).cell
    return _resolved_cell(value, context) if value is not None else _foreign_day(text)


def _resolved_cell(value: Value, context: Context) -> When | None:
    if isinstance(value, Weekday) and value.which is Which.NEAREST and _has_headings(context):
        return None
    if _is_of_any_month(value) and context.month is None and _has_headings(context):
        value = Recurring(every=Unit.MONTH)
    return resolve(value, context)


def _is_of_any_month(value: Value) -> bool:
    """ "Første torsdag i måneden" is this month's only in the mouth of somebody; in a plan it is every month's."""
    return isinstance(value, NthOf) and value.of == Present(unit=Unit.MONTH)


def _has_headings(context: Context) -> bool:
    return any((context.month, context.year, context.school_year, context.section))


def _foreign_day(text: str) -> When | None:
    day = fallback.read_date(text)
    return When(start=day, end=day, precision=Precision.DAY) if day else None


def is_of_the_past(text: str) -> bool:
    """Return whether the text speaks of what has been ("hva skjedde siden mandag")."""
    return looks_back(parsing(text).tokens)


def read_sentence(text: str, context: Context) -> tuple[Found, When] | None:
    """Return the one time that a question is about: the first that comes to days, else the first.

    A question in the past tense looks back, whatever the context says. None for no time at all.
    """
    text = text[:LONGEST]
    return _sentence(text, parsing(text), context)


def _sentence(text: str, parsed: Parsing, context: Context) -> tuple[Found, When] | None:
    if not context.looks_back and looks_back(parsed.tokens):
        context = replace(context, looks_back=True)
    first: tuple[Found, When] | None = None
    for found in find(text):
        when = resolve(found.value, context)
        if when is not None and when.is_dated:
            return found, when
        if when is not None and first is None:
            first = found, when
    return first


def clock_times(text: str) -> Times | None:
    """Return the first clock times in a text, with a date beside them or without."""
    for time in parsing(text[:LONGEST]).times:
        if isinstance(time.value, Clock) and time.value.start is not None:
            return time.value.start, time.value.end
        if isinstance(time.value, Timed):
            return time.value.times
    return None


def hangs_on_what_was_said(value: Value) -> bool:
    """Whether the value is told from what was last spoken of ("og uka etter?").

    Resolve such a value with the first day of that as the context's reference.
    """
    return isinstance(value, Beside) and value.of is None


def nearer_reading(value: Value, when: When, today: date) -> When | None:
    """Return this week's day or weekend where "neste" may mean that too; None where it is clear which one is meant."""
    is_weekday = isinstance(value, Weekday) and value.which is Which.NEXT
    is_weekend = value == Relative(unit=Unit.WEEKEND, steps=1)
    if not (is_weekday or is_weekend) or when.start is None or when.end is None:
        return None
    nearer = replace(when, start=when.start - _WEEK, end=when.end - _WEEK, uncertain=False)
    return nearer if nearer.start is not None and nearer.start > today else None
