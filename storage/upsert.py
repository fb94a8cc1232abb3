"""INSERT that minds what is already there, in the words of each database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from storage.rows import Organised, Row
from storage.sessions import OrganisationSession

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def insert_into(
    session: OrganisationSession, table: type[Organised], *rows: Mapping[str, object]
) -> sqlite.Insert | postgresql.Insert:
    """Rows of the session's organisation; the caller says what happens on conflict."""
    return insert(session, table).values([{"organisation_id": session.organisation, **row} for row in rows])


def insert_or_leave(
    session: Session, table: type[Row], rows: Sequence[Mapping[str, object]]
) -> sqlite.Insert | postgresql.Insert:
    """Rows that are no organisation's; those that are there already are left as they are."""
    return insert(session, table).values(rows).on_conflict_do_nothing()


def insert(session: Session, table: type[Row]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT without rows yet, with what can be said of conflicts."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # SQLite starts faster without

    return postgresql.insert(table)
