"""What the core needs of storage to remind people; a part of bot.ports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from bot.history import Author, HistoryEntry
from bot.model import Item, Person
from bot.reminding import Account, Reminding, Vacancy


class Reminders(Protocol):
    """How people are reminded, and which reminders somebody has taken on."""

    def known(self) -> Reminding:
        """Return all that is kept: settings, the newest day of each person, and where people can be written to."""

    def set_days(self, days: tuple[int, ...], author: Author) -> HistoryEntry | None:
        """Write how many days before a deadline it is reminded of; None where it was so already."""

    def turn(self, person: Person, author: Author, *, on: bool) -> HistoryEntry | None:
        """Write whether a person wants reminders; None where it was so already."""

    def quiet(self, person: Person, item: Item, until: date | None, author: Author) -> HistoryEntry | None:
        """Write until when a person is not reminded of an item, None for never; None where it was so already."""

    def claim(self, account: Account, day: date, now: datetime, told: Iterable[Vacancy] = ()) -> int | None:
        """Return the number of the person's reminder of that local day, or None where somebody has it already.

        What it tells of vacant roles is written with it.
        """

    def close(self, reminder: int, state: str, message_id: str | None, error: str | None) -> None:
        """Say how a reminder ended: posted, failed, or unknown where nobody can tell."""
