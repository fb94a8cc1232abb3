"""A modal that is sent twice, and comes to two of our processes, is done once; one that was wrong is sent again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.core import Bot
from storage.database import Database
from tests.slack.conftest import Served, serving, until
from tests.slack.local.people import KARI, PLANNING
from tests.slack.local.server import LocalSlack
from tests.slack.planned import TITLE, rows


@pytest.fixture
async def replicas(local: LocalSlack, planned_database: Database) -> AsyncIterator[tuple[Served, Served]]:
    """Two that share the database, and nothing else."""
    async with (
        serving(local, Bot(planned_database), "http") as one,
        serving(local, Bot(planned_database), "http") as other,
    ):
        yield one, other


async def opened(local: LocalSlack, planned_database: Database) -> dict[str, Any]:
    """The form that moves the day."""
    (item,) = (one for one in planned_database.of(None).plans.book().items if one.title == TITLE)
    before = len(local.seen_by(KARI, PLANNING))
    await local.command(KARI, PLANNING, "/tiltak", f"vis {item.key}")
    await local.press(KARI, await local.answer(KARI, PLANNING, before + 1), "Flytt")
    return await local.modal()


async def sent(local: LocalSlack, replica: Served, view: dict[str, Any], when: str) -> dict[str, Any]:
    local.deliver_to(replica.url)
    return await local.submit(KARI, view, {"when": when})


def starts(folder: Path) -> list[Any]:
    return [row[10] for row in rows(folder, "history")["history"] if row[8] == "start"]


async def test_what_comes_to_two_after_each_other_is_done_once(
    replicas: tuple[Served, Served], local: LocalSlack, planned_database: Database, tmp_path: Path
) -> None:
    view = await opened(local, planned_database)
    assert [await sent(local, one, view, "en uke senere") for one in replicas] == [{}, {}]
    assert starts(tmp_path) == ["2023-09-14"]


async def test_what_comes_to_two_at_once_is_done_once(
    replicas: tuple[Served, Served], local: LocalSlack, planned_database: Database, tmp_path: Path
) -> None:
    view, seen = await opened(local, planned_database), len(local.seen_by(KARI, PLANNING))
    assert await asyncio.gather(*(sent(local, one, view, "en uke senere") for one in replicas)) == [{}, {}]
    await until(lambda: len(local.seen_by(KARI, PLANNING)) > seen)
    assert starts(tmp_path) == ["2023-09-14"]


async def test_what_was_wrong_at_one_can_be_put_right_at_the_other(
    replicas: tuple[Served, Served], local: LocalSlack, planned_database: Database, tmp_path: Path
) -> None:
    view = await opened(local, planned_database)
    one, other = replicas
    assert "errors" in await sent(local, one, view, "når det passer")
    assert await sent(local, other, view, "en uke senere") == {}
    assert starts(tmp_path) == ["2023-09-14"]
