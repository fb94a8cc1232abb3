"""`planvakt serve`: mounts what the settings name, and never the chat page."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.errors import BadSetting, PlanvaktError
from bot.model import Platform
from handlers.bootstrap import Installation
from handlers.calendar import calendar_routes
from handlers.item_page import item_page_routes
from handlers.live import AttentiveBot, LiveDigests
from handlers.purging import Purging
from handlers.schedule import Schedule

THREADS = 4
# How long a thread may go on while another waits, as what is to be acknowledged does; Python's own is ten times that.
SECONDS_A_TURN = 0.0005


def run(running: Installation) -> None:
    """Serve until stopped. Raises BadSetting where the settings name nothing to serve, or Slack refuses a token."""
    settings = running.settings
    if not settings.uses_slack:
        raise BadSetting("nothing_to_serve")
    logging.getLogger("planvakt").setLevel(settings.log_level)
    running.database.of(None)  # a database that is behind or not there is told of before anything starts
    asyncio.run(serve(running))


async def serve(running: Installation) -> None:
    """Serve until a signal stops it; then what is under way is finished."""
    from handlers.slack.serving import slack

    # The core is synchronous: all of it runs on this one bounded pool, through asyncio.to_thread.
    sys.setswitchinterval(SECONDS_A_TURN)
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS, "planvakt"))
    woken = asyncio.Event()
    bot = AttentiveBot(running.database, _waking(woken))
    async with slack(running.settings, bot, running.now, running.database) as served:
        platforms = {Platform.SLACK: served.platform}
        schedule = Schedule(running.database, bot, platforms, running.now)
        rounds = [
            asyncio.create_task(schedule.run()),
            asyncio.create_task(LiveDigests(running.database, bot, platforms, running.now).run(woken)),
            asyncio.create_task(Purging(running.database, running.now).run()),
        ]
        try:
            await _listener(running, served.routes).serve()
        finally:
            for each in rounds:
                each.cancel()
            await asyncio.gather(*rounds, return_exceptions=True)


def _waking(woken: asyncio.Event) -> Callable[[], None]:
    """Set the event from whatever thread the core runs on."""
    loop = asyncio.get_running_loop()

    def wake() -> None:
        loop.call_soon_threadsafe(woken.set)

    return wake


def _listener(running: Installation, routes: Sequence[BaseRoute]) -> uvicorn.Server:
    settings = running.settings
    config = uvicorn.Config(
        application(running, routes),
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level.lower(),
        access_log=False,
        server_header=False,
    )
    return uvicorn.Server(config)


def application(running: Installation, routes: Sequence[BaseRoute] = ()) -> Starlette:
    """Return the ASGI app: what the platforms are reached by, and whether we are alive and ready."""

    async def healthz(request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(request: Request) -> Response:
        try:
            await asyncio.to_thread(_ask_database, running)
        except PlanvaktError:
            return PlainTextResponse("the database does not answer", status_code=503)
        return PlainTextResponse("ok")

    return Starlette(
        routes=[
            *routes,
            *calendar_routes(running),
            *item_page_routes(),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
        ]
    )


def _ask_database(running: Installation) -> None:
    """Raises DatabaseTrouble where it is not there any more."""
    running.database.organisations()
