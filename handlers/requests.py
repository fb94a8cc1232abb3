"""Every request has an id: its own or a new one, in its answer and in each line of the log that it causes."""

from __future__ import annotations

import logging
import re
import time
import uuid
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from handlers.logs import about

log = logging.getLogger("planvakt.http")

HEADER = "x-request-id"
_FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{7,63}", re.ASCII)
LONGEST_PATH = 100
# Asked every few seconds by what looks after us.
QUIET = ("/healthz", "/readyz")


class Requests:
    """Wraps the app; a proxy's `X-Request-Id` is taken over where it has the form of an id."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number, begun, status = _id_of(scope), time.perf_counter(), 500

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = number
            await send(message)

        with about(request=number):
            try:
                await self._app(scope, receive, told)
            finally:
                _log(scope, status, time.perf_counter() - begun)


def _id_of(scope: Scope) -> str:
    given = Headers(scope=scope).get(HEADER, "")
    return given if _FORM.fullmatch(given) else uuid.uuid4().hex[:16]


def _log(scope: Scope, status: int, seconds: float) -> None:
    """One line a request; the query is nobody's to read."""
    path = quote(scope["path"])[:LONGEST_PATH]
    level = logging.DEBUG if scope["path"] in QUIET else logging.INFO
    log.log(level, "%s %s %s in %.0f ms", scope["method"], path, status, seconds * 1000)
