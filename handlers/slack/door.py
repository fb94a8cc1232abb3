"""Slack's way in over HTTP: nothing is parsed before it is small enough and signed by Slack."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import Clock, SignatureVerifier
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

log = logging.getLogger("planvakt.slack")

# Slack's own payloads are some kilobytes; a view may have 250 kB.
LARGEST_BODY = 1_000_000
# Slack signs the body and its time alone, so no other header is passed on.
PASSED_ON = ("content-type", "x-slack-retry-num", "x-slack-retry-reason")


class Door:
    """Lets Slack's requests in to the app, and no others."""

    def __init__(self, app: AsyncApp, signing_secret: str, now: Callable[[], datetime]) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret, clock=_Clock(now))

    async def let_in(self, request: Request) -> Response:
        """Answer one request: 413 if it is too large, 401 if Slack did not sign it within five minutes."""
        try:
            body = await _read(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        if not self._is_signed(body, request):
            log.info("a request that Slack did not sign was refused")
            return Response(status_code=401)
        if not _is_what_it_is_called(body, request):
            return Response(status_code=400)
        try:
            heard = AsyncBoltRequest(body=body.decode("utf-8"), headers=_headers(request))
        except (
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
            RecursionError,
        ):  # Bolt takes the payload's shape on trust
            return Response(status_code=400)
        return _response(await self._app.async_dispatch(heard))

    def _is_signed(self, body: bytes, request: Request) -> bool:
        sent = request.headers.get("x-slack-request-timestamp")
        signature = request.headers.get("x-slack-signature")
        try:
            return self._verifier.is_valid(body, sent, signature)
        except (ValueError, TypeError, OverflowError):
            return False


async def _read(request: Request) -> bytes | None:
    """Return the body, read no further than the largest we take; None where it is larger."""
    told = request.headers.get("content-length", "0")
    if not told.isdecimal() or int(told) > LARGEST_BODY:
        return None
    pieces: list[bytes] = []
    length = 0
    async for piece in request.stream():
        length += len(piece)
        if length > LARGEST_BODY:
            return None
        pieces.append(piece)
    return b"".join(pieces)


def _is_what_it_is_called(body: bytes, request: Request) -> bool:
    """Events come as JSON and all else as a form; Bolt itself goes by what it looks like."""
    called = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    return called == ("application/json" if body[:1] in (b"{", b"[") else "application/x-www-form-urlencoded")


def _headers(request: Request) -> dict[str, str | Sequence[str]]:
    return {name: request.headers[name] for name in PASSED_ON if name in request.headers}


def _response(told: BoltResponse) -> Response:
    response = Response(told.body, status_code=told.status)
    for name, values in told.headers.items():
        response.headers[name] = values[0]
    return response


class _Clock(Clock):
    """Our clock, as the SDK asks it."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def now(self) -> float:
        return self._now().timestamp()
