"""What the core needs of storage to remind people; a part of bot.ports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from bot.history import Author, HistoryEntry
from bot.model import Item, Person
from bot.reminding import Reminding, Vacancy


class Reminders(Protocol):
    """How people are reminded."""

    def known(self, before: date | None = None) -> Reminding:
        """Return all that is kept: settings, the newest day of each person, and where people can be written to.

        With `before`, what was sent from that day on is left out.
        """

    def set_days(self, days: tuple[int, ...], author: Author) -> HistoryEntry | None:
        """Write how many days before a deadline it is reminded of; None where it was so already."""

    def turn(self, person: Person, author: Author, *, on: bool) -> HistoryEntry | None:
        """Write whether a person wants reminders; None where it was so already."""

    def quiet(self, person: Person, item: Item, until: date | None, author: Author) -> HistoryEntry | None:
        """Write until when a person is not reminded of an item, None for never; None where it was so already."""

    def tell(self, told: Iterable[Vacancy]) -> None:
        """Write what a reminder has told of vacant roles; harmless where it was so already."""
