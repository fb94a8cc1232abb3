"""The short form of `make chaos`: killed in the middle of it, nothing is lost and nothing comes twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.chaos.killing import Plot, killed
from tests.postgres import Server


@pytest.fixture
def own_postgres(postgres: Server) -> Iterator[str]:
    """A database of this test's alone, since the engine has a schema in it too."""
    with postgres.database() as name:
        database = Database(postgres.url(name))
        database.bring_up_to_date()
        database.close()
        yield postgres.url(name)


async def test_one_process_on_sqlite_loses_nothing_and_doubles_nothing(tmp_path: Path, sqlite_template: Path) -> None:
    shutil.copy(sqlite_template, tmp_path / "planvakt.db")
    counted = await killed(f"sqlite:///{tmp_path / 'planvakt.db'}", Plot(deliveries=60, kills=3, needless=True))
    assert (counted.posted, counted.lost, counted.doubled, counted.kills) == (60, 0, 0, 3), str(counted)


async def test_three_replicas_on_postgresql_lose_nothing_and_double_nothing(own_postgres: str) -> None:
    counted = await killed(own_postgres, Plot(deliveries=60, kills=3, replicas=3, needless=True))
    assert (counted.posted, counted.lost, counted.doubled, counted.kills) == (60, 0, 0, 3), str(counted)


async def test_who_is_frozen_before_it_posts_posts_nothing_when_it_wakes_up(own_postgres: str) -> None:
    counted = await killed(own_postgres, Plot(deliveries=30, kills=1, replicas=2, frozen=True))
    assert (counted.posted, counted.lost, counted.doubled) == (30, 0, 0), str(counted)
