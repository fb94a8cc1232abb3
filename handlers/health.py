"""Whether the process is alive, and whether it is ready: what load balancers and supervisors ask."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.errors import PlanvaktError
from handlers.bootstrap import Installation

Check = tuple[str, Callable[[], bool]]
"""What is told where it does not hold; and whether it holds, which is asked on the event loop and must be quick."""

ALIVE, READY = "/healthz", "/readyz"
SECONDS_TO_ANSWER = 5.0


def health_routes(running: Installation, checks: Sequence[Check] = ()) -> tuple[BaseRoute, ...]:
    """Return both ways; `checks` are looked at in their order after the database, and the first that fails is told."""

    async def alive(request: Request) -> Response:
        return PlainTextResponse("ok")

    async def ready(request: Request) -> Response:
        why = await _amiss(running, checks)
        return PlainTextResponse(why or "ok", status_code=503 if why else 200)

    return (Route(ALIVE, alive), Route(READY, ready))


async def _amiss(running: Installation, checks: Sequence[Check]) -> str | None:
    """Return why we are not ready, in words without names or addresses."""
    try:
        async with asyncio.timeout(SECONDS_TO_ANSWER):
            is_behind = await asyncio.to_thread(running.database.is_behind)
    except PlanvaktError as error:
        return "the database is ahead of us" if error.template == "database_ahead" else "the database does not answer"
    except TimeoutError:
        return "the database does not answer in time"
    if is_behind:
        return "the database is behind: planvakt db upgrade"
    return next((why for why, holds in checks if not holds()), None)
