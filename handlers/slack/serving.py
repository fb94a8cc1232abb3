"""Slack started and stopped: over HTTP or over Socket Mode, as the settings say."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.routing import BaseRoute, Route

from bot.errors import BadSetting
from handlers.platform import Answers, ChatPlatform
from handlers.settings import Settings
from handlers.slack.app import slack_app
from handlers.slack.conversation import Workspace
from handlers.slack.directory import Directory
from handlers.slack.door import Door
from handlers.slack.file_host import FileHost, file_origins
from handlers.slack.inbox import Worker
from handlers.slack.installation import Installation, learn, open_connection
from handlers.slack.manifest import PATH
from handlers.slack.posting import SlackPlatform
from handlers.slack.reception import Reception
from handlers.slack.sending import retry_handlers, sdk_log
from handlers.slack.workspaces import OneWorkspace
from storage.inbox import Inbox

log = logging.getLogger("planvakt.slack")

SECONDS_A_CALL = 20
# Reading a plan takes up to twenty, and whoever shared it waits for the answer.
SECONDS_TO_FINISH = 25
SECONDS_TO_CLOSE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Slack while it runs: `routes` are what Slack reaches us by over HTTP, none in Socket Mode."""

    routes: tuple[BaseRoute, ...]
    platform: ChatPlatform
    installation: Installation


@asynccontextmanager
async def slack(settings: Settings, bot: Answers, now: Callable[[], datetime], inbox: Inbox) -> AsyncIterator[Served]:
    """Serve Slack until left; then finish what is under way, for some seconds at most.

    Raises BadSetting where Slack refuses a token or one is missing, PlanvaktError where Slack is not reached.
    """
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS_A_CALL))
        )
        token = settings.slack_bot_token
        if token is None:
            raise BadSetting("nothing_to_serve")
        installation = await learn(web_client(settings, session), token.get_secret_value())
        directory = Directory(installation, now)
        workspace = Workspace(
            bot=bot,
            installation=installation,
            directory=directory,
            session=session,
            files=FileHost(session=session, token=installation.token, origins=file_origins(settings.slack_files_url)),
            now=now,
            address=settings.public_url,
        )
        workspaces = OneWorkspace(workspace, web_client(settings, session, installation.token))
        worker = Worker(inbox, workspaces, now, kept=(settings.inbox_ids_kept, settings.dead_letters_kept))
        app = slack_app(workspaces, web_client(settings, session), Reception(inbox, workspaces, worker, now))
        stack.push_async_callback(worker.finish, SECONDS_TO_FINISH)
        routes = await _opened(settings, app, now, stack)
        stack.push_async_callback(_stop, asyncio.create_task(worker.run()))
        log.info("Slack: serving the workspace %s", installation.team)
        platform = SlackPlatform(web_client(settings, session, installation.token), directory)
        yield Served(routes=routes, platform=platform, installation=installation)


async def _stop(task: asyncio.Task[None]) -> None:
    """End a task that goes on for ever."""
    task.cancel()
    await asyncio.wait({task})


def web_client(settings: Settings, session: aiohttp.ClientSession, token: str | None = None) -> AsyncWebClient:
    """Return a way to call Slack over the one session, which sends nothing twice of its own accord."""
    return AsyncWebClient(
        token=token,
        base_url=settings.slack_api_url,
        session=session,
        logger=sdk_log,
        retry_handlers=retry_handlers(),
    )


async def _opened(
    settings: Settings, app: AsyncApp, now: Callable[[], datetime], stack: AsyncExitStack
) -> tuple[BaseRoute, ...]:
    """Open the way that Slack comes in by; an app-level token means Socket Mode."""
    if settings.slack_app_token is not None:
        await _connect(app, settings.slack_app_token.get_secret_value(), stack)
        return ()
    if settings.slack_signing_secret is None:
        raise BadSetting("nothing_to_serve")
    door = Door(app, settings.slack_signing_secret.get_secret_value(), now)
    return (Route(PATH, door.let_in, methods=["POST"]),)


async def _connect(app: AsyncApp, token: str, stack: AsyncExitStack) -> None:
    """Connect, and from then on stay connected. Raises what open_connection raises."""
    address = await open_connection(app.client, token)
    handler = AsyncSocketModeHandler(app, token, logger=sdk_log, web_client=app.client)
    # Without it the client would ask for an address of its own, and try for ever where Slack refuses.
    handler.client.wss_uri = address
    stack.push_async_callback(_close, handler)
    await handler.connect_async()  # type: ignore[no-untyped-call]


async def _close(handler: AsyncSocketModeHandler) -> None:
    """Close the connection; one that does not answer any more may not hold up the rest."""
    try:
        await asyncio.wait_for(handler.close_async(), SECONDS_TO_CLOSE)  # type: ignore[no-untyped-call]
    except TimeoutError:
        log.warning("the connection to Slack did not close in %s seconds", SECONDS_TO_CLOSE)
