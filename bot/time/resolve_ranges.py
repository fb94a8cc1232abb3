"""Ranges and lists that share years and months, and what lies between two times."""

from __future__ import annotations

from dataclasses import replace

from bot.model import Precision
from bot.time.calendar import Days
from bot.time.edges import day_after, day_before, is_pause
from bot.time.frame import Frame, pick
from bot.time.resolve_calendar import spanning
from bot.time.resolving import resolved, resolves
from bot.time.sharing import has_open_year, with_months_shared, with_winter_after_autumn
from bot.time.values import Between, Day, Holiday, Range, SchoolYear, Value, Weekday, Year
from bot.time.when import When

_COARSE = (Precision.WEEK, Precision.MONTH, Precision.SEASON, Precision.YEAR)


@resolves(Range)
def several(value: Range, frame: Frame) -> When | None:
    items = with_months_shared(with_winter_after_autumn(value.items), frame, is_choice=value.is_choice)
    if items is None:
        return None
    if _is_school_year(items, frame):
        assert isinstance(items[0], Year)
        return resolved(SchoolYear(first=items[0].number), frame)
    if value.is_choice:
        items = tuple(sorted(items, key=_place_in_the_year))
    found = _in_order(items, frame)
    return replace(found, uncertain=True) if found and value.is_choice else found


def _place_in_the_year(item: Value) -> tuple[int, int]:
    """Choices are written in any order; the days among them are put in that of the calendar."""
    return (item.month or 0, item.day) if isinstance(item, Day) else (0, 0)


def _is_school_year(items: tuple[Value, ...], frame: Frame) -> bool:
    """ "2023 - 2024" is a school year where the plan is one's."""
    years = [item.number for item in items if isinstance(item, Year)]
    return len(items) == 2 == len(years) and years[1] == years[0] + 1 and frame.context.school_year is not None


def _in_order(items: tuple[Value, ...], frame: Frame) -> When | None:
    """A year said once, most often last, is that of all; without one they follow each other from the first on."""
    known = [at for at, item in enumerate(items) if not has_open_year(item)]
    if not known:
        return pick(frame, lambda year: _joined(_onwards(items, frame.at(year))))
    at = known[-1]
    pivot = resolved(items[at], _after(items, at, frame))
    if pivot is None or pivot.start is None:
        return pivot
    before: list[When] = [pivot]
    for item in reversed(items[:at]):
        earlier = _no_later(item, before[0], frame)
        if earlier is None or earlier.start is None:
            return earlier
        before.insert(0, earlier)
    after = _onwards(items[at + 1 :], frame, last=pivot)
    return _joined([*before, *after] if after is not None else None)


def _after(items: tuple[Value, ...], at: int, frame: Frame) -> Frame:
    """A weekday at the end of a range is the one that follows its beginning."""
    if at == 0 or not isinstance(items[at], Weekday):
        return frame
    first = _in_order(items[:at], frame)
    return frame.seen_from(first.start) if first and first.start else frame


def _no_later(item: Value, than: When, frame: Frame) -> When | None:
    if not has_open_year(item):
        return resolved(item, frame)
    last = _year_of(than)
    years = (than.end.year if than.end else last, last, last - 1)
    found = None
    # A school year or a winter has days in two: "fra 1. april ut skoleåret" begins in the second of them.
    for year in dict.fromkeys(years):
        found = resolved(item, frame.at(year))
        if not (found and found.start and than.end and found.start > than.end):
            break
    return found


def _onwards(items: tuple[Value, ...], frame: Frame, last: When | None = None) -> list[When] | None:
    """Resolve one after another, each in the year of the one before it, or in the next."""
    found: list[When] = []
    for item in items:
        year = _year_of(last) if last else frame.year or 0
        when = resolved(item, frame.at(year))
        if when and last and when.start and last.start and when.start < last.start:
            when = resolved(item, frame.at(year + 1))
        if when is None or when.start is None:
            return [when] if when and when.impossible else None
        found.append(when)
        last = when
    return found


def _year_of(when: When) -> int:
    """Return the year of a time; that of a week is the ISO one."""
    assert when.start is not None
    return when.start.isocalendar().year if when.precision is Precision.WEEK else when.start.year


def _joined(found: list[When] | None) -> When | None:
    if not found or len(found) == 1:
        return found[0] if found else None
    start, end = found[0].start, found[-1].end
    if start is None or end is None or start > end:
        return None
    precisions = {when.precision for when in found}
    precision = max(precisions, key=_COARSE.index) if precisions <= set(_COARSE) else Precision.RANGE
    conflicts = [when for when in found if when.conflict]
    return When(
        start=start,
        end=end,
        precision=precision,
        uncertain=any(when.uncertain for when in found),
        conflict=bool(conflicts),
        other=conflicts[0].other if conflicts else None,
    )


@resolves(Between)
def between(value: Between, frame: Frame) -> When | None:
    """Days and months count themselves; of holidays only what lies between them is meant."""
    if _are(value, "christmas", "new_year"):
        return resolved(Holiday(name="romjul"), frame)
    if not (is_pause(value.first) or is_pause(value.last)):
        return several(Range(items=(value.first, value.last)), frame)
    if has_open_year(value.first) and has_open_year(value.last):
        return pick(frame, lambda year: _gap(value, frame.at(year)))
    return _gap(value, frame)


def _are(value: Between, *names: str) -> bool:
    return tuple(part.name if isinstance(part, Holiday) else None for part in (value.first, value.last)) == names


def _gap(value: Between, frame: Frame) -> When | None:
    """Return the days between the end of the one and the beginning of the other, which may be in the next year."""
    year = frame.year or frame.today.year
    years = ((year, year), (year, year + 1))
    if not has_open_year(value.last):
        year = _first_year(value.last, frame) or year
        years = ((year, year), (year - 1, year))
    elif not has_open_year(value.first):
        year = _first_year(value.first, frame) or year
        years = ((year, year), (year, year + 1))
    same = _same_day(value, frame.at(year))
    if same:
        return same
    for first_year, last_year in years:
        days = _days_between(value, frame.at(first_year), frame.at(last_year))
        if days:
            return replace(spanning(days, Precision.RANGE), uncertain=True)
    return None


def _same_day(value: Between, frame: Frame) -> When | None:
    """Return the day of "17. mai – nasjonaldagen", which is one day told twice."""
    first, last = resolved(value.first, frame), resolved(value.last, frame)
    is_same = first and last and first.start and (first.start, first.end) == (last.start, last.end)
    return first if is_same else None


def _first_year(value: Value, frame: Frame) -> int | None:
    found = resolved(value, frame)
    return found.start.year if found and found.start else None


def _days_between(value: Between, at_first: Frame, at_last: Frame) -> Days | None:
    first, last = resolved(value.first, at_first), resolved(value.last, at_last)
    if first is None or last is None:
        return None
    is_over = is_pause(value.first) and not value.is_first_included
    start = day_after(value.first, at_first) if is_over else first.start
    end = day_before(value.last, at_last) if is_pause(value.last) else last.end
    return (start, end) if start and end and start <= end else None
