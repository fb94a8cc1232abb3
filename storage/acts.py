"""What one author changes in one transaction: every change of who, what and when is noted with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property

from bot.history import Author, HistoryEntry
from bot.model import Person
from storage.items import Changed
from storage.persons import Administrators, Persons
from storage.sessions import Sessions, Writing
from storage.tables import HistoryRow, ItemRow

# The field of a role whose values are persons; they are kept as ids, so that a name stands in one place.
HOLDER = "holder"


class Act:
    """A writing transaction with somebody behind it; who is new is recorded when they first change something."""

    def __init__(self, writing: Writing, author: Author, administrators: Administrators) -> None:
        self.writing = writing
        self.session = writing.session
        self.persons = Persons(writing.session, administrators)
        self.at = author.at
        self._author = author

    @cached_property
    def person_id(self) -> int:
        return self.persons.id_of_author(self._author)

    def note(self, subject: str, changed: Changed, undoes: int | None = None) -> HistoryRow:
        """Add to the history what happened to something that is no item."""
        return self._add(HistoryRow(subject=subject, undoes=undoes), changed)

    def note_item(self, item: ItemRow, changed: Changed, undoes: int | None = None) -> HistoryRow:
        """Add to the history what happened to an item."""
        return self._add(HistoryRow(subject=item.key, item_id=item.id, undoes=undoes), changed)

    def entry(self, row: HistoryRow) -> HistoryEntry:
        """Return what has just been noted."""
        self.session.flush()
        return to_entry(row, self.persons.all())

    def _add(self, row: HistoryRow, changed: Changed) -> HistoryRow:
        row.step = self.writing.step
        row.at = self.at
        row.person_id = self.person_id
        row.platform = self._author.platform
        row.field, row.before, row.after = changed.field, changed.before, changed.after
        self.session.add(row)
        return row


@contextmanager
def act(sessions: Sessions, author: Author, administrators: Administrators) -> Iterator[Act]:
    """Begin one; it leaves nothing if it fails. Raises DatabaseTrouble."""
    with sessions.writing() as writing:
        yield Act(writing, author, administrators)


def to_entry(row: HistoryRow, persons: Mapping[int, Person]) -> HistoryEntry:
    before, after = row.before, row.after
    if row.field == HOLDER:
        before, after = (value and persons[int(value)].name for value in (before, after))
    return HistoryEntry(
        id=row.id,
        step=row.step,
        at=row.at,
        by=persons[row.person_id],
        platform=row.platform,
        item_id=row.item_id,
        subject=row.subject,
        field=row.field,
        before=before,
        after=after,
        undoes=row.undoes,
    )
