"""The history: what has happened, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select

from bot.history import Author, Development, HistoryEntry
from bot.model import Person
from bot.remarks import WRITTEN
from storage.acts import act, to_entry
from storage.developments import developments
from storage.intake import TAKEN_IN
from storage.persons import Administrators, Persons
from storage.sessions import Sessions
from storage.standing import stands
from storage.steps_taken import in_the_way, newest_step_by, of_a_plan
from storage.tables import HistoryRow
from storage.undoing import set_back


class History:
    """Satisfies bot.ports.History."""

    def __init__(self, sessions: Sessions, administrators: Administrators) -> None:
        self._sessions = sessions
        self._administrators = administrators

    def of_item(self, item_id: int) -> tuple[HistoryEntry, ...]:
        """Return what has happened to an item, newest first."""
        return self._entries(HistoryRow.item_id == item_id)

    def written(self) -> tuple[HistoryEntry, ...]:
        """Return all that was written of items, taken back or not, newest first."""
        return self._entries(HistoryRow.field.in_(WRITTEN))

    def everything(self) -> tuple[HistoryEntry, ...]:
        """Return the whole history, newest first."""
        return self._entries(HistoryRow.id.is_not(None))

    def last_step_by(self, person: Person) -> tuple[HistoryEntry, ...]:
        """Return the whole of the person's newest act on a plan or its items that is not undone, newest first."""
        return self._entries(HistoryRow.step == newest_step_by(person.id))

    def step(self, number: int) -> tuple[HistoryEntry, ...]:
        """Return the whole of an act on a plan or its items that is not undone, newest first."""
        return self._entries((HistoryRow.step == number) & stands() & of_a_plan())

    def in_the_way(self, step: Sequence[HistoryEntry]) -> tuple[HistoryEntry, ...]:
        """Return what has been done since, and not undone, to what the step did; newest first."""
        with self._sessions.reading() as session:
            ids = [row.id for row in in_the_way(session, session.scalars(_of_step(step)).all())]
        return self._entries(HistoryRow.id.in_(ids))

    def developments(self, first: datetime, until: datetime) -> tuple[Development, ...]:
        """Return what became of each item that is otherwise at `until` than it was at `first`, newest first."""
        with self._sessions.reading() as session:
            return developments(session, Persons(session, self._administrators), first, until)

    def intakes(self, first: datetime, until: datetime) -> tuple[HistoryEntry, ...]:
        """Return which documents were taken in then, and not taken back since; newest first."""
        return self._entries(
            (HistoryRow.field == TAKEN_IN) & (HistoryRow.at >= first) & (HistoryRow.at < until) & stands()
        )

    def undo_step(self, step: Sequence[HistoryEntry], author: Author) -> tuple[HistoryEntry, ...]:
        """Set back all that was done in one act; empty, and nothing written, where something is in the way."""
        with act(self._sessions, author, self._administrators) as doing:
            rows = doing.session.scalars(_of_step(step).where(stands())).all()
            if len(rows) != len(step) or not rows or in_the_way(doing.session, rows):
                return ()
            noted = set_back(doing, rows)
            return tuple(map(doing.entry, noted))

    def _entries(self, which: ColumnElement[bool]) -> tuple[HistoryEntry, ...]:
        newest_first = select(HistoryRow).where(which).order_by(HistoryRow.id.desc())
        with self._sessions.reading() as session:
            rows = session.scalars(newest_first).all()
            persons = Persons(session, self._administrators).all()
            return tuple(to_entry(row, persons) for row in rows)


def _of_step(step: Sequence[HistoryEntry]) -> Select[HistoryRow]:
    return select(HistoryRow).where(HistoryRow.id.in_([entry.id for entry in step])).order_by(HistoryRow.id)
