"""What a load balancer is answered when something is amiss."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy import text

from bot.core import Bot
from handlers.bootstrap import Installation
from handlers.server import application
from handlers.settings import Settings
from storage.database import Database
from storage.engine import address, make_engine


async def ready(database: Database, *checks: bool) -> tuple[int, str]:
    running = Installation(settings=Settings(), database=database, bot=Bot(database))
    app = application(running, checks=[("the engine has stopped", lambda holds=holds: holds) for holds in checks])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
        assert (await client.get("/healthz")).text == "ok"
        answer = await client.get("/readyz")
        return answer.status_code, answer.text


async def test_all_well(database: Database) -> None:
    assert await ready(database, True) == (200, "ok")


async def test_what_has_stopped_is_told(database: Database) -> None:
    assert await ready(database, True, False) == (503, "the engine has stopped")


@pytest.mark.parametrize(
    ("step", "why"),
    [("0001", "the database is behind: planvakt db upgrade"), ("9999", "the database is ahead of us")],
)
async def test_a_schema_of_another_version_is_told(database: Database, database_url: str, step: str, why: str) -> None:
    database.of(None)
    engine = make_engine(address(database_url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :step"), {"step": step})
    engine.dispose()
    assert await ready(database) == (503, why)


async def test_a_database_that_is_not_there_is_told_without_its_address() -> None:
    database = Database("postgresql+psycopg://planvakt:hemmelig@127.0.0.1:1/planvakt")
    assert await ready(database) == (503, "the database does not answer")
    database.close()
