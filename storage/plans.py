"""Plans and their items: reading them all, taking a document in, marking, correcting and adding to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from bot.errors import DatabaseTrouble
from bot.excerpts import Excerpt
from bot.history import Author, HistoryEntry
from bot.model import Book, Entry, Item, Plan, ProposedPlan, Status
from bot.proposals.revision import Revision
from bot.remarks import Texts
from storage.acts import Act, act
from storage.books import Books
from storage.intake import ADDED, add_item, add_plan, revise_plan
from storage.items import CANCELLED, SOURCES, STATUS, Changed, as_text, says, to_entry, to_item, write
from storage.persons import Administrators, Persons
from storage.plan_rows import to_plan
from storage.sessions import Sessions
from storage.standing import write_remarks
from storage.tables import ItemRow, PlanRow
from storage.waiting import taken_from_waiting


class Plans:
    """Satisfies bot.ports.Plans."""

    def __init__(self, sessions: Sessions, administrators: Administrators, books: Books) -> None:
        self._sessions = sessions
        self._administrators = administrators
        self._books = books

    def book(self) -> Book:
        """Return all there is now; the same object again as long as nothing has changed."""
        with self._sessions.reading() as session:
            return self._books.of(session, Persons(session, self._administrators))

    def said(self, plan: Plan) -> Mapping[int, Entry]:
        """Return what the document last said of each item, by id; without those that only people have made."""
        is_said = (ItemRow.plan_id == plan.id) & ItemRow.removed_at.is_(None) & ItemRow.said.is_not(None)
        with self._sessions.reading() as session:
            rows = session.execute(select(ItemRow.id, ItemRow.said).where(is_said)).all()
            return {number: to_entry(said) for number, said in rows if said is not None}

    def excerpts(self, plans: Iterable[Plan]) -> Mapping[int, tuple[Excerpt, ...]]:
        """Return what plans say in running text, by the plan's id."""
        ids = [plan.id for plan in plans]
        with self._sessions.reading() as session:
            rows = session.execute(select(PlanRow.id, PlanRow.excerpts).where(PlanRow.id.in_(ids))).all()
            return {row.id: row.excerpts for row in rows}

    def take_in(self, proposed: ProposedPlan, revision: Revision, author: Author, waiting: int | None = None) -> Plan:
        """Write a plan as the revision says; a new plan where the revision has none to update.

        Whoever takes a new plan in becomes its owner. What somebody has corrected stays. `waiting` is the number of
        the document that waited for this, and is erased. Raises DatabaseTrouble if the plan has changed since the
        revision was made, and NotFound if the document no longer waits.
        """
        with act(self._sessions, author, self._administrators) as doing:
            if waiting is not None:
                taken_from_waiting(doing.session, waiting)
            if revision.plan is None:
                plan = add_plan(doing, proposed, revision)
            else:
                plan = revise_plan(doing, proposed, revision, revision.plan)
            return to_plan(plan)

    def mark(self, item: Item, status: Status, author: Author, texts: Texts = ()) -> HistoryEntry | None:
        """Set the status if it is still that of `item`; None, and nothing written, if it is not or already is so.

        The texts are written in the same act.
        """
        if item.status is status:
            return None
        with act(self._sessions, author, self._administrators) as doing:
            row = _row_of(doing, item)
            if row is None or row.status is not item.status:
                return None
            row.status = status
            noted = doing.note_item(row, Changed(field=STATUS, before=as_text(item.status), after=as_text(status)))
            write_remarks(doing, row, texts)
            return doing.entry(noted)

    def note(self, item: Item, texts: Texts, author: Author) -> tuple[HistoryEntry, ...]:
        """Write texts in one act; empty where just that stands already, or the item is gone."""
        with act(self._sessions, author, self._administrators) as doing:
            row = _row_of(doing, item)
            noted = write_remarks(doing, row, texts) if row else []
            return tuple(map(doing.entry, noted))

    def correct(self, item: Item, entry: Entry, author: Author) -> tuple[HistoryEntry, ...]:
        """Write what a person says instead of the plan; a later document leaves those fields alone.

        Empty, and nothing written, where the item has changed since or says so already.
        """
        with act(self._sessions, author, self._administrators) as doing:
            row = _row_of(doing, item)
            if row is None or not says(row, item):
                return ()
            changes = write(row, entry, besides=SOURCES)
            noted = [doing.note_item(row, change) for change in changes]
            return tuple(map(doing.entry, noted))

    def cancel(self, item: Item, author: Author) -> HistoryEntry | None:
        """Note that the item is not to be; None, and nothing written, where it was so or has changed since."""
        with act(self._sessions, author, self._administrators) as doing:
            row = _row_of(doing, item)
            if row is None or row.cancelled or not says(row, item):
                return None
            row.cancelled = True
            changed = Changed(field=CANCELLED, before=as_text(False), after=as_text(True))
            return doing.entry(doing.note_item(row, changed))

    def add(self, plan: Plan, entry: Entry, author: Author) -> tuple[Item, HistoryEntry | None]:
        """Write an item that no document has, behind all others; no history where the plan has just that already.

        Raises DatabaseTrouble where the plan is gone.
        """
        with act(self._sessions, author, self._administrators) as doing:
            row = doing.session.scalar(select(PlanRow).where(PlanRow.id == plan.id, PlanRow.removed_at.is_(None)))
            if row is None:
                raise DatabaseTrouble("database_changed", plan=plan.title)
            there = _items_of(doing, row)
            same = next((item for item in there if not item.cancelled and says(item, entry)), None)
            if same is not None:
                return to_item(same), None
            item = add_item(doing, row, entry, position=max((item.position for item in there), default=-1) + 1)
            noted = doing.note_item(item, Changed(field=ADDED, before=None, after=item.title))
            return to_item(item), doing.entry(noted)


def _items_of(doing: Act, plan: PlanRow) -> Sequence[ItemRow]:
    return doing.session.scalars(select(ItemRow).where(ItemRow.plan_id == plan.id, ItemRow.removed_at.is_(None))).all()


def _row_of(doing: Act, item: Item) -> ItemRow | None:
    return doing.session.scalar(select(ItemRow).where(ItemRow.id == item.id, ItemRow.removed_at.is_(None)))
