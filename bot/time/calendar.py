"""Days that every Norwegian calendar agrees on: moving feasts, ISO weeks, seasons, terms and school years."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bot.time.units import Season, Unit

Days = tuple[date, date]

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
# 1 January, 1 May and two days of Christmas; Maundy Thursday to Easter Monday, Ascension and Whitsun.
_FIXED_HOLIDAYS = {(1, 1), (5, 1), (12, 25), (12, 26)}
_AROUND_EASTER = {-3, -2, 0, 1, 39, 49, 50}
FIRST_YEAR, LAST_YEAR = 1900, 2200


@lru_cache(maxsize=512)
def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Butcher's reckoning)."""
    century, in_century = divmod(year, 100)
    leap, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * (year % 19) + century - leap - correction + 15) % 30
    weekday = (32 + 2 * rest + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def is_public_holiday(day: date) -> bool:
    """Whether a day is one that nobody meets on: the 17th of May, when all come together, is not among them."""
    return (day.month, day.day) in _FIXED_HOLIDAYS or (day - easter(day.year)).days in _AROUND_EASTER


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """Return the so-manieth of that weekday (1 is Monday) in a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (number - 1))


def first_advent(year: int) -> date:
    """Return the fourth Sunday before Christmas Day."""
    christmas = date(year, 12, 25)
    return christmas - timedelta(days=christmas.isoweekday() + 21)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feast:
    """A holiday, in days from the one that fixes it.

    `before` is the last day that people call before it, `after` the first one after it, `since` where "siden"
    begins. None: the neighbours of the first and the last day, and the first day itself. `ends` fixes the last
    day by itself.
    """

    fixed_by: Callable[[int], date]
    first: int = 0
    last: int | None = None
    before: int | None = None
    after: int | None = None
    since: int | None = None
    ends: Callable[[int], date] | None = None

    def days(self, year: int) -> Days:
        day = self.fixed_by(year)
        if self.ends is not None:
            return day, self.ends(year)
        last = self.first if self.last is None else self.last
        return day + self.first * DAY, day + last * DAY

    def day_before(self, year: int) -> date:
        return self._edge(year, self.before, self.days(year)[0] - DAY)

    def day_after(self, year: int) -> date:
        return self._edge(year, self.after, self.days(year)[1] + DAY)

    def day_since(self, year: int) -> date:
        return self._edge(year, self.since, self.days(year)[0])

    def _edge(self, year: int, offset: int | None, otherwise: date) -> date:
        return otherwise if offset is None else self.fixed_by(year) + offset * DAY

    @property
    def is_long(self) -> bool:
        return self.ends is not None or (self.last is not None and self.last > self.first)


def _on(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _sunday(month: int, number: int) -> Callable[[int], date]:
    return lambda year: nth_weekday(year, month, 7, number)


def _easter(offset: int, last: int | None = None) -> Feast:
    return Feast(fixed_by=easter, first=offset, last=last)


FEASTS: dict[str, Feast] = {
    # Schools leave for Easter on the Friday before Palm Sunday.
    "easter": Feast(fixed_by=easter, first=-7, last=1, before=-9, since=0),
    "easter_week": _easter(-6, 0),
    "easter_weekend": _easter(-2, 1),
    "christmas": Feast(fixed_by=_on(12, 24), last=2),
    "new_year": Feast(fixed_by=_on(1, 1), first=-1, last=0, before=-1, after=1, since=0),
    "romjul": Feast(fixed_by=_on(12, 27), last=4),
    "whitsun": _easter(49, 50),
    "whit_weekend": _easter(48, 50),
    "palm_sunday": _easter(-7),
    "palm_weekend": _easter(-8, -7),
    "maundy_thursday": _easter(-3),
    "good_friday": _easter(-2),
    "easter_eve": _easter(-1),
    "easter_sunday": _easter(0),
    "easter_monday": _easter(1),
    "ascension": _easter(39),
    "ascension_weekend": _easter(39, 42),
    "whit_eve": _easter(48),
    "whit_sunday": _easter(49),
    "whit_monday": _easter(50),
    "shrovetide": _easter(-49),
    "ash_wednesday": _easter(-46),
    "first_advent": Feast(fixed_by=first_advent),
    "advent": Feast(fixed_by=first_advent, ends=_on(12, 24)),
    "little_christmas_eve": Feast(fixed_by=_on(12, 23)),
    "christmas_eve": Feast(fixed_by=_on(12, 24)),
    "christmas_day": Feast(fixed_by=_on(12, 25)),
    "boxing_day": Feast(fixed_by=_on(12, 26)),
    "new_years_eve": Feast(fixed_by=_on(12, 31)),
    "new_years_day": Feast(fixed_by=_on(1, 1)),
    "epiphany": Feast(fixed_by=_on(1, 6)),
    "twentieth_day": Feast(fixed_by=_on(1, 13)),
    "sami_day": Feast(fixed_by=_on(2, 6)),
    "mothers_day": Feast(fixed_by=_sunday(2, 2)),
    "valentine": Feast(fixed_by=_on(2, 14)),
    "womens_day": Feast(fixed_by=_on(3, 8)),
    "kindergarten_day": Feast(fixed_by=lambda year: nth_weekday(year, 3, 2, 2)),
    "book_day": Feast(fixed_by=_on(4, 23)),
    "labour_day": Feast(fixed_by=_on(5, 1)),
    "liberation_day": Feast(fixed_by=_on(5, 8)),
    "constitution_day": Feast(fixed_by=_on(5, 17)),
    "midsummer": Feast(fixed_by=_on(6, 23), last=1),
    "olsok": Feast(fixed_by=_on(7, 29)),
    "michaelmas": Feast(fixed_by=_on(9, 29)),
    "mental_health_day": Feast(fixed_by=_on(10, 10)),
    "un_day": Feast(fixed_by=_on(10, 24)),
    "halloween": Feast(fixed_by=_on(10, 31)),
    "all_saints": Feast(fixed_by=_sunday(11, 1)),
    "fathers_day": Feast(fixed_by=_sunday(11, 2)),
    "childrens_rights_day": Feast(fixed_by=_on(11, 20)),
    "lucia": Feast(fixed_by=_on(12, 13)),
}


def month_days(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def week_days(year: int, number: int) -> Days | None:
    """Return Monday and Sunday of the ISO week, None where the year has no such week."""
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return monday, monday + 6 * DAY


def week_of(day: date) -> Days:
    monday = day - (day.isoweekday() - 1) * DAY
    return monday, monday + 6 * DAY


def season_days(season: Season, year: int) -> Days:
    """Return a school's seasons: spring until the end of June, autumn from August; a winter begins the year before."""
    if season is Season.SPRING:
        return date(year, 1, 1), date(year, 6, 30)
    if season is Season.SUMMER:
        return date(year, 6, 1), date(year, 8, 31)
    if season is Season.AUTUMN:
        return date(year, 8, 1), date(year, 12, 31)
    return date(year - 1, 12, 1), month_days(year, 2)[1]


def century(year: int) -> int:
    """Return the year that two figures stand for; plans reach back less far than they reach ahead."""
    return 2000 + year if year < 60 else 1900 + year


def school_year_days(first: int) -> Days:
    return date(first, 8, 1), date(first + 1, 7, 31)


def school_year_of(day: date) -> int:
    """Return the calendar year in which the school year of that day begins."""
    return day.year if day.month >= 8 else day.year - 1


def numbered_days(unit: Unit, number: int, year: int) -> Days:
    """Return the so-manieth half, third or quarter of a calendar year."""
    months = {Unit.HALF_YEAR: 6, Unit.TERTIAL: 4, Unit.QUARTER: 3}[unit]
    return date(year, (number - 1) * months + 1, 1), month_days(year, number * months)[1]


def moved_by_months(day: date, months: int) -> date:
    """Return the same day so many months on, or the last one that its month has."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def moved(day: date, count: int, unit: Unit) -> date:
    """Return the day so many units on; terms and the like count as their months."""
    if unit is Unit.DAY:
        return day + count * DAY
    if unit in (Unit.WEEK, Unit.WEEKEND):
        return day + timedelta(weeks=count)
    months = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.TERTIAL: 4, Unit.HALF_YEAR: 6, Unit.TERM: 6}.get(unit, 12)
    return moved_by_months(day, count * months)
