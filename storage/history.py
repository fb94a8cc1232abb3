"""The history: what has happened, and taking it back."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from bot.model import Author, HistoryEntry, Person
from storage.acts import Act, act, to_entry
from storage.items import STATUS, Changed, as_text, has_field, write_text
from storage.persons import Administrators, Persons
from storage.sessions import Sessions
from storage.tables import CorrectionRow, HistoryRow, ItemRow


class History:
    """Satisfies bot.ports.History."""

    def __init__(self, sessions: Sessions, administrators: Administrators) -> None:
        self._sessions = sessions
        self._administrators = administrators

    def of_item(self, item_id: int) -> tuple[HistoryEntry, ...]:
        """Return what has happened to an item, newest first."""
        return self._entries(HistoryRow.item_id == item_id)

    def last_by(self, person: Person) -> HistoryEntry | None:
        """Return the person's newest change of a status that is neither undone nor itself an undoing."""
        undoing = aliased(HistoryRow)
        is_undone = select(undoing.id).where(undoing.undoes == HistoryRow.id).exists()
        is_their_mark = (HistoryRow.person_id == person.id) & (HistoryRow.field == STATUS)
        found = self._entries(is_their_mark & HistoryRow.undoes.is_(None) & ~is_undone, limit=1)
        return found[0] if found else None

    def undo(self, entry: HistoryEntry, author: Author) -> HistoryEntry | None:
        """Set an item's field back to what it was; None, and nothing written, where it has changed since."""
        if not has_field(entry.field):
            return None
        with act(self._sessions, author, self._administrators) as doing:
            item = doing.session.scalar(
                select(ItemRow).where(ItemRow.id == entry.item_id, ItemRow.removed_at.is_(None))
            )
            if item is None or not _is_newest(doing, entry):
                return None
            return _set_back(doing, item, entry)

    def _entries(self, which: ColumnElement[bool], limit: int | None = None) -> tuple[HistoryEntry, ...]:
        newest_first = select(HistoryRow).where(which).order_by(HistoryRow.id.desc()).limit(limit)
        with self._sessions.reading() as session:
            rows = session.scalars(newest_first).all()
            persons = Persons(session, self._administrators).all()
            return tuple(to_entry(row, persons) for row in rows)


def _is_newest(doing: Act, entry: HistoryEntry) -> bool:
    """Whether nothing has happened to the field of the item since."""
    is_same = (HistoryRow.item_id == entry.item_id) & (HistoryRow.field == entry.field)
    newest = select(HistoryRow.id).where(is_same).order_by(HistoryRow.id.desc()).limit(1)
    return doing.session.scalar(newest) == entry.id


def _set_back(doing: Act, item: ItemRow, entry: HistoryEntry) -> HistoryEntry:
    before = as_text(getattr(item, entry.field))
    write_text(item, entry.field, entry.before)
    for correction in doing.session.scalars(
        select(CorrectionRow).where(CorrectionRow.item_id == item.id, CorrectionRow.field == entry.field)
    ):
        doing.session.delete(correction)
    changed = Changed(field=entry.field, before=before, after=entry.before)
    return doing.entry(doing.note_item(item, changed, undoes=entry.id))
