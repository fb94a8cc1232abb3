"""Where an item comes to be when it is moved a step from its own day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.model import Item, Language, Precision
from bot.understanding.shifts import Shift
from bot.wording import day_to_type, times_to_type

_OF_DAYS = (Precision.DAY, Precision.RANGE, Precision.WEEK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A time as it is typed, and its first day."""

    words: str
    day: date


def shifted(item: Item, shift: Shift, language: Language) -> tuple[Way, ...]:
    """Return where the step leads: two ways where it may be meant both, none from a day that is vague or in doubt."""
    start = item.span.start
    if start is None or item.span.other is not None or item.span.precision not in _OF_DAYS:
        return ()
    steps = (-shift.steps, shift.steps) if shift.is_either else (shift.steps,)
    if shift.unit == "hour":
        found = [_later(item, start, hours, language) for hours in steps]
    else:
        found = [_moved(start, item.span.end or start, shift.unit, count, language) for count in steps]
    return tuple(way for way in found if way is not None)


def _moved(start: date, end: date, unit: str, steps: int, language: Language) -> Way:
    first = _stepped(start, unit, steps)
    last = first + (end - start)
    words = day_to_type(first, language)
    return Way(words=words if first == last else f"{words} – {day_to_type(last, language)}", day=first)


def _stepped(day: date, unit: str, steps: int) -> date:
    if unit != "month":
        return day + timedelta(days=steps * (7 if unit == "week" else 1))
    year, month = divmod(day.year * 12 + day.month - 1 + steps, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _later(item: Item, day: date, hours: int, language: Language) -> Way | None:
    """The same day so many hours later; None without a clock, or past midnight."""
    if item.time_start is None:
        return None
    times = [_on_clock(one, day, hours) for one in (item.time_start, item.time_end) if one]
    if None in times:
        return None
    return Way(words=times_to_type((times[0], times[1] if len(times) > 1 else None), language), day=day)


def _on_clock(moment: time, day: date, hours: int) -> time | None:
    later = datetime.combine(day, moment) + timedelta(hours=hours)
    return later.time() if later.date() == day else None
