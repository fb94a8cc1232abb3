"""What stands around a row or a line: the headings above it and the plan's period decide what its words mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeAlias

from bot.model import Precision, Repeats
from bot.time.reading import Context, When, read_cell, resolve
from bot.time.values import Value

Days: TypeAlias = tuple[date, date]

# Two years that no week, weekday or holiday falls alike in: what they agree on needs no year.
_SOME_YEAR, _ANOTHER_YEAR = date(2015, 1, 1), date(2020, 1, 1)
# "Denne uka" is told from today, and a plan has none: such words mean something else on another day.
_FAR = timedelta(days=100)
_AUGUST = 8
_NEARLY_A_YEAR = timedelta(days=300)
_LONGEST_YEAR = timedelta(days=366)
_LONGEST_MONTH = 31
_A_LONG_MONTH = 10
_WEEK = 7
_NO_YEAR = When(uncertain=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The plan's period, and what the headings above say.

    `section` is a heading for a season, a year or the like, in its own words ("VÅR 2022"), `section_days` its
    first and last day where it names a year. `heading` is one for a month or a week: what stands below it has
    that time if it has none.
    """

    period: Days | None = None
    section: str | None = None
    section_days: Days | None = None
    month: int | None = None
    heading: str | None = None
    is_week: bool = False
    area: str | None = None
    goal: str | None = None
    audience: tuple[str, ...] = ()

    @classmethod
    def of_plan(cls, period: Days | None) -> Surroundings:
        """Return what stands around a whole plan; one for a season lies in a school year, and may reach beyond it."""
        if period is None or period[1] - period[0] >= _NEARLY_A_YEAR:
            return cls(period=period)
        return cls(period=school_year(period[0]), section_days=period)

    def read(self, text: str) -> When | None:
        """Return the time that a whole text is; None where it is none, or one told from a day that no plan has.

        A time that the section and the school year put in different years is the one nearest to the section;
        it is undated where nothing tells its year.
        """
        return _read(self, text)

    def resolve(self, value: Value) -> When | None:
        """Return the same of a time that was found in a text."""
        return self.settled(lambda context: resolve(value, context))

    def settled(self, reading: Callable[[Context], When | None]) -> When | None:
        """Return what a reading comes to in every context that the headings leave open."""
        contexts = self.contexts()
        readings = [when for context in contexts if (when := reading(context))]
        if not readings or not self._is_told(contexts[0]):
            first = next(iter(readings), None)
            is_open = first is not None and first.is_dated and any(when != first for when in readings)
            return self._in_any_year(first, reading) if is_open and first else first
        elsewhere = [reading(replace(context, reference=context.reference + _FAR)) for context in contexts]
        if readings != [when for when in elsewhere if when]:
            return None
        return min(readings, key=self._distance)

    def _in_any_year(self, when: When, reading: Callable[[Context], When | None]) -> When:
        """Return a time that no year is told for: of what comes back every year the plan's first, of the rest none."""
        if when.repeats is None:
            return _NO_YEAR
        if self.period is not None and when.repeats is Repeats.YEARLY:
            base = Context(reference=self.period[0], month=self.month, section=self.section)
            years = (self.period[0].year, self.period[0].year + 1)
            rounds = (reading(replace(base, year=year)) for year in years)
            first = next((one for one in rounds if one and (one.end or one.start or date.min) >= self.period[0]), None)
            if first:
                return first
        return replace(when, start=None, end=None, other=None, precision=Precision.ONGOING, uncertain=False)

    @staticmethod
    def _is_told(context: Context) -> bool:
        """Whether the headings or the plan tell which year a time is in."""
        return context.year is not None or context.school_year is not None

    def goes_against_section(self, when: When) -> bool:
        """Whether no day of a time lies in the section that it stands in."""
        return self._distance(when) > 0

    def is_year_told(self, text: str) -> bool:
        """Whether a text has the same days however the headings around it are read."""
        first, *others = (read_cell(text, context) for context in self.contexts())
        return all(when == first for when in others)

    def reaches_beyond_section(self, when: When) -> bool:
        """Whether some days of a time lie in the section that it stands in, and others do not."""
        if self.section_days is None or not when.start or not when.end or self.goes_against_section(when):
            return False
        return when.start < self.section_days[0] or when.end > self.section_days[1]

    def contexts(self) -> tuple[Context, ...]:
        """Return what times are read against: several contexts where the year is open between them."""
        base = Context(reference=self.period[0] if self.period else _SOME_YEAR, month=self.month, section=self.section)
        whole = self._whole_year(base)
        if self.section_days and self.section_days[0].year == self.section_days[1].year:
            in_section = replace(base, year=self.section_days[0].year, reference=self.section_days[0])
            return (in_section, whole) if whole else (in_section,)
        return (whole,) if whole else (replace(base, reference=_SOME_YEAR), replace(base, reference=_ANOTHER_YEAR))

    def _whole_year(self, base: Context) -> Context | None:
        """Return the context of a plan for one year, by the calendar or the school's; None for a longer one."""
        if self.period is None or self.period[1] - self.period[0] > _LONGEST_YEAR:
            return None
        first, last = self.period
        if first.year == last.year:
            return replace(base, year=first.year)
        return replace(base, school_year=f"{first.year}/{last.year}")

    def _distance(self, when: When) -> int:
        """Return how many days a time lies from the section that it stands in."""
        if self.section_days is None or not when.is_dated:
            return 0
        start, end = when.start or when.end or date.max, when.end or when.start or date.min
        return max((self.section_days[0] - end).days, (start - self.section_days[1]).days, 0)

    def under(self, heading: str) -> Surroundings | None:
        """Return what stands around the rows below a heading that is a time; None where it is none."""
        text = heading.strip(" :")
        when = self.read(text)
        if when is None or when.start is None or when.end is None:
            return None
        bare = replace(self, month=None, heading=None, is_week=False, audience=())
        days = (when.end - when.start).days
        if when.precision is Precision.MONTH and days < _LONGEST_MONTH and self._holds(when.start):
            return replace(bare, month=when.start.month, heading=text)
        if when.precision is Precision.WEEK and days < _WEEK:
            return replace(bare, month=self.month, heading=text, is_week=True)
        has_year = any(sign.isdigit() for sign in text)
        return replace(bare, section=text, section_days=(when.start, when.end) if has_year else None)

    def in_some_month(self) -> Surroundings:
        """Return the same where a bare number is a day, whatever its month: of the longest, so that all numbers are."""
        return replace(self, month=_A_LONG_MONTH, heading=None)

    def _holds(self, day: date) -> bool:
        """Whether a day lies where the section and the period say that it should."""
        return all(days is None or days[0] <= day <= days[1] for days in (self.section_days, self.period))


def school_year(day: date) -> Days:
    """Return the first and last day of the school year that a day lies in."""
    first = day.year if day.month >= _AUGUST else day.year - 1
    return date(first, _AUGUST, 1), date(first + 1, _AUGUST - 1, 31)


@lru_cache(maxsize=4096)
def _read(around: Surroundings, text: str) -> When | None:
    """Read a text once: the same cell is looked at to find headings, columns and days."""
    return around.settled(lambda context: read_cell(text, context))
