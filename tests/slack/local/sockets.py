"""How Slack brings something to an app through the sockets that the app has opened.

https://docs.slack.dev/apis/events-api/using-socket-mode: a ticket opens one connection, an app has ten at most, each
thing goes through any one of them, and every connection is taken down after some hours, with a warning before.
"""

from __future__ import annotations

import asyncio
import json
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.slack.local.delivery import SECONDS_TO_ACKNOWLEDGE, Kind, Outcome
from tests.slack.local.workspace import APP

MOST_CONNECTIONS = 10
HOST = {"host": "applink-local"}


@dataclass
class OverSocket:
    """Sends through the app's open connections in turn."""

    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    waiting: dict[str, tuple[web.WebSocketResponse, asyncio.Future[dict[str, Any]]]] = field(default_factory=dict)
    tickets: set[str] = field(default_factory=set)
    seconds: float = SECONDS_TO_ACKNOWLEDGE
    opened: int = 0
    refuses: int = 0
    _turn: int = 0

    def ticket(self) -> str:
        """What stands in an address from apps.connections.open; good once."""
        self.tickets.add(ticket := uuid.uuid4().hex)
        return ticket

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """One connection, from hello until it closes; the next few, where `refuses` says so, are turned away."""
        if request.query.get("ticket") not in self.tickets:
            return web.Response(status=403)
        self.tickets.discard(request.query["ticket"])
        if self.refuses:
            self.refuses -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self.sockets) >= MOST_CONNECTIONS:
            await self._leave(socket, "too_many_websockets")
            return socket
        self.opened += 1
        self.sockets.append(socket)
        await socket.send_json(self._hello())
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledged(json.loads(message.data))
        finally:
            self._gone(socket)
        return socket

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self.sockets),
            "debug_info": {**HOST, "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP},
        }

    def _acknowledged(self, told: dict[str, Any]) -> None:
        _, future = self.waiting.pop(told.get("envelope_id", ""), (None, None))
        if future and not future.done():
            future.set_result(told)

    def _gone(self, socket: web.WebSocketResponse) -> None:
        """What has not been acknowledged by now never will be."""
        self.sockets.remove(socket)
        for through, future in self.waiting.values():
            if through is socket and not future.done():
                future.set_exception(ConnectionResetError())

    async def bring(self, kind: Kind, payload: dict[str, Any], repeats: int = 0, reason: str = "") -> Outcome:
        if not (sockets := [one for one in self.sockets if not one.closed]):
            return Outcome(0, reason="connection_failed")
        envelope: dict[str, Any] = {
            "envelope_id": str(uuid.uuid4()),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": repeats, "retry_reason": reason}
        self._turn += 1
        socket = sockets[self._turn % len(sockets)]
        future = asyncio.get_running_loop().create_future()
        self.waiting[envelope["envelope_id"]] = socket, future
        try:
            await socket.send_json(envelope)
            told = await asyncio.wait_for(future, self.seconds)
        except (TimeoutError, ConnectionResetError):
            return Outcome(0, reason="timeout")
        finally:
            self.waiting.pop(envelope["envelope_id"], None)
        return Outcome(200, json.dumps(told.get("payload") or ""))

    async def warn(self) -> None:
        """Say that the connections are taken down in some ten seconds."""
        for socket in list(self.sockets):
            await socket.send_json({"type": "disconnect", "reason": "warning", "debug_info": HOST})

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app to open new connections, and close the old ones, as Slack does every few hours.

        `link_disabled` is what an app hears whose Socket Mode is turned off.
        """
        await asyncio.gather(*(self._leave(socket, reason) for socket in self.sockets))

    @staticmethod
    async def _leave(socket: web.WebSocketResponse, reason: str) -> None:
        with suppress(ConnectionResetError):  # the app was quicker
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": HOST})
            await socket.close()
