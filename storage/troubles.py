"""What a database says when it cannot serve, as a trouble with a name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from bot.errors import DatabaseTrouble

# SQLite's names of its errors, and the SQLSTATE classes and codes of PostgreSQL.
_TROUBLES = {
    "SQLITE_BUSY": "database_busy",
    "SQLITE_LOCKED": "database_busy",
    "SQLITE_CANTOPEN": "database_not_there",
    "SQLITE_READONLY": "database_unwritable",
    "SQLITE_FULL": "database_unwritable",
    "SQLITE_IOERR": "database_unwritable",
    "SQLITE_NOTADB": "database_unreadable",
    "SQLITE_CORRUPT": "database_unreadable",
    "40001": "database_busy",
    "40P01": "database_busy",
    "53300": "database_busy",
    "55P03": "database_busy",
    "57014": "database_busy",
    "08": "database_not_there",
    "28": "database_not_there",
    "3D": "database_not_there",
    "57": "database_not_there",
    "42501": "database_unwritable",
    "25006": "database_unwritable",
    "53": "database_unwritable",
}


@contextmanager
def named_troubles(where: str) -> Iterator[None]:
    """Raise DatabaseTrouble for what a database says when it cannot serve; all else is a fault and stays one."""
    try:
        yield
    except NoConnectionFree as error:
        raise DatabaseTrouble("database_busy", where=where) from error
    except (DBAPIError, sqlite3.Error) as error:  # a file is copied by SQLite itself, without SQLAlchemy
        template = _template(error) if isinstance(error, DBAPIError) else _of_sqlite(error)
        if template is None:
            raise
        raise DatabaseTrouble(template, where=where) from error


def _of_sqlite(error: BaseException | None) -> str | None:
    name = getattr(error, "sqlite_errorname", None)
    return name and next((_TROUBLES[key] for key in _TROUBLES if name.startswith(key)), None)


def _template(error: DBAPIError) -> str | None:
    if getattr(error.orig, "sqlite_errorname", None) is not None:
        return _of_sqlite(error.orig)
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return _TROUBLES.get(state) or _TROUBLES.get(state[:2])
    return "database_not_there" if error.connection_invalidated or _never_connected(error) else None


def _never_connected(error: DBAPIError) -> bool:
    """Whether no statement had been sent."""
    return error.statement is None and type(error.orig).__name__ == "OperationalError"
