"""What the core needs of storage; every face belongs to one organisation, and none reaches another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.breaks import SchoolBreak
from bot.calendar_feed import CalendarFeed, FeedOf
from bot.delivery import Missing
from bot.digest import PostedDigest, Subscription
from bot.excerpts import Excerpt
from bot.history import Author, Development, HistoryEntry
from bot.messages import Sender
from bot.model import Book, Entry, Item, Language, Person, Plan, ProposedPlan, Role, Status
from bot.person_settings import PersonSetting
from bot.proposals.revision import Revision
from bot.remarks import Texts
from bot.reminder_port import Reminders
from bot.unit_port import Units
from bot.units import Scope, UserGroup


class Plans(Protocol):
    """Plans and their items; each writing method is one transaction, its history included."""

    def book(self) -> Book:
        """Return all there is now; the same object again as long as nothing has changed."""

    def said(self, plan: Plan) -> Mapping[int, Entry]:
        """Return what the document last said of each item, by id; without those that only people have made."""

    def excerpts(self, plans: Iterable[Plan]) -> Mapping[int, tuple[Excerpt, ...]]:
        """Return what plans say in running text, by the plan's id."""

    def take_in(self, proposed: ProposedPlan, revision: Revision, author: Author, waiting: int | None = None) -> Plan:
        """Write a plan as the revision says; a new plan where the revision has none to update.

        Whoever takes a new plan in becomes its owner (the role planeier). A title, date or other field that
        somebody has corrected stays. `waiting` is the number of the document that waited for this, and is erased.
        Raises DatabaseTrouble if the plan has changed since the revision was made, and NotFound if the document no
        longer waits; then nothing is written.
        """

    def mark(self, item: Item, status: Status, author: Author, texts: Texts = ()) -> HistoryEntry | None:
        """Set the status if it is still that of `item`; None, and nothing written, if it is not or already is so.

        The texts are written in the same act.
        """

    def note(self, item: Item, texts: Texts, author: Author) -> tuple[HistoryEntry, ...]:
        """Write texts in one act; empty where just that stands already, or the item is gone."""

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
        self, name: str, plan: Plan | None, holder: Person | UserGroup, author: Author, scope: Scope = ...
    ) -> tuple[Role, HistoryEntry | None]:
        """Record that somebody holds the role, both made where they are new; no history where it was so already."""

    def take_role(
        self, role: Role, holder: Person | UserGroup, author: Author, scope: Scope = ...
    ) -> HistoryEntry | None:
        """Record that somebody no longer holds the role just there and then; None where they did not.

        Where the scope has plans, it is taken away in those alone.
        """


class History(Protocol):
    """Who did what, from what, to what, when, on which platform; append only."""

    def of_item(self, item_id: int) -> tuple[HistoryEntry, ...]:
        """Return what has happened to an item, newest first."""

    def written(self) -> tuple[HistoryEntry, ...]:
        """Return all that was written of items, taken back or not, newest first."""

    def everything(self) -> tuple[HistoryEntry, ...]:
        """Return the whole history, newest first."""

    def last_step_by(self, person: Person) -> tuple[HistoryEntry, ...]:
        """Return the whole of the person's newest act on a plan, its items or a break that is not undone, newest first.

        A document taken in is one act; its entry `taken_in` has the plan's short name as subject, and nothing
        before where the plan was new.
        """

    def step(self, number: int) -> tuple[HistoryEntry, ...]:
        """Return the whole of an act on a plan or its items that is not undone, by its number; newest first."""

    def in_the_way(self, step: Sequence[HistoryEntry]) -> tuple[HistoryEntry, ...]:
        """Return what has been done since, and not undone, to what the step did; newest first."""

    def developments(self, first: datetime, until: datetime) -> tuple[Development, ...]:
        """Return what became of each item that is otherwise at `until` than it was at `first`, newest first.

        The items of a plan that was new in that time are none of them: of that, `intakes` tells.
        """

    def intakes(self, first: datetime, until: datetime) -> tuple[HistoryEntry, ...]:
        """Return which documents were taken in then, and not taken back since; newest first."""

    def undo_step(self, step: Sequence[HistoryEntry], author: Author) -> tuple[HistoryEntry, ...]:
        """Set back all that was done in one act; empty, and nothing written, where something is in the way."""


class Breaks(Protocol):
    """The breaks that administrators have told, by school year; the book holds them. Each method is one act."""

    def write(self, told: Sequence[SchoolBreak], author: Author) -> tuple[HistoryEntry, ...]:
        """Write breaks; empty, and nothing written, where all of them were so already.

        A break takes the place of what was told of it in that school year, a planning day stands beside the others.
        """

    def erase(self, told: Sequence[SchoolBreak], author: Author) -> tuple[HistoryEntry, ...]:
        """Erase breaks; empty where none of them was there."""


class WaitingDocuments(Protocol):
    """Proposed plans that somebody has handed in, and nobody has taken in or discarded yet; kept for 7 days."""

    def keep(self, proposed: ProposedPlan, author: Author) -> int:
        """Write the plan down, and return its number."""

    def find(self, number: int, now: datetime) -> ProposedPlan | None:
        """Return a plan that waits."""

    def discard(self, number: int) -> bool:
        """Erase a plan that waits; whether there was one."""


class Conversations(Protocol):
    """What a conversation was about last, so that follow-ups can be read; forgotten after a day."""

    def recall(self, conversation: str, now: datetime) -> str | None:
        """Return what was remembered within the last 24 hours."""

    def remember(self, conversation: str, what: str, now: datetime, sender: Sender | None = None) -> None:
        """Keep this in place of what was remembered before; `sender` is whose it is, to be erased with them."""


class Digests(Protocol):
    """Which channels get a digest, and which digests have been sent."""

    def subscriptions(self) -> tuple[Subscription, ...]:
        """Return every channel's settings."""

    def subscription(self, platform: str, channel: str) -> Subscription | None:
        """Return the settings of one channel."""

    def subscribe(self, subscription: Subscription, author: Author) -> Subscription:
        """Write a channel's settings, new or changed; the history has each field that changed."""

    def last_day(self, subscription: Subscription) -> date | None:
        """Return the local day of the newest delivery that was not skipped."""

    def came_before(self, ids: Collection[int], moment: datetime) -> Mapping[int, datetime]:
        """Return when the newest one before that moment was posted, by the subscription's id; none that never was."""

    def posted(self, since: datetime) -> tuple[PostedDigest, ...]:
        """Return the digests that stand in their channels, and were posted since then."""

    def take_on_edit(self, posted: PostedDigest, now: datetime, until: datetime) -> bool:
        """Whether this one of all who look edits it, until then at most; nobody has edited it since it was read."""

    def edited(self, posted: PostedDigest, until: datetime, shown: str | None) -> None:
        """Whoever took it on until then is done, and left it as it is now `shown`."""

    def missing(self, subscription: Subscription, since: date) -> tuple[Missing, ...]:
        """Return the digests from that day on that never came, or nobody can tell of; newest first."""


class Channels(Protocol):
    """Which plans each channel follows."""

    def followed(self, platform: str, channel: str) -> tuple[int, ...]:
        """Return the ids of the plans that the channel follows, in the book's order; none where it follows all."""

    def followed_in(self, platform: str, channels: Collection[str]) -> Mapping[str, tuple[int, ...]]:
        """Return the same of several channels; one that follows all has no place in it."""

    def follow(self, platform: str, channel: str, plans: Sequence[Plan], author: Author) -> HistoryEntry | None:
        """Let the channel follow just these plans, all where there are none; None where it was so already.

        Raises DatabaseTrouble where one of the plans is gone.
        """


class CalendarFeeds(Protocol):
    """Calendars that phones subscribe to, of channels and of persons."""

    def find(self, of: FeedOf) -> CalendarFeed | None:
        """Return the feed of a channel or a person."""

    def renew(self, of: FeedOf, author: Author) -> tuple[CalendarFeed, HistoryEntry]:
        """Give the feed a secret that nobody knows, made where it is new; who had the old one reads it no more."""

    def remove(self, of: FeedOf, author: Author) -> HistoryEntry | None:
        """Let nobody read the feed any more; None where there is none."""


class Completion(Protocol):
    """Whether two short questions are asked when something is done."""

    def asks(self) -> bool:
        """Return whether the organisation asks; not before somebody has said so."""

    def turn(self, author: Author, *, on: bool) -> HistoryEntry | None:
        """Write whether it asks; None where it was so already."""


class PersonSettings(Protocol):
    """What each person has chosen for themselves."""

    def of(self, person: Person) -> PersonSetting:
        """Return a person's choices; who is in no table has none."""

    def choose_language(self, person: Person, language: Language | None, author: Author) -> HistoryEntry | None:
        """Write the language that a person is answered in, None for that of their words; None where it was so."""

    def choose_days(self, person: Person, days: tuple[int, ...] | None, author: Author) -> HistoryEntry | None:
        """Write how many days before a deadline a person is reminded, None for as all are; None where it was so."""


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
    @property
    def channels(self) -> Channels: ...
    @property
    def waiting(self) -> WaitingDocuments: ...
    @property
    def breaks(self) -> Breaks: ...
    @property
    def calendar_feeds(self) -> CalendarFeeds: ...
    @property
    def units(self) -> Units: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def person_settings(self) -> PersonSettings: ...
    @property
    def completion(self) -> Completion: ...


class Stores(Protocol):
    """The way to an organisation's store; the core never sees more than one at a time."""

    def of(self, organisation: str | None) -> Store:
        """Return the store of the named organisation, made if it is new; None is the default one."""

    def organisations(self) -> Sequence[str | None]:
        """Return the names of all organisations, the default one as None."""
