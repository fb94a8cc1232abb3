"""Who works on a plan database: servers together, a restore alone. A lock ends with the process that holds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from bot.errors import DatabaseTrouble
from storage.engine import place

_LOCK = 7526311
"""A number of our own for PostgreSQL's advisory lock, beside that of the schema's steps."""


@contextmanager
def in_use(engine: Engine) -> Iterator[None]:
    """Hold it together with others. Raises DatabaseTrouble where somebody has it alone."""
    with _held(engine, alone=False, otherwise="database_being_restored"):
        yield


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """Hold it alone. Raises DatabaseTrouble where a server runs."""
    with _held(engine, alone=True, otherwise="database_in_use"):
        yield


@contextmanager
def _held(engine: Engine, *, alone: bool, otherwise: str) -> Iterator[None]:
    if engine.dialect.name == "sqlite":
        with _file_held(
            Path(f"{engine.url.database}.lock"), alone, DatabaseTrouble(otherwise, where=place(engine.url))
        ):
            yield
        return
    kind = "" if alone else "_shared"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.scalar(text(f"SELECT pg_try_advisory_lock{kind}(:lock)"), {"lock": _LOCK}):
            raise DatabaseTrouble(otherwise, where=place(engine.url))
        try:
            yield
        finally:
            # The lock is the connection's: where that has broken it is gone already, or soon.
            with suppress(DBAPIError):
                connection.execute(text(f"SELECT pg_advisory_unlock{kind}(:lock)"), {"lock": _LOCK})
            connection.invalidate()


@contextmanager
def _file_held(lock: Path, alone: bool, otherwise: DatabaseTrouble) -> Iterator[None]:
    """The file stays: whoever removed it would let two hold two of them."""
    import fcntl  # of Linux and macOS alone, as Planvakt is

    try:
        opened = lock.open("a")
    except OSError:
        raise DatabaseTrouble("database_unwritable", where=str(lock)) from None
    with opened:
        try:
            fcntl.flock(opened, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise otherwise from None
        yield
