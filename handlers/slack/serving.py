"""Slack started and stopped: over HTTP or over Socket Mode, as the settings say."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import aiohttp
from slack_bolt.async_app import AsyncApp
from starlette.routing import BaseRoute, Route

from bot.errors import BadSetting
from handlers.platform import Answers, ChatPlatform
from handlers.settings import Settings
from handlers.slack.app import slack_app
from handlers.slack.assembly import Assembly
from handlers.slack.door import Door
from handlers.slack.inbox import LOOK_SECONDS, Worker
from handlers.slack.manifest import PATH
from handlers.slack.network import open_session
from handlers.slack.posting import SlackPlatforms
from handlers.slack.reception import Reception
from handlers.slack.socket_mode import Connection
from storage.database import Database

log = logging.getLogger("planvakt.slack")

# Reading a plan takes up to twenty, and whoever shared it waits for the answer.
SECONDS_TO_FINISH = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Slack while it runs: `routes` are what Slack and people's browsers reach us by over HTTP.

    `is_reachable` is whether Slack can bring us anything now.
    """

    routes: tuple[BaseRoute, ...]
    platform: ChatPlatform
    is_reachable: Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """In seconds: how long a call to Slack is waited for, and what is between two looks into the inbox."""

    call: float = 20.0
    look: float = LOOK_SECONDS


USUAL = Waits()


@asynccontextmanager
async def slack(
    settings: Settings, bot: Answers, now: Callable[[], datetime], database: Database, waits: Waits = USUAL
) -> AsyncIterator[Served]:
    """Serve Slack until left; then finish what is under way, for some seconds at most.

    Raises BadSetting where Slack refuses a token or one is missing, PlanvaktError where Slack is not reached.
    """
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(open_session(waits.call))
        made = Assembly(settings=settings, bot=bot, now=now, database=database, session=session)
        workspaces, routes = await made.workspaces(stack)
        worker = Worker(database.inbox, workspaces, now, kept=(settings.inbox_ids_kept, settings.dead_letters_kept))
        reception = Reception(database.inbox, workspaces, worker, now)
        app = slack_app(workspaces, made.client(), reception)
        stack.push_async_callback(worker.finish, SECONDS_TO_FINISH)
        ways, is_reachable = await _opened(settings, app, now, session, stack)
        stack.push_async_callback(_stop, asyncio.create_task(worker.run(waits.look)))
        yield Served(routes=routes + ways, platform=SlackPlatforms(workspaces), is_reachable=is_reachable)


async def _stop(task: asyncio.Task[None]) -> None:
    """End a task that goes on for ever."""
    task.cancel()
    await asyncio.wait({task})


async def _opened(
    settings: Settings,
    app: AsyncApp,
    now: Callable[[], datetime],
    session: aiohttp.ClientSession,
    stack: AsyncExitStack,
) -> tuple[tuple[BaseRoute, ...], Callable[[], bool]]:
    """Open the way that Slack comes in by, and tell whether it is open; an app-level token means Socket Mode."""
    if settings.slack_app_token is not None:
        connection = Connection(app, settings.slack_app_token.get_secret_value(), session)
        stack.push_async_callback(connection.close)
        await connection.open()
        return (), lambda: connection.is_open
    if settings.slack_signing_secret is None:
        raise BadSetting("nothing_to_serve")
    door = Door(app, settings.slack_signing_secret.get_secret_value(), now)
    return (Route(PATH, door.let_in, methods=["POST"]),), lambda: True
