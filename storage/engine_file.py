"""The engine's own database: a file beside a plan database that is a file, else a schema of the same server."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.errors import DatabaseTrouble
from storage.engine import address

FILE, LOCK = "engine.db", "engine.lock"


def is_file(url: str) -> bool:
    return address(url).get_backend_name() == "sqlite"


@contextmanager
def engine_address(url: str) -> Iterator[str]:
    """The address of the engine's database, beside the plan database at `url`; a file is this process's alone.

    Raises DatabaseTrouble where another process has the file.
    """
    if not is_file(url):
        yield url
        return
    place = Path(address(url).database or "").absolute().parent
    # Not the database itself: whoever closes that lets go of all of SQLite's own locks.
    lock = os.open(place / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise DatabaseTrouble("engine_taken", where=str(place / FILE)) from None
    try:
        with closing(sqlite3.connect(place / FILE)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
        yield f"sqlite:///{place / FILE}"
    finally:
        os.close(lock)
