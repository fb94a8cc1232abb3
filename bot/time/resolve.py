"""An unresolved value and what is known around it, to days: pure, so a cell can be resolved again."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from bot.time import (
    resolve_calendar,
    resolve_marks,
    resolve_parts,
    resolve_ranges,
    resolve_relative,
    resolve_sides,
)
from bot.time.calendar import Days, school_year_days, season_days
from bot.time.frame import Frame, Tense
from bot.time.parsing import parsing
from bot.time.resolving import kinds, resolved
from bot.time.units import Season
from bot.time.values import Silence, Value
from bot.time.when import Context, When

# Importing them fills the table of resolvers.
_RESOLVERS = (resolve_calendar, resolve_marks, resolve_parts, resolve_ranges, resolve_relative, resolve_sides)
# In days: a heading that names less ("uke 8") says no year for what stands below it.
_SHORTEST_WINDOW = 27


def resolve(value: Value, context: Context) -> When | None:
    """Return the days that the value comes to, or None where the context does not tell."""
    try:
        found = resolved(value, _frame(context))
    except (OverflowError, ValueError):
        # Outside the years that dates have: "om 400 år" said in 9999.
        return None
    if found and found.start and found.end and found.start > found.end:
        return None
    return found


def _frame(context: Context) -> Frame:
    return Frame(
        context=context,
        today=context.reference,
        tense=Tense.BACK if context.looks_back else Tense.AHEAD,
        windows=windows(context.section, context.school_year, context.year),
    )


@lru_cache(maxsize=256)
def windows(section: str | None, school_year: str | None, year: int | None) -> tuple[Days, ...]:
    """Return the periods that the headings name, the narrowest first."""
    found: list[Days] = []
    if school_year and school_year[:4].isdigit():
        found.append(school_year_days(int(school_year[:4])))
    if year:
        found.append((date(year, 1, 1), date(year, 12, 31)))
    if section:
        period = _period_of(section, tuple(found))
        if period:
            found.insert(0, period)
    return tuple(found)


def _period_of(section: str, around: tuple[Days, ...]) -> Days | None:
    """Return the longer time that a section's heading names ("VÅR 2022"); spring runs on into the summer."""
    for spoken in parsing(section.lower()).times:
        if isinstance(spoken.value, Silence):
            continue
        reference = around[0][0] if around else date(2000, 1, 1)
        frame = Frame(context=Context(reference=reference), today=reference, tense=Tense.AHEAD, windows=around)
        found = resolved(spoken.value, frame)
        if found is None or found.start is None or found.end is None:
            continue
        if (found.end - found.start).days >= _SHORTEST_WINDOW:
            return found.start, _with_its_summer(found.start, found.end)
    return None


def _with_its_summer(start: date, end: date) -> date:
    is_spring = (start, end) == season_days(Season.SPRING, start.year)
    return school_year_days(start.year - 1)[1] if is_spring else end


def resolvable() -> frozenset[type[Value]]:
    """Return the kinds of value that can be resolved: all of them, a test says."""
    return frozenset(kinds())
