"""The connection of Socket Mode is opened anew, and all of Slack is called over one session, which is closed."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.socket_mode import Connection
from tests.slack.builders import planner
from tests.slack.conftest import Scripted, serving, until
from tests.slack.local.people import KARI
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import APP_TOKEN
from tests.slack.many import serving_many


def open_sessions() -> set[aiohttp.ClientSession]:
    """Held, so that no new one can have the id of one that was there before."""
    return {one for one in gc.get_objects() if type(one) is aiohttp.ClientSession and not one.closed}


async def nobody(enterprise_id: str | None, team_id: str | None, user_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


@pytest.fixture
async def connection(local: LocalSlack) -> AsyncIterator[Connection]:
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(base_url=local.api_url, session=session)
        app = AsyncApp(client=client, authorize=nobody, request_verification_enabled=False)
        found = Connection(app, APP_TOKEN, session, look_seconds=0.1)
        await found.open()
        yield found
        await found.close()
        assert not session.closed


def is_renewed(local: LocalSlack) -> bool:
    """Whether the first connection is gone, and one other is open; the SDK may leave one in between."""
    return local.socket.opened > 1 and len(local.socket.sockets) == 1


async def test_a_connection_that_has_gone_silent_is_opened_anew(local: LocalSlack, connection: Connection) -> None:
    await until(lambda: len(local.socket.sockets) == 1)
    local.socket.refuses = 1  # the SDK would try that address again and again, which is good for one try
    await local.socket.disconnect()
    await until(lambda: local.socket.refuses == 0)
    await until(lambda: is_renewed(local))


async def test_a_slack_that_is_away_for_a_while_is_tried_until_it_is_back(
    local: LocalSlack, connection: Connection
) -> None:
    await until(lambda: len(local.socket.sockets) == 1)
    local.socket.refuses = 3
    await local.socket.disconnect()
    await until(lambda: is_renewed(local))
    await connection.close()
    await until(lambda: local.socket.sockets == [])


async def nothing_in_it(request: web.Request) -> web.Response:
    return web.Response(text="[]", content_type="application/json")


async def test_what_nobody_has_foreseen_does_not_end_the_watch(
    local: LocalSlack, caplog: pytest.LogCaptureFixture
) -> None:
    other = web.Application()
    other.router.add_post("/api/apps.connections.open", nothing_in_it)
    async with aiohttp.ClientSession() as session, TestServer(other) as strange:
        client = AsyncWebClient(base_url=local.api_url, session=session)
        app = AsyncApp(client=client, authorize=nobody, request_verification_enabled=False)
        connection = Connection(app, APP_TOKEN, session, look_seconds=0.1)
        await connection.open()
        await until(lambda: len(local.socket.sockets) == 1)
        local.socket.refuses = 1
        client.base_url = str(strange.make_url("/api/"))
        await local.socket.disconnect()
        await until(lambda: "was not opened" in caplog.text)
        client.base_url = local.api_url
        await until(lambda: is_renewed(local))
        await connection.close()


@pytest.mark.parametrize("turns", range(6))
async def test_closing_ends_also_in_the_moment_that_it_is_opened_anew(
    local: LocalSlack, connection: Connection, turns: int
) -> None:
    await until(lambda: len(local.socket.sockets) == 1)
    local.socket.refuses = 1
    await local.socket.disconnect()
    while not is_renewed(local):  # noqa: ASYNC110 - not a turn of the loop later
        await asyncio.sleep(0)
    for _ in range(turns):
        await asyncio.sleep(0)
    async with asyncio.timeout(30):
        await connection.close()


@pytest.mark.parametrize("way", ["http", "socket"])
async def test_one_session_is_opened_and_closed(local: LocalSlack, way: str) -> None:
    before = open_sessions()
    async with serving(local, Scripted(planner), way):
        await local.say(KARI, "D0KARI", "hva skjer?")
        await local.answer(KARI, "D0KARI")
        assert len(open_sessions() - before) == 1
    assert open_sessions() <= before


async def test_one_session_serves_all_workspaces(local: LocalSlack) -> None:
    before = open_sessions()
    async with serving_many(local, Scripted(planner)) as many:
        other = local.beside("T0NABO", "Naboen")
        for slack in (local, other):
            await many.install(slack)
            await many.platform.reaches(slack.workspace.team)
        assert len(open_sessions() - before) == 1
    assert open_sessions() <= before
