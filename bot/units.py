"""The schools and kindergartens that an organisation has told of, and the groups of people that a chat platform has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

_FIRST_MONTH = 8
_MARK = "unit:"


class UnitKind(StrEnum):
    """What a unit is."""

    SCHOOL = "school"
    KINDERGARTEN = "kindergarten"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A school or a kindergarten; `municipality` is empty where nobody has said which it lies in."""

    id: int
    name: str
    kind: UnitKind
    municipality: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Whose part of an item is marked, of all that have one."""

    own: tuple[Unit, ...]
    every: tuple[Unit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UserGroup:
    """A chat platform's group: its account there, and what it is called ("rektorene").

    `refreshed` is when the platform last told who is in it; None where it never has.
    """

    id: int
    account: str
    name: str
    refreshed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where and when a role is held: in a unit or a municipality, in one school year, in some plans alone.

    What is not said does not narrow it; `school_year` is the year that it begins in.
    """

    unit: Unit | None = None
    municipality: str = ""
    school_year: int | None = None
    plan_ids: tuple[int, ...] = ()

    def counts_in_year(self, school_year: int | None) -> bool:
        """Whether it counts in that school year; every one does where none is asked about."""
        return None in (self.school_year, school_year) or self.school_year == school_year

    def counts_in_plan(self, plan_id: int) -> bool:
        return not self.plan_ids or plan_id in self.plan_ids


def mark_of(unit: Unit) -> str:
    """Return the field of the history that tells what a unit has done of an item.

    It has the unit's id, as two may have one name, and its name, as the history is read when the unit is gone.
    """
    return f"{_MARK}{unit.id}:{unit.name}"


def unit_marked(field: str) -> tuple[int, str] | None:
    """Return the id and the name of the unit that a field of the history is about; None for any other field."""
    if not field.startswith(_MARK):
        return None
    number, _, name = field.removeprefix(_MARK).partition(":")
    return int(number), name


def school_year_of(day: date) -> int:
    """Return the year that the day's school year begins in; one begins in August."""
    return day.year if day.month >= _FIRST_MONTH else day.year - 1
