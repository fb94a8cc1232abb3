"""Deliveries on their way: kept before they are acknowledged, worked on after, and again where that failed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from bot.errors import PlanvaktError
from handlers.logs import about
from handlers.metrics import DELIVERIES, DELIVERY_SECONDS
from handlers.slack.acts import ACTS, Act
from handlers.slack.deliveries import UNINSTALLED, author_of, left_at
from handlers.slack.turns import Turns
from handlers.slack.workspaces import Workspaces
from storage.inbox import Delivery, Inbox

log = logging.getLogger("planvakt.slack")

HELD = timedelta(seconds=90)
LOOK_SECONDS = 20.0
PURGE_EVERY = timedelta(hours=1)
PAUSES = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))
"""Between one attempt and the next; after the last attempt it is a dead letter."""
MOST_ATTEMPTS = len(PAUSES) + 1
AT_MOST = 32


class Worker:
    """Works on deliveries, in one process of perhaps several that share the inbox.

    What a process has taken on is its own for 90 seconds, and for longer while it lives; so what a crash left is
    taken on by the others, or after a restart.
    """

    def __init__(
        self,
        inbox: Inbox,
        workspaces: Workspaces,
        now: Callable[[], datetime],
        *,
        acts: Mapping[str, Act] = ACTS,
        kept: tuple[timedelta, timedelta] = (timedelta(hours=24), timedelta(days=30)),
    ) -> None:
        self._inbox = inbox
        self._workspaces = workspaces
        self._now = now
        self._acts = acts
        self._kept = kept
        self._under_way: dict[asyncio.Task[None], int | None] = {}
        self._purged: datetime | None = None
        self._turns = Turns()

    def waiting(self) -> AbstractContextManager[None]:
        """Hold back what has not begun, while somebody waits for an acknowledgement."""
        return self._turns.waiting()

    def start(self, delivery: Delivery) -> None:
        """Work on what we have taken on; a reference is kept, so that it cannot vanish half-way."""
        self._begin(self._work(delivery), delivery.id)

    def follow_up(self, doing: Coroutine[Any, Any, None]) -> None:
        """Do what belongs to a delivery that is closed already."""
        self._begin(doing, None)

    async def run(self, look_seconds: float = LOOK_SECONDS) -> None:
        """Look for what is free, again and again, until cancelled; no fault in one round ends the next."""
        while True:
            try:
                await self.look()
            except PlanvaktError as error:
                log.warning("the inbox could not be read: %s", error.template)
            except Exception as error:  # the outermost edge of the worker
                log.error("the inbox could not be read: %s", type(error).__name__)
            await asyncio.sleep(look_seconds)

    async def look(self) -> None:
        """Keep what is ours, take on what is free, forget what is old, and keep up with the other processes."""
        now = self._now()
        ours = [id for id in self._under_way.values() if id is not None]
        await asyncio.to_thread(self._inbox.renew, ours, now + HELD)
        free = AT_MOST - len(ours)
        if free > 0:
            for delivery in await asyncio.to_thread(self._inbox.claim, now=now, until=now + HELD, at_most=free):
                self.start(delivery)
        if self._purged is None or self._purged + PURGE_EVERY <= now:
            await self.purge(now)
        await self._workspaces.keep_up()

    async def purge(self, now: datetime) -> None:
        """Forget what is older than it is to be kept."""
        done, dead = self._kept
        await asyncio.to_thread(self._inbox.purge, done_before=now - done, dead_before=now - dead)
        self._purged = now

    async def finish(self, seconds: float) -> None:
        """Wait for what is under way, for so many seconds at most; what is not done then is left in the inbox."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds)
        left = list(self._under_way)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _begin(self, doing: Coroutine[Any, Any, None], id: int | None) -> None:
        task = asyncio.create_task(doing)
        self._under_way[task] = id
        task.add_done_callback(self._under_way.pop)

    async def _work(self, delivery: Delivery) -> None:
        with about(delivery=str(delivery.id)):
            await self._worked(delivery)

    async def _worked(self, delivery: Delivery) -> None:
        try:
            author = author_of(delivery.body)
            async with self._turns.turn((delivery.team, author) if author else None):
                await self._act(delivery)
        except asyncio.CancelledError:
            await asyncio.to_thread(self._inbox.again, delivery.id, self._now())
            raise
        except Exception as error:  # the edge of one delivery
            await self._fail(delivery, error)
        else:
            self._count(delivery, "done")
            await asyncio.to_thread(self._inbox.done, delivery.id)

    def _count(self, delivery: Delivery, outcome: str) -> None:
        """What nothing is done for is not counted by its kind: whoever sends chooses that."""
        DELIVERIES.labels(delivery.kind if delivery.kind in self._acts else "other", outcome).inc()
        if outcome == "done":
            DELIVERY_SECONDS.observe((self._now() - delivery.received_at).total_seconds())

    async def _act(self, delivery: Delivery) -> None:
        if delivery.attempts > MOST_ATTEMPTS:
            raise RuntimeError("every attempt ended with the process")
        if at := left_at(delivery.body):
            await self._workspaces.left(delivery.team, at, is_sure=delivery.kind == UNINSTALLED)
            return
        act = self._acts.get(delivery.kind)
        found = await self._workspaces.of(delivery.team) if act else None
        if act and found:
            await act(*found, delivery.body)

    async def _fail(self, delivery: Delivery, error: Exception) -> None:
        """The log has the delivery's number and the kind of error, and nothing that anybody wrote."""
        name = type(error).__name__
        if delivery.attempts >= MOST_ATTEMPTS:
            log.error("delivery %s (%s) is given up: %s", delivery.id, delivery.kind, name)
            self._count(delivery, "given_up")
            await asyncio.to_thread(self._inbox.dead, delivery.id, name)
            return
        log.warning("delivery %s (%s) failed, and is tried again: %s", delivery.id, delivery.kind, name)
        self._count(delivery, "failed")
        await asyncio.to_thread(self._inbox.again, delivery.id, self._now() + PAUSES[delivery.attempts - 1], name)
