"""A test run without a PostgreSQL starts one, uses it, and leaves nothing of it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import psycopg
import pytest

from storage.database import Database
from tests.postgres import NoPostgreSQL, Server, own_server
from tests.storage.builders import taken_in


def test_a_run_can_start_a_server_of_its_own() -> None:
    before = _homes()
    try:
        with own_server() as address:
            _use(Server(address, "own"))
    except NoPostgreSQL as reason:
        pytest.skip(str(reason))
    assert _homes() <= before
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address, connect_timeout=3)


def _use(server: Server) -> None:
    with server.database() as name:
        database = Database(server.url(name))
        database.bring_up_to_date()
        taken_in(database.of(None))
        database.close()


def _homes() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("planvakt-postgres-*"))
