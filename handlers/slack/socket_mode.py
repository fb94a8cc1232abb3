"""Socket Mode: one connection to Slack, opened anew where it has gone silent."""

from __future__ import annotations

import asyncio
import logging
import uuid

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.errors import PlanvaktError
from handlers.slack.installation import open_connection
from handlers.slack.network import through_proxy

log = logging.getLogger("planvakt.slack")
# The SDK logs the address of a connection that fails, and the key to the connection stands in it.
_unread = logging.getLogger("planvakt.slack.socket")
_unread.setLevel(logging.CRITICAL + 1)

SECONDS_TO_CLOSE = 5
LOOK_SECONDS = 15.0
# The SDK mends most by itself, but tries an address that works once again and again where the first try failed.
SILENT_LOOKS = 3


class Connection:
    """Open from `open` until `close`. Slack asks for a new one every few hours, which the SDK sees to."""

    def __init__(
        self, app: AsyncApp, token: str, session: aiohttp.ClientSession, *, look_seconds: float = LOOK_SECONDS
    ) -> None:
        self._app = app
        self._token = token
        self._session = session
        self._look_seconds = look_seconds
        self._handler: AsyncSocketModeHandler | None = None
        self._watch: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Connect, and from then on stay connected. Raises what open_connection raises."""
        await self._connect()
        self._watch = asyncio.create_task(self._watched())

    @property
    def is_open(self) -> bool:
        """Whether Slack can bring us anything; one that has gone silent is found out at the next look."""
        client = self._handler and self._handler.client
        session = client and not client.stale and client.current_session
        return bool(session and not session.closed)

    async def close(self) -> None:
        """Hear nothing more; a connection that does not answer any more may not hold up the rest."""
        if self._watch:
            self._watch.cancel()
            await asyncio.wait({self._watch})
        await self._let_go()

    async def _connect(self) -> None:
        address = await open_connection(self._app.client, self._token)
        handler = AsyncSocketModeHandler(self._app, self._token, logger=_unread, web_client=self._app.client)
        await handler.client.aiohttp_client_session.close()
        handler.client.aiohttp_client_session = self._session
        # Without it the client would ask for an address of its own, and try for ever where Slack refuses.
        handler.client.wss_uri = address
        through_proxy(handler.client, address)
        self._handler = handler
        try:
            # Python 3.11's wait_for may swallow the cancelling that `close` waits for.
            async with asyncio.timeout(self._look_seconds):
                await handler.connect_async()  # type: ignore[no-untyped-call]
        except TimeoutError:
            log.warning("the connection to Slack was not opened; it is tried again")

    async def _watched(self) -> None:
        silent = 0
        while True:
            await asyncio.sleep(self._look_seconds)
            is_there = self._handler is not None and await self._handler.client.is_connected()
            silent = 0 if is_there else silent + 1
            if silent < SILENT_LOOKS:
                continue
            log.warning("the connection to Slack is silent, and is opened anew")
            try:
                await self._let_go()
                await self._connect()
            except PlanvaktError as error:
                log.warning("the connection to Slack was not opened: %s", error.template)
            except Exception:  # the outermost edge: who no longer watches hears nothing more from Slack
                log.exception("the connection to Slack was not opened %s", uuid.uuid4().hex[:8])
            else:
                silent = 0

    async def _let_go(self) -> None:
        handler, self._handler = self._handler, None
        if handler is None:
            return
        handler.client.aiohttp_client_session = None  # type: ignore[assignment]  # it is not the SDK's to close
        try:
            async with asyncio.timeout(SECONDS_TO_CLOSE):
                await handler.close_async()  # type: ignore[no-untyped-call]
        except TimeoutError:
            log.warning("the connection to Slack did not close in %s seconds", SECONDS_TO_CLOSE)
