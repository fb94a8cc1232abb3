"""School breaks as a calendar of the municipality tells them; no other source knows their days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from functools import lru_cache

from bot.time.calendar import Days
from bot.time.frame import RECENT, Frame, Tense
from bot.time.lexicon import lexicon
from bot.time.resolve_calendar import year_meant
from bot.time.units import Which
from bot.time.values import Break, Value

# What comes every year, some weeks sooner or later: what is further away is not the next one, which nobody has told.
_ALMOST_A_YEAR = timedelta(days=350)
# So long a break that is over is still the one meant where no other is known: that of this school year.
_HALF_A_YEAR = timedelta(days=183)
# From one break to the next it is never longer: one further away is not "ferien", where those between are not told.
_LONGEST_WITHOUT = timedelta(days=92)

ANY_BREAK = "any_break"
"""What "ferien" is: one of them, and which one only the day tells on which it is said."""


def next_break(calendar: Mapping[str, tuple[date, date]], today: date) -> Days | None:
    """Return the days of the break that is on, else of the next: "ferien" is that one."""
    ahead = [days for key, days in calendar.items() if _is_break(key) and days[1] >= today]
    return min(ahead, default=None)


def break_days(calendar: Mapping[str, tuple[date, date]], name: str) -> Days | None:
    """Return the days of a break, by any of its names in the calendar."""
    for key, days in calendar.items():
        if break_named(key) == name:
            return days
    return None


@lru_cache(maxsize=256)
def _is_break(key: str) -> bool:
    return any(category == "break" for category, _ in lexicon().said_by(key.replace("_", " ")))


@lru_cache(maxsize=256)
def break_named(words: str) -> str | None:
    """Return the lexicon's name of the break that the words are, or None where they are none."""
    said = lexicon().said_by(words.replace("_", " "))
    return next((str(value) for category, value in said if category in ("break", "school_event")), None)


def breaks_in(value: Value) -> Iterator[Break]:
    """Yield the breaks that a time is told by."""
    if isinstance(value, Break):
        yield value
        return
    for field in fields(value):
        part = getattr(value, field.name)
        for one in part if isinstance(part, tuple) else (part,):
            if isinstance(one, Value):
                yield from breaks_in(one)


def days_meant(value: Break, frame: Frame) -> Days | None:
    """Return the days of the one break of several years that is meant; None where its year is not known."""
    known = sorted(frame.context.breaks.get(value.name, ()))
    if value.year is not None:
        return next((days for days in known if year_meant(value.year, frame, days[0].month) == days[0].year), None)
    if frame.year is not None:
        return next((days for days in known if days[0].year == frame.year), None)
    if frame.windows:
        first, last = frame.windows[0]
        return next((days for days in known if days[0] <= last and days[1] >= first), None)
    return _in_tense(known, value.which, frame)


def break_near(frame: Frame) -> Days | None:
    """Return the days of the break of several years that "ferien" is: that which is on, or next; or which was."""
    today = frame.today
    known = [days for name, told in frame.context.breaks.items() if _is_break(name) for days in told]
    if frame.tense is Tense.BACK:
        return max((days for days in known if days[0] <= today <= days[1] + _LONGEST_WITHOUT), default=None)
    return min((days for days in known if days[1] >= today >= days[0] - _LONGEST_WITHOUT), default=None)


def _in_tense(known: Sequence[Days], which: Which, frame: Frame) -> Days | None:
    today = frame.today
    ahead = [days for days in known if days[1] >= today and days[0] - today <= _ALMOST_A_YEAR]
    back = [days for days in known if days[0] <= today and today - days[1] <= _ALMOST_A_YEAR]
    if which is Which.NEXT:
        return next((days for days in ahead if days[0] > today), None)
    if which is Which.LAST:
        return next((days for days in reversed(back) if days[1] < today), None)
    if frame.tense is Tense.BACK:
        return back[-1] if back else None
    if frame.tense is Tense.RECENT and back and today - back[-1][1] <= RECENT:
        return back[-1]
    if ahead:
        return ahead[0]
    return back[-1] if back and today - back[-1][1] <= _HALF_A_YEAR else None
