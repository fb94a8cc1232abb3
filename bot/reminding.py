"""What is kept of reminders: how an organisation, a person and an item are reminded of. Values alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.model import Language, Platform
from bot.person_settings import PersonSetting

DAYS_BEFORE = (14, 3)
MOST_DAYS_BEFORE = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where a person can be written to; `account` is the platform's own id ("T1:U7")."""

    person_id: int
    platform: Platform
    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """A person is not reminded of an item before `until`, or never again where it is None; said on the day `since`."""

    person_id: int
    item_id: int
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """A person has been told that nobody holds a role of a plan, in a school year; `role` is what its names share."""

    person_id: int
    plan_id: int
    role: str
    school_year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """All that is kept of one organisation.

    `days` are how many days before a deadline it is reminded of. `off` are the persons who want no reminders, `last`
    the local day of each person's newest one. `told` are the vacant roles that their plans' owners know of. `own` is
    what persons have chosen for themselves, by their ids.
    """

    days: tuple[int, ...] = DAYS_BEFORE
    off: frozenset[int] = frozenset()
    quiet: tuple[Quiet, ...] = ()
    last: Mapping[int, date] = field(default_factory=dict)
    accounts: tuple[Account, ...] = ()
    told: frozenset[Vacancy] = frozenset()
    own: Mapping[int, PersonSetting] = field(default_factory=dict)

    def days_of(self, person: int | None) -> tuple[int, ...]:
        """How many days before a deadline somebody is reminded: their own, or those of all."""
        own = self.own.get(person) if person is not None else None
        return self.days if own is None or own.days is None else own.days

    def language_of(self, person: int | None) -> Language | None:
        """The language that somebody has chosen; None where they have not."""
        own = self.own.get(person) if person is not None else None
        return own.language if own else None
