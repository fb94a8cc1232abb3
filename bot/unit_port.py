"""What the core needs of storage to know schools, kindergartens and groups; a part of bot.ports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.history import Author, HistoryEntry
from bot.model import Item, Platform, Status
from bot.remarks import Texts
from bot.units import Parts, Unit, UserGroup


class Units(Protocol):
    """Schools and kindergartens, which the book holds, and the groups of a chat platform."""

    def add(self, told: Sequence[Unit], author: Author) -> tuple[HistoryEntry, ...]:
        """Write units by name and municipality, all or none; those that are there as told already have no history."""

    def remove(self, unit: Unit, author: Author) -> HistoryEntry | None:
        """Remove a unit, and with it what was held there; None where it was not there."""

    def mark(
        self, item: Item, parts: Parts, status: Status, author: Author, texts: Texts = ()
    ) -> tuple[HistoryEntry, ...]:
        """Write that units have done their part of an item, or have not; empty where it was so already.

        The item is done when every unit is, and only started again when one of them is not any more. The texts
        are written in the same act.
        """

    def group(self, platform: Platform, account: str, name: str) -> UserGroup:
        """Return a chat platform's group, written down where it is new, under the name that is known now."""

    def groups(self, platform: Platform) -> tuple[UserGroup, ...]:
        """Return the platform's groups that we know."""

    def refresh(self, group: UserGroup, accounts: Sequence[str], asked_at: datetime) -> None:
        """Write who the platform said is in the group, unless something asked for later stands there."""
