"""Databases that processes of their own deliver from."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.postgres import Server


@pytest.fixture
def own_file(tmp_path: Path, sqlite_template: Path) -> str:
    """The address of a database in a file of this test's alone."""
    shutil.copy(sqlite_template, tmp_path / "planvakt.db")
    return f"sqlite:///{tmp_path / 'planvakt.db'}"


@pytest.fixture
def own_postgres(postgres: Server) -> Iterator[str]:
    """A database of this test's alone, since the engine has a schema in it too."""
    with postgres.database() as name:
        database = Database(postgres.url(name))
        database.bring_up_to_date()
        database.close()
        yield postgres.url(name)
