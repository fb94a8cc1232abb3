"""`planvakt serve`: mounts what the settings name, and never the chat page."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from bot.errors import BadSetting
from bot.model import Platform
from handlers.bootstrap import Installation
from handlers.calendar import calendar_routes
from handlers.counted import CountedBot
from handlers.delivering.timing import Timing
from handlers.delivering.work import Tools
from handlers.garbage import look_at_what_is_new
from handlers.health import Check, health_routes
from handlers.item_page import item_page_routes
from handlers.live import LiveDigests
from handlers.logs import log_as_set
from handlers.metrics import serving_metrics
from handlers.purging import Purging
from handlers.requests import Requests
from storage.engine_file import engine_address

THREADS = 4
# How long a thread may go on while another waits, as what is to be acknowledged does; Python's own is ten times that.
SECONDS_A_TURN = 0.0005


def run(running: Installation, timing: Timing | None = None) -> None:
    """Serve until stopped. Raises BadSetting where the settings name nothing to serve, or Slack refuses a token."""
    settings = running.settings
    if not settings.uses_slack:
        raise BadSetting("nothing_to_serve")
    log_as_set(settings)
    running.database.of(None)  # a database that is behind or not there is told of before anything starts
    with running.database.in_use(), serving_metrics(settings.metrics_at, running.database, running.now):
        asyncio.run(serve(running, timing))


async def serve(running: Installation, timing: Timing | None = None) -> None:
    """Serve until a signal stops it; then what is under way is finished.

    Raises DatabaseTrouble where another process has the engine's file.
    """
    told = _told_to_end()
    with engine_address(running.settings.database_url) as address:
        await _serve(running, address, timing or Timing(), told)


async def _serve(running: Installation, address: str, timing: Timing, told: asyncio.Event) -> None:
    from handlers.delivering.running import delivering
    from handlers.slack.serving import Waits, slack

    # The core is synchronous: all of it runs on this one bounded pool, through asyncio.to_thread.
    sys.setswitchinterval(SECONDS_A_TURN)
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS, "planvakt"))
    woken = asyncio.Event()
    bot = CountedBot(running.database, _waking(woken), running.settings.public_url)
    async with slack(running.settings, bot, running.now, running.database, Waits(call=timing.call)) as served:
        platforms = {Platform.SLACK: served.platform}
        tools = Tools(database=running.database, bot=bot, platforms=platforms, clock=running.now, timing=timing)
        async with delivering(tools, address) as sending:
            rounds = [
                asyncio.create_task(LiveDigests(running.database, bot, platforms, running.now).run(woken)),
                asyncio.create_task(Purging(running.database, running.now, sending.engine).run()),
            ]
            try:
                checks = (
                    ("Slack is not connected", served.is_reachable),
                    ("the rounds have stopped", lambda: not any(each.done() for each in (*rounds, *sending.rounds))),
                )
                look_at_what_is_new()
                await _listen(_listener(running, served.routes, checks), told)
            finally:
                for each in rounds:
                    each.cancel()
                await asyncio.gather(*rounds, return_exceptions=True)


def _told_to_end() -> asyncio.Event:
    """Set where we are told to end before uvicorn listens for it.

    It lets what is under way be finished too: uvicorn gives the signal on when it has closed, and that would kill us.
    """
    told = asyncio.Event()
    with suppress(NotImplementedError, RuntimeError, ValueError):  # Windows, other threads
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    return told


async def _listen(server: uvicorn.Server, told: asyncio.Event) -> None:
    """Serve until told to end, also where that was while we started."""

    async def end() -> None:
        await told.wait()
        server.should_exit = True

    ending = asyncio.create_task(end())
    try:
        await server.serve()
    finally:
        ending.cancel()


def _waking(woken: asyncio.Event) -> Callable[[], None]:
    """Set the event from whatever thread the core runs on."""
    loop = asyncio.get_running_loop()

    def wake() -> None:
        loop.call_soon_threadsafe(woken.set)

    return wake


def _listener(running: Installation, routes: Sequence[BaseRoute], checks: Sequence[Check]) -> uvicorn.Server:
    settings = running.settings
    config = uvicorn.Config(
        application(running, routes, checks),
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level.lower(),
        log_config=None,
        access_log=False,
        server_header=False,
    )
    return uvicorn.Server(config)


def application(running: Installation, routes: Sequence[BaseRoute] = (), checks: Sequence[Check] = ()) -> Starlette:
    """Return the ASGI app: what the platforms are reached by, the calendars, and whether we are alive and ready."""
    return Starlette(
        routes=[*routes, *calendar_routes(running), *item_page_routes(), *health_routes(running, checks)],
        middleware=[Middleware(Requests)],
    )
