"""Who did what: the author of an act, one field that it changed, a line of the history, what became of an item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model import Item, Person, Platform


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who does something, from where and when: what history needs to know of an act."""

    person: Person
    platform: Platform
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field that was changed; `item` is a key, None where the change is of a role or a setting."""

    item: str | None
    field: str
    before: str | None
    after: str | None
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One line of the append-only history; changes made in one act share a `step`."""

    id: int
    step: int
    at: datetime
    by: Person
    platform: Platform
    item_id: int | None
    subject: str
    field: str
    before: str | None
    after: str | None
    undoes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """What has become of an item: as it was then, and as it is; None where it was not there, or no longer is.

    `by` and `at` tell of the newest change.
    """

    was: Item | None
    now: Item | None
    by: Person
    at: datetime
