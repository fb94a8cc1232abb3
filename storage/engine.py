"""A database address to an engine that many threads can use; the only place an engine is made."""

from __future__ import annotations

import json
import sqlite3
from functools import partial
from time import sleep

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import DatabaseTrouble
from storage.column_types import from_json

# In seconds: a writer waits this long for another one before it gives up.
PATIENCE_SECONDS = 15
WAL_ATTEMPTS = 40
WRITES = "planvakt_writes"


def address(url: str) -> URL:
    """Read the address of a SQLite file or a PostgreSQL database. Raises DatabaseTrouble for anything else."""
    try:
        read = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseTrouble("database_address") from None
    is_file = read.get_backend_name() == "sqlite" and read.database not in (None, "", ":memory:")
    is_server = read.drivername in ("postgresql", "postgresql+psycopg") and bool(read.database)
    if not (is_file or is_server):
        raise DatabaseTrouble("database_address")
    return read


def place(url: URL) -> str:
    """Where a database is, for people: a file, or a server and a name; never who logs in, nor how."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    server = f"{url.host or 'localhost'}:{url.port}" if url.port else url.host or "localhost"
    return f"{server}/{url.database}"


def make_engine(url: URL) -> Engine:
    """Return an engine; it does not connect yet."""
    is_file = url.get_backend_name() == "sqlite"
    engine = create_engine(
        url,
        connect_args=_connect_args(url),
        pool_size=10,
        max_overflow=10,
        pool_timeout=PATIENCE_SECONDS,
        pool_pre_ping=not is_file,
        hide_parameters=True,
        json_serializer=partial(json.dumps, ensure_ascii=False),
        json_deserializer=from_json,
    )
    if is_file:
        event.listen(engine, "connect", _prepare_file)
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "begin", _be_patient)
    return engine


def _connect_args(url: URL) -> dict[str, int]:
    """How long to wait for a lock on a file, or for a server to answer; the address may say otherwise."""
    name, seconds = ("timeout", PATIENCE_SECONDS) if url.get_backend_name() == "sqlite" else ("connect_timeout", 5)
    return {} if name in url.query else {name: seconds}


def _prepare_file(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    """Foreign keys hold, readers do not wait for the writer, and BEGIN is ours to say."""
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        _turn_to_wal(connection)


def _turn_to_wal(connection: sqlite3.Connection) -> None:
    """SQLite does not wait for others here, as it does elsewhere; so we do. The turn is made once in a file's life."""
    for _ in range(WAL_ATTEMPTS):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            sleep(0.05)


def _begin(connection: Connection) -> None:
    """A writer takes its place at once: one that first reads and then wants to write would fail, not wait."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _be_patient(connection: Connection) -> None:
    if _writes(connection):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS}s'")


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(WRITES))
