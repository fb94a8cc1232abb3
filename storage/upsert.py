"""INSERT that minds what is already there, in the words of each database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.dialects import sqlite

from storage.rows import Organised
from storage.sessions import OrganisationSession

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def insert_into(
    session: OrganisationSession, table: type[Organised], **values: object
) -> sqlite.Insert | postgresql.Insert:
    """A row of the session's organisation; the caller says what happens on conflict."""
    row = {"organisation_id": session.organisation, **values}
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table).values(row)
    from sqlalchemy.dialects import postgresql  # SQLite starts faster without

    return postgresql.insert(table).values(row)
