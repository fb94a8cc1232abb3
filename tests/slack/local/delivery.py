"""How Slack brings something to an app: signed over HTTP, or through the socket that the app has opened."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import uuid
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol
from urllib.parse import urlencode

import aiohttp
from aiohttp import WSMsgType, web

from tests.slack.local import workspace as names
from tests.slack.local.clock import Clock

Kind = Literal["events_api", "slash_commands", "interactive"]
SECONDS_TO_ACKNOWLEDGE = 3.0
# A missed event comes again at once, after a minute, and after five.
REPEATED_AFTER = (0, 60, 300)


@dataclass(frozen=True)
class Outcome:
    """What an app answered: `status` is 200 for all that was acknowledged over a socket."""

    status: int
    body: str = ""
    reason: str = ""

    @property
    def is_acknowledged(self) -> bool:
        return 200 <= self.status < 300


class Way(Protocol):
    async def bring(self, kind: Kind, payload: dict[str, Any], repeats: int, reason: str) -> Outcome: ...


class OverHttp:
    """POSTs to the app's request URL."""

    def __init__(self, clock: Clock, url: str, secret: str = names.SECRET) -> None:
        self._clock, self.url, self.secret = clock, url, secret

    async def bring(self, kind: Kind, payload: dict[str, Any], repeats: int = 0, reason: str = "") -> Outcome:
        body, content_type = self.encoded(kind, payload)
        headers = {"content-type": content_type, **self.signed(body)}
        if repeats:
            headers |= {"x-slack-retry-num": str(repeats), "x-slack-retry-reason": reason}
        return await self.send(body, headers)

    @staticmethod
    def encoded(kind: Kind, payload: dict[str, Any]) -> tuple[bytes, str]:
        """Events are JSON, commands a form, and interactions a form with JSON in it."""
        if kind == "events_api":
            return json.dumps(payload).encode(), "application/json"
        form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        return urlencode(form).encode(), "application/x-www-form-urlencoded"

    def signed(self, body: bytes, at: float | None = None) -> dict[str, str]:
        """The headers that prove who sent the body, and when."""
        time = str(int(self._clock.seconds() if at is None else at))
        told = b"v0:" + time.encode() + b":" + body
        signature = hmac.new(self.secret.encode(), told, hashlib.sha256).hexdigest()
        return {"x-slack-request-timestamp": time, "x-slack-signature": f"v0={signature}"}

    async def send(self, body: bytes, headers: dict[str, str]) -> Outcome:
        timeout = aiohttp.ClientTimeout(total=SECONDS_TO_ACKNOWLEDGE)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(self.url, data=body, headers=headers) as answer,
            ):
                return Outcome(answer.status, await answer.text(), "http_error")
        except TimeoutError:
            return Outcome(0, reason="http_timeout")
        except aiohttp.ClientError:
            return Outcome(0, reason="connection_failed")


@dataclass
class OverSocket:
    """Sends through any one of the app's open connections."""

    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    waiting: dict[str, asyncio.Future[dict[str, Any]]] = field(default_factory=dict)

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """One connection, from hello until it closes."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": len(self.sockets) + 1})
        self.sockets.append(socket)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledged(json.loads(message.data))
        finally:
            self.sockets.remove(socket)
        return socket

    def _acknowledged(self, told: dict[str, Any]) -> None:
        future = self.waiting.pop(told.get("envelope_id", ""), None)
        if future and not future.done():
            future.set_result(told)

    async def bring(self, kind: Kind, payload: dict[str, Any], repeats: int = 0, reason: str = "") -> Outcome:
        if not self.sockets:
            return Outcome(0, reason="connection_failed")
        envelope: dict[str, Any] = {
            "envelope_id": str(uuid.uuid4()),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if repeats:
            envelope |= {"retry_attempt": repeats, "retry_reason": reason}
        future = self.waiting[envelope["envelope_id"]] = asyncio.get_running_loop().create_future()
        await self.sockets[-1].send_json(envelope)
        try:
            told = await asyncio.wait_for(future, SECONDS_TO_ACKNOWLEDGE)
        except TimeoutError:
            return Outcome(0, reason="timeout")
        return Outcome(200, json.dumps(told.get("payload") or ""))

    async def disconnect(self) -> None:
        """Ask the app to open a new connection, and close the old ones, as Slack does every few hours."""
        for socket in list(self.sockets):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})
            await socket.close()
