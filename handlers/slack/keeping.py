"""Deliveries on their way into the inbox: all that wait are kept in one transaction, on a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

from storage.inbox import Arrival, Delivery, Inbox

MOST = 50
Kept: TypeAlias = "asyncio.Future[Delivery | None]"


class Keeper:
    """Keeps what arrives. The pool that answers may be full of work: what is to be acknowledged never waits for it."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._thread = ThreadPoolExecutor(1, "planvakt-inbox")
        self._waiting: list[tuple[Arrival, Kept]] = []
        self._keeping: asyncio.Task[None] | None = None

    async def keep(self, arrival: Arrival) -> Delivery | None:
        """Return it when it is kept; None where it has come before. Raises DatabaseTrouble."""
        kept: Kept = asyncio.get_running_loop().create_future()
        self._waiting.append((arrival, kept))
        if self._keeping is None:
            self._keeping = asyncio.create_task(self._keep())
        return await kept

    async def _keep(self) -> None:
        """Keep what waits, and what has come while that was kept."""
        while self._waiting:
            together, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            for (_, kept), told in zip(together, await self._told([one for one, _ in together]), strict=True):
                if kept.cancelled():
                    continue
                if isinstance(told, BaseException):
                    kept.set_exception(told)
                else:
                    kept.set_result(told)
        self._keeping = None

    async def _told(self, arrivals: Sequence[Arrival]) -> Sequence[Delivery | BaseException | None]:
        """Keep them together; where that fails each by itself, so that one spoils it for no other."""
        (told,) = await asyncio.gather(self._put(arrivals), return_exceptions=True)
        if not isinstance(told, BaseException):
            return told
        if len(arrivals) == 1:
            return [told]
        each = await asyncio.gather(*(self._put([one]) for one in arrivals), return_exceptions=True)
        return [one if isinstance(one, BaseException) else one[0] for one in each]

    async def _put(self, arrivals: Sequence[Arrival]) -> Sequence[Delivery | None]:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._inbox.put_all, arrivals)
