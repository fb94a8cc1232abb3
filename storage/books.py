"""The books of all organisations that have been asked lately; one stays the same object until its plans change."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from weakref import WeakValueDictionary

from sqlalchemy import select

from bot.model import Book
from storage.breaks import breaks
from storage.items import items
from storage.persons import Persons
from storage.plan_rows import to_plan
from storage.roles import roles
from storage.sessions import OrganisationSession
from storage.tables import OrganisationRow, PlanRow
from storage.units import units, units_done

# About 2 kB an item.
MOST_ITEMS = 50_000


class Books:
    """Keeps the books last asked for, as many as hold `most_items` together; many threads may ask at once.

    One that somebody still holds is not read anew either.
    """

    def __init__(self, most_items: int = MOST_ITEMS) -> None:
        self._most_items = most_items
        self._books: OrderedDict[int, Book] = OrderedDict()
        self._held: WeakValueDictionary[int, Book] = WeakValueDictionary()
        self._lock = Lock()

    def of(self, session: OrganisationSession, persons: Persons) -> Book:
        """Return the book of the session's organisation as the session sees it."""
        revision = session.scalar(select(OrganisationRow.revision).where(OrganisationRow.id == session.organisation))
        assert revision is not None
        with self._lock:
            kept = self._books.get(session.organisation)
            if kept is not None and kept.revision == revision:
                self._books.move_to_end(session.organisation)
                return kept
            held = self._held.get(session.organisation)
            if held is not None and held.revision == revision:
                return held
        return self._keep(session.organisation, _book(session, persons, revision))

    def _keep(self, organisation: int, book: Book) -> Book:
        with self._lock:
            kept = self._books.get(organisation)
            if kept is not None and kept.revision == book.revision:
                return kept
            if kept is None or kept.revision < book.revision:
                self._books[organisation] = self._held[organisation] = book
                self._books.move_to_end(organisation)
                self._let_go()
            return book

    def _let_go(self) -> None:
        while len(self._books) > 1 and sum(len(book.items) for book in self._books.values()) > self._most_items:
            self._books.popitem(last=False)


def _book(session: OrganisationSession, persons: Persons, revision: int) -> Book:
    """Plans in the order they came in, items in that of their documents."""
    plans = select(PlanRow).where(PlanRow.removed_at.is_(None))
    return Book(
        revision=revision,
        plans=tuple(map(to_plan, session.scalars(plans.order_by(PlanRow.id)))),
        items=items(session),
        roles=roles(session, persons.all()),
        breaks=breaks(session),
        units=units(session),
        units_done=units_done(session),
    )
