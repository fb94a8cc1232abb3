"""What may reach the chat page: this machine's own browser, and nothing that a page elsewhere sends.

The page has no sign-in, and a page on the internet can make a browser ask 127.0.0.1 (a form, a script, a name that
is made to point here). So the name asked for, and where a request comes from, are looked at before anything else.
"""

from __future__ import annotations

import logging
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("planvakt.web")

NAMES = ("127.0.0.1", "localhost")
FROM_HERE = ("same-origin", "none")
SAFE = ("GET", "HEAD")
# What is sent where: kinds that no form can send, and no page elsewhere without asking first.
KIND, KINDS = "application/json", {"/api/file": "application/octet-stream"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
SAID_WITH_EVERYTHING = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class Guard:
    """Refuses what comes from elsewhere; whatever goes wrong behind it is logged with a number, and answered."""

    def __init__(self, app: ASGIApp, *, port: int) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}" for name in NAMES} | ({*NAMES} if port == 80 else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _Answer(send)
        if refusal := self._refusal(scope):
            await refusal(scope, receive, guarded.send)
            return
        try:
            await self._app(scope, receive, guarded.send)
        except Exception as error:  # the outermost edge
            number = uuid.uuid4().hex[:8]
            log.error("unexpected error %s: %s", number, type(error).__name__, exc_info=error)
            if not guarded.is_begun:
                await JSONResponse({"error": number}, status_code=500)(scope, receive, guarded.send)

    def _refusal(self, scope: Scope) -> Response | None:
        """Return the answer to what must not come in, or None."""
        headers = Headers(scope=scope)
        host, method = headers.get("host", ""), scope["method"]
        site = headers.get("sec-fetch-site")
        if host not in self._hosts:
            return PlainTextResponse("Planvakt answers only under its own address.", 403)
        # A link on another page may lead here; nothing else may come from one.
        if site not in (None, *FROM_HERE) and (method not in SAFE or scope["path"] != "/"):
            return PlainTextResponse("Planvakt answers only its own page.", 403)
        if method in SAFE:
            return None
        if headers.get("origin") != f"http://{host}":
            return PlainTextResponse("Planvakt answers only its own page.", 403)
        kind = KINDS.get(scope["path"], KIND)
        if headers.get("content-type", "").partition(";")[0].strip().lower() != kind:
            return PlainTextResponse(f"Planvakt reads {kind} here.", 415)
        return None


class _Answer:
    """An answer on its way out, with the headers that every answer has."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.is_begun = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.is_begun = True
            headers = MutableHeaders(scope=message)
            for name, value in SAID_WITH_EVERYTHING.items():
                headers[name] = value
        await self._send(message)
