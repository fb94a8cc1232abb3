"""The whole plan database to a file and back.

The file is always a SQLite database with the schema's newest step, whichever database it is taken from. So it needs
no program of the server's own version, can be looked into and moved between SQLite and PostgreSQL, and one of an older
Planvakt takes the missing steps like any database.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, Table, func, select, text, update

from bot.errors import DatabaseTrouble
from storage.engine import WRITES, make_engine, place
from storage.inbox import DONE, WAITING
from storage.inbox_tables import InboxRow
from storage.rows import Row
from storage.steps import NEWEST, stored_step, take_steps, undo_steps, upgrade
from storage.tables import ItemRow, PlanRow

ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How much a file holds."""

    plans: int
    items: int


def back_up(source: Engine, file: Path) -> Held:
    """Write all that stands in the database at one moment, while others go on writing.

    The file is there whole or not at all, and only its owner may read it. Raises DatabaseTrouble where there is a
    file of that name already, or none can be written.
    """
    part = file.with_name(f".{file.name}.part")
    if file.exists():
        raise DatabaseTrouble("backup_exists", where=str(file))
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with _file(part) as target:
            if source.dialect.name == "sqlite":
                _copy_file(Path(str(source.url.database)), part)
            else:
                upgrade(target)
                _copy_rows(source, target)
            held = _held(target)
        _alone_in_its_file(part)
        part.replace(file)
    except OSError:
        raise DatabaseTrouble("database_unwritable", where=str(file)) from None
    finally:
        for left in (part, Path(f"{part}-wal"), Path(f"{part}-shm")):
            left.unlink(missing_ok=True)
    return held


def restore(file: Path, target: Engine, *, over: bool) -> Held:
    """Put what a file holds in place of all that stands in the database, or change nothing.

    What Slack had delivered and was not done is not done any more: it has been answered since, or is too old.
    Raises DatabaseTrouble where the file is no backup or of a newer Planvakt, or where plans stand in the database
    and `over` is false.
    """
    with tempfile.TemporaryDirectory() as folder, _opened(file, Path(folder) / "copy.db") as source:
        is_ahead = _is_ahead(target)
        if not is_ahead:
            upgrade(target.execution_options(**{WRITES: True}))
        if not over and (is_ahead or _held(target).plans):
            raise DatabaseTrouble("database_not_empty", where=place(target.url))
        held = _held(source)
        if target.dialect.name == "sqlite":
            _copy_file(Path(str(source.url.database)), Path(str(target.url.database)))
        else:
            _replace_rows(source, target, is_ahead=is_ahead)
        return held


def _is_ahead(target: Engine) -> bool:
    """Whether a newer Planvakt has been there: its tables give way to ours."""
    with target.connect() as connection:
        return (stored_step(connection) or "") > NEWEST


@contextmanager
def _opened(file: Path, copy: Path) -> Iterator[Engine]:
    """A copy of the file that has taken the missing steps; the file itself is only read."""
    try:
        if not file.is_file():
            raise sqlite3.DatabaseError("not there")
        _copy_file(file, copy)
    except sqlite3.Error:
        raise DatabaseTrouble("backup_unreadable", where=str(file)) from None
    with _file(copy) as engine:
        with engine.connect() as connection:
            is_sound = connection.scalar(text("PRAGMA quick_check")) == "ok"
            step = stored_step(connection) if is_sound else None
        if step is None:
            raise DatabaseTrouble("backup_unreadable", where=str(file))
        if step > NEWEST:
            raise DatabaseTrouble("backup_ahead", where=str(file))
        upgrade(engine)
        with engine.begin() as connection:
            connection.execute(update(InboxRow).where(InboxRow.state == WAITING).values(state=DONE, body=None))
        yield engine


@contextmanager
def _file(path: Path) -> Iterator[Engine]:
    engine = make_engine(URL.create("sqlite", database=str(path))).execution_options(**{WRITES: True})
    try:
        yield engine
    finally:
        engine.dispose()


def _copy_file(source: Path, target: Path) -> None:
    """SQLite's own online copy, in one step, so of one moment; writers do not wait for it, nor it for them."""
    address = f"{source.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)


def _alone_in_its_file(path: Path) -> None:
    """Without it the newest of it might stand in a second file, beside."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _copy_rows(source: Engine, target: Engine) -> None:
    """PostgreSQL shows one moment to a transaction that asks for it."""
    with source.connect().execution_options(isolation_level="REPEATABLE READ") as read, target.begin() as written:
        for table in Row.metadata.sorted_tables:
            _copy_table(table, read, written)


def _replace_rows(source: Engine, target: Engine, *, is_ahead: bool) -> None:
    """Empty all tables and fill them, in one transaction; the history is let go of for that alone."""
    names = ", ".join(table.name for table in Row.metadata.sorted_tables)
    with source.connect() as read, target.execution_options(**{WRITES: True}).begin() as written:
        if is_ahead:
            undo_steps(written)
            take_steps(written)
        written.execute(text("ALTER TABLE history DISABLE TRIGGER USER"))
        written.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
        for table in Row.metadata.sorted_tables:
            _copy_table(table, read, written)
            if table.autoincrement_column is None:
                continue
            newest = select(func.max(table.c.id)).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, "id")
            written.execute(select(func.setval(sequence, func.coalesce(newest, 1), newest.is_not(None))))
        written.execute(text("ALTER TABLE history ENABLE TRIGGER USER"))


def _copy_table(table: Table, read: Connection, written: Connection) -> None:
    """In the order of their ids, so that a row comes after the one it points to in its own table."""
    found = read.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table).order_by(table.c.id))
    for rows in found.mappings().partitions(ROWS_AT_ONCE):
        written.execute(table.insert(), [dict(row) for row in rows])


def _held(engine: Engine) -> Held:
    with engine.connect() as connection:
        return Held(
            plans=connection.scalar(select(func.count()).select_from(PlanRow)) or 0,
            items=connection.scalar(select(func.count()).select_from(ItemRow)) or 0,
        )
