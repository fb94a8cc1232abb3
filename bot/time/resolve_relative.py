"""What is told from today: "neste uke", "om fjorten dager", "på torsdag", "resten av året"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.model import Precision
from bot.time.calendar import (
    DAY,
    Days,
    month_days,
    moved,
    moved_by_months,
    numbered_days,
    school_year_days,
    school_year_of,
    season_days,
    week_of,
)
from bot.time.edges import day_after, day_before
from bot.time.frame import Frame, Tense
from bot.time.resolve_calendar import month, on_day, school_year_spoken_of, spanning
from bot.time.resolving import resolved, resolves
from bot.time.units import Season, Unit, Which
from bot.time.values import Away, InWeek, Month, Present, Relative, Rest, Stretch, Weekday
from bot.time.when import When

_PRECISIONS = {
    Unit.DAY: Precision.DAY,
    Unit.WEEK: Precision.WEEK,
    Unit.WEEKEND: Precision.RANGE,
    Unit.MONTH: Precision.MONTH,
    Unit.YEAR: Precision.YEAR,
    Unit.SCHOOL_YEAR: Precision.YEAR,
    Unit.HALF_YEAR: Precision.SEASON,
    Unit.TERM: Precision.SEASON,
    Unit.TERTIAL: Precision.MONTH,
    Unit.QUARTER: Precision.MONTH,
}
_FRIDAY = 5


def unit_around(unit: Unit, steps: int, day: date) -> When:
    """Return the unit so many steps from the one that holds the day."""
    return spanning(_UNITS[unit](day, steps), _PRECISIONS[unit])


def _days(day: date, steps: int) -> Days:
    moved = day + steps * DAY
    return moved, moved


def _weeks(day: date, steps: int) -> Days:
    return week_of(day + 7 * steps * DAY)


def _weekends(day: date, steps: int) -> Days:
    monday, sunday = _weeks(day, steps)
    return monday + 5 * DAY, sunday


def _months(day: date, steps: int) -> Days:
    first = moved_by_months(day.replace(day=1), steps)
    return month_days(first.year, first.month)


def _calendar_years(day: date, steps: int) -> Days:
    return date(day.year + steps, 1, 1), date(day.year + steps, 12, 31)


def _school_years(day: date, steps: int) -> Days:
    return school_year_days(school_year_of(day) + steps)


def _terms(day: date, steps: int) -> Days:
    """Spring and autumn by turns; July is still spring's."""
    index = day.year * 2 + (1 if day.month >= 8 else 0) + steps
    return season_days(Season.AUTUMN if index % 2 else Season.SPRING, index // 2)


def _numbered(unit: Unit, in_a_year: int) -> Callable[[date, int], Days]:
    def days(day: date, steps: int) -> Days:
        index = day.year * in_a_year + (day.month - 1) * in_a_year // 12 + steps
        return numbered_days(unit, index % in_a_year + 1, index // in_a_year)

    return days


_UNITS: dict[Unit, Callable[[date, int], Days]] = {
    Unit.DAY: _days,
    Unit.WEEK: _weeks,
    Unit.WEEKEND: _weekends,
    Unit.MONTH: _months,
    Unit.YEAR: _calendar_years,
    Unit.SCHOOL_YEAR: _school_years,
    Unit.HALF_YEAR: _terms,
    Unit.TERM: _terms,
    Unit.TERTIAL: _numbered(Unit.TERTIAL, 3),
    Unit.QUARTER: _numbered(Unit.QUARTER, 4),
}


@resolves(Relative)
def relative(value: Relative, frame: Frame) -> When | None:
    steps = value.steps
    if value.is_coming:
        steps = 0 if frame.today.isoweekday() <= _FRIDAY else 1
    elif value.unit is Unit.WEEKEND and steps == 0 and frame.tense is Tense.BACK:
        # On a Wednesday "det som skjedde i helga" was last weekend.
        steps = -1 if frame.today.isoweekday() <= _FRIDAY else 0
    found = unit_around(value.unit, steps, frame.today)
    is_disputed = value.unit is Unit.WEEKEND and steps == 1 and not value.is_coming
    return replace(found, uncertain=is_disputed)


@resolves(Present)
def present(value: Present, frame: Frame) -> When | None:
    """The unit that the headings name, else that of today."""
    if value.unit is Unit.SCHOOL_YEAR:
        first = school_year_spoken_of(frame)
        # Half of a calendar year belongs to the one school year, half to the next: the plan must be asked.
        return (
            spanning(school_year_days(first), Precision.YEAR)
            if first
            else When(precision=Precision.YEAR, uncertain=True)
        )
    if value.unit is Unit.MONTH and frame.context.month:
        return month(Month(month=frame.context.month), frame)
    for first_day, last_day in frame.windows:
        if value.unit is Unit.YEAR and (last_day - first_day).days > 300:
            return spanning((first_day, last_day), Precision.YEAR)
        if value.unit in (Unit.TERM, Unit.HALF_YEAR) and 100 < (last_day - first_day).days < 300:
            return spanning((first_day, last_day), Precision.SEASON)
    return unit_around(value.unit, 0, frame.today)


@resolves(Weekday)
def weekday(value: Weekday, frame: Frame) -> When | None:
    today = frame.today
    monday = week_of(today)[0]
    ahead = today + ((value.weekday - today.isoweekday() - 1) % 7 + 1) * DAY
    back = today - ((today.isoweekday() - value.weekday - 1) % 7 + 1) * DAY
    if value.which is Which.THIS:
        return on_day(monday + (value.weekday - 1) * DAY)
    if value.which is Which.NEXT:
        # "neste fredag" said on a Wednesday is the Friday of next week to most, the one in two days to some.
        meant = monday + (value.weekday + 6) * DAY
        return replace(on_day(meant), uncertain=meant != ahead)
    if value.which is Which.LAST:
        return on_day(back)
    return on_day(back if frame.tense is Tense.BACK else ahead)


@resolves(InWeek)
def in_week(value: InWeek, frame: Frame) -> When | None:
    week = resolved(value.week, frame)
    if week is None or week.start is None:
        return week
    first = week.start + (value.first - 1) * DAY
    last = week.start + (value.last - 1) * DAY
    if first == last:
        return replace(on_day(first), uncertain=week.uncertain)
    return spanning((first, last), Precision.RANGE) if first < last else None


@resolves(Away)
def away(value: Away, frame: Frame) -> When | None:
    base = frame.today
    if value.of is not None:
        found = _edge_beside(value, frame)
        if found is None:
            return None
        return replace(on_day(moved(found, value.count, value.unit)), uncertain=True)
    if value.weekday is not None:
        return _weekday_away(value, frame)
    if value.unit in (Unit.DAY, Unit.WEEK, Unit.WEEKEND, Unit.MONTH):
        return replace(unit_around(value.unit, value.count, base), uncertain=value.unit is not Unit.DAY)
    return replace(unit_around(Unit.MONTH, 0, moved(base, value.count, value.unit)), uncertain=True)


def _edge_beside(value: Away, frame: Frame) -> date | None:
    assert value.of is not None
    if value.count < 0:
        before = day_before(value.of, frame)
        return before + DAY if before else None
    after = day_after(value.of, frame)
    return after - DAY if after else None


def _weekday_away(value: Away, frame: Frame) -> When:
    """ "mandag om to uker" is the Monday of the week in two weeks; "mandag om en uke" a week after the coming one."""
    weeks = value.count if value.unit is Unit.WEEK else value.count // 7
    ahead = frame.today + ((value.weekday or 0) - frame.today.isoweekday()) % 7 * DAY
    if weeks <= 1:
        return replace(on_day(ahead + 7 * weeks * DAY), uncertain=True)
    monday = week_of(frame.today)[0]
    return replace(on_day(monday + (7 * weeks + (value.weekday or 0) - 1) * DAY), uncertain=True)


@resolves(Stretch)
def stretch(value: Stretch, frame: Frame) -> When | None:
    other = moved(frame.today, value.count, value.unit)
    days = (frame.today, other) if value.count > 0 else (other, frame.today)
    return spanning(days, Precision.RANGE)


@resolves(Rest)
def rest(value: Rest, frame: Frame) -> When | None:
    whole = resolved(value.of, frame) if value.of is not None else None
    today = frame.today
    if value.is_so_far:
        start = whole.start if whole and whole.start and whole.start <= today else None
        return When(start=start, end=today, precision=Precision.RANGE)
    if whole is None or whole.start is None or whole.end is None or whole.end < today:
        return whole
    begins_now = value.is_through and not frame.windows
    return replace(whole, start=today if begins_now else max(today, whole.start))
