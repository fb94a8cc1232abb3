"""Days, weeks, months, seasons and years: what comes back every year, and which of them is meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.model import Precision
from bot.time.calendar import (
    FEASTS,
    FIRST_YEAR,
    LAST_YEAR,
    Days,
    century,
    month_days,
    numbered_days,
    school_year_days,
    school_year_of,
    season_days,
    week_days,
)
from bot.time.frame import Frame, Tense, pick
from bot.time.resolving import resolves
from bot.time.units import Season, Unit
from bot.time.values import Day, Holiday, Month, Numbered, Relative, SchoolYear, SeasonOf, Turn, Value, Week, Year
from bot.time.when import When

_IMPOSSIBLE = When(impossible=True)
_AUGUST = 8
# So long after it a day is still spoken of without the past tense.
_NOT_LONG = timedelta(days=31)


def year_meant(year: Value | None, frame: Frame, month: int) -> int | None:
    """Return the calendar year that a value says of itself; a school year has its spring in the second."""
    if isinstance(year, Year):
        return year.number
    if isinstance(year, SchoolYear):
        return year.first if month >= _AUGUST else year.first + 1
    if isinstance(year, Relative):
        return frame.today.year + year.steps
    return None


def spanning(days: Days, precision: Precision) -> When:
    return When(start=days[0], end=days[1], precision=precision)


def on_day(day: date) -> When:
    return When(start=day, end=day, precision=Precision.DAY)


@resolves(Day)
def day(value: Day, frame: Frame) -> When | None:
    if value.month is None:
        return _day_of_some_month(value, frame)
    if value.is_bare and (frame.heading_month or (0,))[0] != value.month:
        return None
    said = year_meant(value.year, frame, value.month)
    if said is not None:
        return _checked(value, _date(said, value.month, value.day))

    def at_year(year: int) -> When:
        return _checked(value, _date(year, value.month or 0, value.day))

    if value.may_be_year and (year := _year_of_the_plan(value, frame)):
        return month(Month(month=value.month, year=Year(number=year)), frame)
    found = pick(frame, at_year)
    if found and found.conflict and frame.year is None and not frame.windows:
        return _fitting_neighbour(found, value, frame)
    return found


def _year_of_the_plan(value: Day, frame: Frame) -> int | None:
    """Return the year that two figures behind a month are, where they name one that the headings hold that month of."""
    year = century(value.day)
    days = month_days(year, value.month or 1)
    return year if frame.windows and any(first <= days[0] <= last for first, last in frame.windows) else None


def _fitting_neighbour(found: When, value: Day, frame: Frame) -> When:
    """Where nothing but nearness chose the year, a weekday that fits a day not long gone by chooses that one."""
    other = day(replace(value, weekday=None), frame.looking(Tense.BACK))
    if other is None or other.start is None or other.start.isoweekday() != value.weekday:
        return found
    return other if frame.today - other.start <= _NOT_LONG else found


def _day_of_some_month(value: Day, frame: Frame) -> When | None:
    heading = frame.heading_month
    if heading is not None:
        month, year = heading
        return day(replace(value, month=month, year=Year(number=year) if year else None, is_bare=False), frame)
    if value.is_bare:
        return None
    return _nearest_of_month(value, frame)


def _nearest_of_month(value: Day, frame: Frame) -> When | None:
    """The day of that number nearest to today in the tense, of those the one on the written weekday."""
    today, is_back = frame.today, frame.tense is Tense.BACK
    months = [today.year * 12 + today.month - 1 + (-n if is_back else n) for n in range(3)]
    days = [_date(month // 12, month % 12 + 1, value.day) for month in months]
    meant = [d for d in days if d is not None and (d <= today if is_back else d >= today)]
    fitting = [d for d in meant[:2] if value.weekday in (None, d.isoweekday())]
    return _checked(value, next(iter(fitting or meant), None))


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _checked(value: Day, found: date | None) -> When:
    """The written day stands; a weekday that is not its own is told."""
    if found is None:
        return _IMPOSSIBLE
    when = on_day(found)
    if value.weekday is None or found.isoweekday() == value.weekday:
        return when
    return replace(when, conflict=True, uncertain=True, other=nearest_weekday(found, value.weekday))


def nearest_weekday(day: date, weekday: int) -> date:
    """Return the day nearest to this one that has the weekday: at most three days away."""
    return day + timedelta(days=(weekday - day.isoweekday() + 3) % 7 - 3)


@resolves(Week)
def week(value: Week, frame: Frame) -> When | None:
    def at_year(year: int) -> When:
        days = week_days(year, value.number) if FIRST_YEAR < year < LAST_YEAR else None
        return spanning(days, Precision.WEEK) if days else _IMPOSSIBLE

    # A school year begins in week 31 at the earliest: say September for the weeks from there on.
    said = year_meant(value.year, frame, 9 if value.number > 30 else 1)
    return at_year(said) if said is not None else pick(frame, at_year)


@resolves(Month)
def month(value: Month, frame: Frame) -> When | None:
    def at_year(year: int) -> When:
        return spanning(month_days(year, value.month), Precision.MONTH)

    said = year_meant(value.year, frame, value.month)
    return at_year(said) if said is not None else pick(frame, at_year, value.which)


@resolves(SeasonOf)
def season(value: SeasonOf, frame: Frame) -> When | None:
    def at_year(year: int) -> When:
        return spanning(season_days(value.season, year), Precision.SEASON)

    said = year_meant(value.year, frame, _AUGUST if value.season is Season.AUTUMN else 1)
    return at_year(said) if said is not None else pick(frame, at_year, value.which)


@resolves(Numbered)
def numbered(value: Numbered, frame: Frame) -> When | None:
    if value.unit is Unit.TERM or (value.unit is Unit.HALF_YEAR and _is_of_school(value, frame)):
        is_first = value.number == 1
        half = SeasonOf(season=Season.AUTUMN if is_first else Season.SPRING, year=value.year)
        return season(half, frame)
    precision = Precision.SEASON if value.unit is Unit.HALF_YEAR else Precision.MONTH

    def at_year(year: int) -> When:
        return spanning(numbered_days(value.unit, value.number, year), precision)

    said = year_meant(value.year, frame, 1)
    return at_year(said) if said is not None else pick(frame, at_year)


def _is_of_school(value: Numbered, frame: Frame) -> bool:
    """The first half of a school year is its autumn."""
    return isinstance(value.year, SchoolYear) or (value.year is None and frame.context.school_year is not None)


@resolves(Holiday)
def holiday(value: Holiday, frame: Frame) -> When | None:
    feast = FEASTS[value.name]
    later = timedelta(days=value.later)

    def at_year(year: int) -> When:
        first, last = feast.days(year)
        precision = Precision.RANGE if feast.is_long else Precision.DAY
        return spanning((first + later, last + later), precision)

    said = holiday_year(value, frame)
    return at_year(said) if said is not None else pick(frame, at_year, value.which)


def holiday_year(value: Holiday, frame: Frame) -> int | None:
    """Return the year a holiday says of itself; Christmas and advent are in the autumn of a school year."""
    return year_meant(value.year, frame, FEASTS[value.name].days(2001)[1].month)


@resolves(Turn)
def turn(value: Turn, frame: Frame) -> When | None:
    """The days around where two months meet: five before, five after."""

    def at_year(year: int) -> When:
        last = month_days(year, value.first)[1]
        return replace(spanning((last - timedelta(days=5), last + timedelta(days=5)), Precision.RANGE), uncertain=True)

    said = year_meant(value.year, frame, value.first)
    return at_year(said) if said is not None else pick(frame, at_year)


@resolves(Year)
def year(value: Year, frame: Frame) -> When | None:
    return spanning((date(value.number, 1, 1), date(value.number, 12, 31)), Precision.YEAR)


@resolves(SchoolYear)
def school_year(value: SchoolYear, frame: Frame) -> When | None:
    return spanning(school_year_days(value.first), Precision.YEAR)


def school_year_spoken_of(frame: Frame) -> int | None:
    """Return the school year of the headings, or of today; None where a heading names but a calendar year."""
    said = frame.context.school_year
    if said and said[:4].isdigit():
        return int(said[:4])
    if not frame.windows:
        return school_year_of(frame.today)
    first, last = frame.windows[0]
    return school_year_of(first) if school_year_of(first) == school_year_of(last) else None
