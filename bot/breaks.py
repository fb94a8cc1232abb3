"""The breaks of a school year, and the days that a municipality keeps for itself: values alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

BREAK = "school_break"
"""The field of a break's history; its values are days."""

_AUGUST = 8
_SATURDAY = 5
_DAY = timedelta(days=1)


class BreakName(StrEnum):
    """What each municipality sets itself; the values are those of the time lexicon."""

    AUTUMN_BREAK = "autumn_break"
    CHRISTMAS_BREAK = "christmas_break"
    WINTER_BREAK = "winter_break"
    EASTER_BREAK = "easter_break"
    SUMMER_BREAK = "summer_break"
    SCHOOL_START = "school_start"
    SCHOOL_END = "school_end"
    PLANNING_DAY = "planning_day"
    DAY_OFF = "day_off"

    @property
    def is_long(self) -> bool:
        """Whether it lasts for days: one day alone is where it begins, or ends."""
        return self.value.endswith("_break")

    @property
    def has_many(self) -> bool:
        """Whether a school year has many of them, and not one."""
        return self in (BreakName.PLANNING_DAY, BreakName.DAY_OFF)


def name_in(subject: str) -> BreakName:
    """Return the name of the break that a line of the history is about."""
    return BreakName(subject.partition(" ")[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolBreak:
    """The first and the last day of a break in one school year; of a planning day the same day twice."""

    name: BreakName
    first: date
    last: date

    @property
    def school_year(self) -> int:
        """The year in which the school year begins that the break begins in."""
        return self.first.year if self.first.month >= _AUGUST else self.first.year - 1

    @classmethod
    def of_text(cls, name: BreakName, text: str) -> SchoolBreak:
        """Return the break whose days the history has kept as `text`."""
        first, last = map(date.fromisoformat, text.split("/"))
        return cls(name=name, first=first, last=last)

    @property
    def text(self) -> str:
        """The days as the history keeps them: "2024-02-26/2024-03-03"."""
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    @property
    def subject(self) -> str:
        """What the history of it is about: "winter_break 2023/2024"."""
        return f"{self.name} {self.school_year}/{self.school_year + 1}"

    @property
    def days(self) -> tuple[date, date]:
        return self.first, self.last

    def is_same(self, other: SchoolBreak) -> bool:
        """Whether both keep the same weekdays free: a week, and its Monday to Friday, are one break."""
        return self.name is other.name and self._weekdays() == other._weekdays()

    def _weekdays(self) -> tuple[date, date]:
        first, last = self.first, self.last
        while first < last and first.weekday() >= _SATURDAY:
            first += _DAY
        while first < last and last.weekday() >= _SATURDAY:
            last -= _DAY
        return first, last
