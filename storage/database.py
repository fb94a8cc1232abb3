"""The plan database of all organisations: opened, brought up to date, and handed out one organisation at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.calendar_feed import CalendarFeed
from bot.errors import DatabaseTrouble
from storage.backup import Held, back_up, restore
from storage.books import Books
from storage.breaks import Breaks
from storage.calendar_feeds import CalendarFeeds
from storage.channel_tables import CalendarFeedRow
from storage.channels import Channels
from storage.commons import Commons
from storage.completion import Completion
from storage.conversations import Conversations
from storage.deliveries import Deliveries
from storage.digests import Digests
from storage.engine import WRITES, address, make_engine, place
from storage.figures import Connections, Figures, connections, figures
from storage.history import History
from storage.in_use import alone, in_use
from storage.inbox import Inbox
from storage.installations import Installations
from storage.ledger import Ledger
from storage.oauth_states import OAuthStates
from storage.people import People
from storage.person_settings import PersonSettings
from storage.persons import Administrators
from storage.plans import Plans
from storage.privacy import Privacy
from storage.reminders import Reminders
from storage.retention import Purged, Retention, purge
from storage.sessions import Sessions
from storage.steps import NEWEST, stored_step, upgrade
from storage.tables import OrganisationRow
from storage.troubles import named_troubles
from storage.units import Units
from storage.waiting import WaitingDocuments

if TYPE_CHECKING:
    from storage.secrets import Secrets


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationStore:
    """All of one organisation, and of no other; satisfies bot.ports.Store."""

    plans: Plans
    people: People
    history: History
    conversations: Conversations
    digests: Digests
    channels: Channels
    waiting: WaitingDocuments
    breaks: Breaks
    privacy: Privacy
    calendar_feeds: CalendarFeeds
    units: Units
    reminders: Reminders
    person_settings: PersonSettings
    completion: Completion
    deliveries: Deliveries


class Database:
    """Satisfies bot.ports.Stores; made without connecting, used from many threads at once.

    `administrators` are the accounts and names that PLANVAKT_ADMINS lists. `web_administrator` lets the chat page's
    account "administrator" be the local administrator: only for a page that nobody else reaches.
    `retention` is how long what is not the plans' is kept.
    Raises DatabaseTrouble where `url` is no address of a SQLite file or a PostgreSQL database.
    """

    def __init__(
        self,
        url: str,
        *,
        administrators: tuple[str, ...] = (),
        web_administrator: bool = False,
        retention: Retention | None = None,
    ) -> None:
        self._url = address(url)
        self._engine = make_engine(self._url)
        self._administrators = Administrators(listed=frozenset(administrators), on_web=web_administrator)
        self._retention = retention or Retention()
        self._books = Books()
        self._lock = Lock()
        self._is_open = False
        self._ids: dict[str, int] = {}

    @property
    def place(self) -> str:
        """The file, or the server and the name; no secret."""
        return place(self._url)

    @property
    def inbox(self) -> Inbox:
        """What the platforms have delivered, to all organisations. Raises DatabaseTrouble."""
        self._open()
        return Inbox(Commons(self._engine))

    def oauth_states(self, keys: Sequence[str]) -> OAuthStates:
        """Return the installations that somebody has begun, sealed with the keys. Raises as `installations` does."""
        self._open()
        return OAuthStates(Commons(self._engine), _secrets(keys))

    @property
    def ledger(self) -> Ledger:
        """What the deliveries of all organisations have in common. Raises DatabaseTrouble."""
        self._open()
        return Ledger(Commons(self._engine))

    def installations(self, keys: Sequence[str]) -> Installations:
        """Return the workspaces that have installed us, with the keys to their tokens.

        Raises DatabaseTrouble, and BadSetting where one is no key.
        """
        self._open()
        return Installations(Commons(self._engine), _secrets(keys))

    def of(self, organisation: str | None) -> OrganisationStore:
        """Return the store of the named organisation, made if it is new; None is the default one.

        Raises DatabaseTrouble where the database is not there, or behind; a SQLite file is brought up to date.
        """
        self._open()
        sessions = Sessions(self._engine, self._id_of(" ".join((organisation or "").split())))
        return OrganisationStore(
            plans=Plans(sessions, self._administrators, self._books),
            people=People(sessions, self._administrators),
            history=History(sessions, self._administrators),
            conversations=Conversations(sessions, self._retention.conversations),
            digests=Digests(sessions, self._administrators),
            channels=Channels(sessions, self._administrators),
            waiting=WaitingDocuments(sessions, self._administrators, self._retention.waiting),
            breaks=Breaks(sessions, self._administrators),
            privacy=Privacy(sessions, self._administrators),
            calendar_feeds=CalendarFeeds(sessions, self._administrators),
            units=Units(sessions, self._administrators),
            reminders=Reminders(sessions, self._administrators),
            person_settings=PersonSettings(sessions, self._administrators),
            completion=Completion(sessions, self._administrators),
            deliveries=Deliveries(sessions),
        )

    def organisations(self) -> Sequence[str | None]:
        """Return the names of all organisations, the default one as None. Raises DatabaseTrouble."""
        self._open()
        with named_troubles(self.place), Session(self._engine) as session:
            names = session.scalars(select(OrganisationRow.name).order_by(OrganisationRow.id))
            return tuple(name or None for name in names)

    def opened_feed(self, number: int, secret: str) -> tuple[OrganisationStore, CalendarFeed] | None:
        """Return a calendar feed, and the store it is from, for who knows its secret. Raises DatabaseTrouble."""
        self._open()
        is_its = CalendarFeedRow.organisation_id == OrganisationRow.id
        with named_troubles(self.place), Session(self._engine) as session:
            name = session.scalar(
                select(OrganisationRow.name).join(CalendarFeedRow, is_its).where(CalendarFeedRow.id == number)
            )
        if name is None:
            return None
        store = self.of(name)
        feed = store.calendar_feeds.opened(number, secret)
        return (store, feed) if feed else None

    def is_behind(self) -> bool:
        """Whether steps of the schema are missing. Raises DatabaseTrouble where it is not there, or ahead of us."""
        with named_troubles(self.place), self._engine.connect() as connection:
            stored = stored_step(connection)
        if stored is not None and stored > NEWEST:
            raise DatabaseTrouble("database_ahead", where=self.place)
        return stored != NEWEST

    def bring_up_to_date(self) -> None:
        """Take the steps that are missing, all or none; harmless where none is. Raises DatabaseTrouble."""
        with named_troubles(self.place):
            upgrade(self._engine.execution_options(**{WRITES: True}))

    def purge(self, now: datetime) -> Purged:
        """Erase in all organisations what has been kept long enough. Raises DatabaseTrouble."""
        self._open()
        with named_troubles(self.place):
            return purge(self._engine, self._retention, now)

    def figures(self, now: datetime) -> Figures:
        """Return what an operator needs to know of all organisations together. Raises DatabaseTrouble."""
        self._open()
        with named_troubles(self.place):
            return figures(self._engine, now)

    @property
    def connections(self) -> Connections:
        """How many connections this process has."""
        return connections(self._engine)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Let nobody restore it meanwhile: what a server holds as long as it runs. Raises DatabaseTrouble."""
        with named_troubles(self.place), in_use(self._engine):
            yield

    def back_up(self, file: Path) -> Held:
        """Write all of it to a file, while others go on writing. Raises DatabaseTrouble, as storage.backup has it."""
        self._open()
        with named_troubles(self.place):
            return back_up(self._engine, file)

    def restore(self, file: Path, *, over: bool) -> Held:
        """Put what a file holds in place of all of it; `over` allows that where plans stand here already.

        Raises DatabaseTrouble where a server runs, and as storage.backup has it; then nothing has changed.
        """
        with named_troubles(self.place), alone(self._engine):
            return restore(file, self._engine, over=over)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def _open(self) -> None:
        with self._lock:
            if self._is_open:
                return
            if self.is_behind():
                if self._url.get_backend_name() != "sqlite":
                    raise DatabaseTrouble("database_behind", where=self.place)
                self.bring_up_to_date()
            self._is_open = True

    def _id_of(self, name: str) -> int:
        if name not in self._ids:
            with named_troubles(self.place):
                self._ids[name] = self._found(name) or self._made(name)
        return self._ids[name]

    def _found(self, name: str) -> int | None:
        with Session(self._engine) as session:
            return session.scalar(select(OrganisationRow.id).where(OrganisationRow.name == name))

    def _made(self, name: str) -> int:
        """Make the organisation, unless somebody else does so at the same moment."""
        writing = self._engine.execution_options(**{WRITES: True})
        with suppress(IntegrityError), Session(writing) as session:
            session.add(OrganisationRow(name=name))
            session.commit()
        with Session(self._engine) as session:
            return session.scalars(select(OrganisationRow.id).where(OrganisationRow.name == name)).one()


def _secrets(keys: Sequence[str]) -> Secrets:
    from storage.secrets import Secrets  # servers alone wait for what encrypts

    return Secrets(keys)
