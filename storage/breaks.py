"""The breaks that administrators have told: writing and erasing them, and setting that back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot.breaks import BREAK, SchoolBreak, name_in
from bot.history import Author, HistoryEntry
from storage.acts import Act, act
from storage.items import Changed
from storage.persons import Administrators
from storage.sessions import OrganisationSession, Sessions
from storage.tables import HistoryRow, SchoolBreakRow


class Breaks:
    """Satisfies bot.ports.Breaks."""

    def __init__(self, sessions: Sessions, administrators: Administrators) -> None:
        self._sessions = sessions
        self._administrators = administrators

    def write(self, told: Sequence[SchoolBreak], author: Author) -> tuple[HistoryEntry, ...]:
        """Write breaks in one act; empty, and nothing written, where all of them were so already.

        A break takes the place of what was told of it in that school year, a planning day stands beside the others.
        """
        with act(self._sessions, author, self._administrators) as doing:
            noted = [row for one in told for row in _written(doing, one)]
            return tuple(map(doing.entry, noted))

    def erase(self, told: Sequence[SchoolBreak], author: Author) -> tuple[HistoryEntry, ...]:
        """Erase breaks in one act; empty where none of them was there."""
        with act(self._sessions, author, self._administrators) as doing:
            rows = [row for one in told if (row := _row(doing.session, one)) is not None]
            noted = [_erased(doing, row) for row in rows]
            return tuple(map(doing.entry, noted))


def breaks(session: OrganisationSession) -> tuple[SchoolBreak, ...]:
    """Return all that was told, in the order of the days."""
    rows = session.scalars(select(SchoolBreakRow).order_by(SchoolBreakRow.first, SchoolBreakRow.id))
    return tuple(map(_to_break, rows))


def set_break_back(doing: Act, row: HistoryRow) -> HistoryRow:
    """Write a break as it was before that row of the history."""
    name = name_in(row.subject)
    if row.after is not None:
        there = _row(doing.session, SchoolBreak.of_text(name, row.after))
        if there is not None:
            doing.session.delete(there)
    if row.before is not None:
        doing.session.flush()
        _add(doing, SchoolBreak.of_text(name, row.before))
    return doing.note(row.subject, Changed(field=BREAK, before=row.after, after=row.before), undoes=row.id)


def _written(doing: Act, told: SchoolBreak) -> list[HistoryRow]:
    of_year = (SchoolBreakRow.name == told.name) & (SchoolBreakRow.school_year == told.school_year)
    there = doing.session.scalars(select(SchoolBreakRow).where(of_year)).all()
    if any(_to_break(row) == told for row in there):
        return []
    replaced = [row for row in there if not told.name.has_many or row.first == told.first]
    before = _to_break(replaced[0]).text if replaced else None
    for row in replaced:
        doing.session.delete(row)
    doing.session.flush()
    _add(doing, told)
    return [doing.note(told.subject, Changed(field=BREAK, before=before, after=told.text))]


def _erased(doing: Act, row: SchoolBreakRow) -> HistoryRow:
    gone = _to_break(row)
    doing.session.delete(row)
    return doing.note(gone.subject, Changed(field=BREAK, before=gone.text, after=None))


def _row(session: OrganisationSession, told: SchoolBreak) -> SchoolBreakRow | None:
    is_it = (SchoolBreakRow.name == told.name) & (SchoolBreakRow.first == told.first)
    return session.scalar(select(SchoolBreakRow).where(is_it))


def _add(doing: Act, told: SchoolBreak) -> None:
    row = SchoolBreakRow(name=told.name, school_year=told.school_year, first=told.first, last=told.last)
    doing.session.add(row)


def _to_break(row: SchoolBreakRow) -> SchoolBreak:
    return SchoolBreak(name=row.name, first=row.first, last=row.last)
