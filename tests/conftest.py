"""A plan database for every test that asks for one: once on SQLite, once on PostgreSQL.

A test that is not about storage may ask for one of them alone:
`@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from storage.database import Database, OrganisationStore
from storage.rows import Row
from storage.steps import NEWEST
from tests.postgres import NoPostgreSQL, Server, empty, server

pytest_plugins = ["tests.nothing_skipped"]
settings.register_profile("long")  # what a test makes of it, it says itself


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The PostgreSQL of this run."""
    try:
        with server() as found:
            yield found
    except NoPostgreSQL as reason:
        pytest.skip(f"needs PostgreSQL: {reason}")


@pytest.fixture(scope="session")
def postgres_database(postgres: Server) -> Iterator[str]:
    """The address of a database with the newest schema, to be emptied for each test: much faster than a new one."""
    with postgres.database() as name:
        _bring_up_to_date(postgres.url(name))
        yield postgres.url(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the newest schema and no rows, to be copied."""
    path = tmp_path_factory.mktemp("template") / "planvakt.db"
    _bring_up_to_date(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database with the newest schema and no rows, this test's alone."""
    if request.param == "sqlite":
        path: Path = request.getfixturevalue("tmp_path") / "planvakt.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
    else:
        url: str = request.getfixturevalue("postgres_database")
        empty(url, [table.name for table in reversed(Row.metadata.sorted_tables)], NEWEST)
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    yield made
    made.close()


@pytest.fixture
def store(database: Database) -> OrganisationStore:
    """The default organisation's."""
    return database.of(None)


def _bring_up_to_date(url: str) -> None:
    database = Database(url)
    database.bring_up_to_date()
    database.close()
