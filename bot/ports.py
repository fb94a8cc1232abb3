"""What the core needs of storage; every face belongs to one organisation, and none reaches another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.digest import Subscription
from bot.messages import Sender
from bot.model import Author, Book, Entry, HistoryEntry, Item, Person, Plan, ProposedPlan, Role, Status
from bot.proposals.revision import Revision


class Plans(Protocol):
    """Plans and their items; each writing method is one transaction, its history included."""

    def book(self) -> Book:
        """Return all there is now; the same object again as long as nothing has changed."""

    def take_in(self, proposed: ProposedPlan, revision: Revision, author: Author) -> Plan:
        """Write a plan as the revision says; a new plan where the revision has none to update.

        Whoever takes a new plan in becomes its owner (the role planeier). A title, date or other field that
        somebody has corrected stays. Raises DatabaseTrouble if the plan has changed since the revision was made.
        """

    def mark(self, item: Item, status: Status, author: Author) -> HistoryEntry | None:
        """Set the status if it is still that of `item`; None, and nothing written, if it is not or already is so."""

    def correct(self, item: Item, entry: Entry, author: Author) -> tuple[HistoryEntry, ...]:
        """Write what a person says instead of the plan; a later document leaves those fields alone.

        Empty, and nothing written, where the item has changed since or says so already.
        """

    def cancel(self, item: Item, author: Author) -> HistoryEntry | None:
        """Note that the item is not to be; None, and nothing written, where it was so or has changed since."""

    def add(self, plan: Plan, entry: Entry, author: Author) -> tuple[Item, HistoryEntry | None]:
        """Write an item that no document has, behind all others; no history where the plan has just that already."""


class People(Protocol):
    """Persons, their accounts, and the roles they hold.

    Whoever acts from a chat platform must have been recorded first: an author without id is a ValueError there.
    """

    def find(self, sender: Sender) -> Person:
        """Return who a sender is; a Person without id where nobody is recorded. Writes nothing.

        A command line name is looked up among all names, in any case; raises NotOne where two persons share it.
        """

    def named(self, name: str) -> tuple[Person, ...]:
        """Return the persons of that name, in any case."""

    def everyone(self) -> tuple[Person, ...]:
        """Return all persons, by name."""

    def record(self, sender: Sender) -> Person:
        """Return who a sender is, and write person and account down where they are new."""

    def give_role(
        self, name: str, plan: Plan | None, person: Person, author: Author
    ) -> tuple[Role, HistoryEntry | None]:
        """Record that the person holds the role, both made where they are new; no history where it was so already."""

    def take_role(self, role: Role, person: Person, author: Author) -> HistoryEntry | None:
        """Record that the person no longer holds the role; None where they did not."""


class History(Protocol):
    """Who did what, from what, to what, when, on which platform; append only."""

    def of_item(self, item_id: int) -> tuple[HistoryEntry, ...]:
        """Return what has happened to an item, newest first."""

    def last_by(self, person: Person) -> HistoryEntry | None:
        """Return the person's newest change of a status that is neither undone nor itself an undoing."""

    def undo(self, entry: HistoryEntry, author: Author) -> HistoryEntry | None:
        """Set the field back to what it was; None, and nothing written, where it has changed since."""


class Conversations(Protocol):
    """What a conversation was about last, so that follow-ups can be read; forgotten after a day."""

    def recall(self, conversation: str, now: datetime) -> str | None:
        """Return what was remembered within the last 24 hours."""

    def remember(self, conversation: str, what: str, now: datetime) -> None:
        """Keep this in place of what was remembered before."""


class Digests(Protocol):
    """Which channels get a digest, and which digests have been sent."""

    def subscriptions(self) -> tuple[Subscription, ...]:
        """Return every channel's settings."""

    def subscription(self, platform: str, channel: str) -> Subscription | None:
        """Return the settings of one channel."""

    def subscribe(self, subscription: Subscription, author: Author) -> Subscription:
        """Write a channel's settings, new or changed; the history has each field that changed."""

    def claim(self, subscription: Subscription, day: date, now: datetime) -> int | None:
        """Return the number of the delivery for that local day, or None where somebody has it already.

        A unique row (subscription, kind, day) holds that: of all who ask, one gets it.
        """

    def close(self, delivery: int, state: str, message_id: str | None, error: str | None) -> None:
        """Say how a delivery ended: posted, failed, skipped, or unknown where nobody can tell."""

    def last_day(self, subscription: Subscription) -> date | None:
        """Return the local day of the newest delivery."""


class Store(Protocol):
    """All of one organisation."""

    @property
    def plans(self) -> Plans: ...
    @property
    def people(self) -> People: ...
    @property
    def history(self) -> History: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def digests(self) -> Digests: ...


class Stores(Protocol):
    """The way to an organisation's store; the core never sees more than one at a time."""

    def of(self, organisation: str | None) -> Store:
        """Return the store of the named organisation, made if it is new; None is the default one."""

    def organisations(self) -> Sequence[str | None]:
        """Return the names of all organisations, the default one as None."""
