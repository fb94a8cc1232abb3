"""Modals that are sent twice: Slack brings each press, perhaps to two of our processes, and it is to be done once."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from bot.errors import DatabaseTrouble
from storage.inbox import Inbox

log = logging.getLogger("planvakt.slack")

AT_MOST = 5_000
# For longer nobody waits for a modal; what a process that died had begun is then let go.
HELD = timedelta(minutes=2)
PAUSE_SECONDS = 0.1
KIND = "modal"

Key = tuple[str, str]


class HasView(Protocol):
    """What comes of a modal: what Slack is answered, None where it closes."""

    @property
    def view(self) -> dict[str, Any] | None: ...


T = TypeVar("T", bound=HasView)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What has been taken on by any of our processes, in the inbox that they share."""

    inbox: Inbox
    team: str
    now: Callable[[], datetime]

    async def taken(self, key: Key) -> int | None:
        """Take it on and return its number; None where another has done it. Waits for one who is at it.

        Raises DatabaseTrouble.
        """
        name = ":".join((KIND, self.team, *key))
        while True:
            now = self.now()
            mine = await asyncio.to_thread(self.inbox.put, name, (KIND, self.team), {}, now=now, until=now + HELD)
            if mine is not None:
                return mine.id
            if await asyncio.to_thread(self.inbox.is_done, name):
                return None
            await asyncio.sleep(PAUSE_SECONDS)

    async def ended(self, number: int, *, is_done: bool) -> None:
        """Keep that it is done; what is not may be sent again."""
        await asyncio.to_thread(self.inbox.done if is_done else self.inbox.forget, number)


class Submissions:
    """What has been sent, by the id and hash of its modal; one that stays open may be sent again."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims
        self._taken: OrderedDict[Key, asyncio.Task[Any]] = OrderedDict()

    def once(self, key: Key, start: Callable[[], Coroutine[Any, Any, T]], elsewhere: T) -> tuple[asyncio.Task[T], bool]:
        """Return what is being done or has been for it, and whether this is the first time in this process.

        It becomes `elsewhere` where another process has done it.
        """
        if key in self._taken:
            return self._taken[key], False
        task = asyncio.create_task(self._started(key, start, elsewhere))
        self._taken[key] = task
        task.add_done_callback(lambda _: self._forget_if_open(key, task))
        while len(self._taken) > AT_MOST:
            self._taken.popitem(last=False)
        return task, True

    async def _started(self, key: Key, start: Callable[[], Coroutine[Any, Any, T]], elsewhere: T) -> T:
        try:
            number = await self._claims.taken(key)
        except DatabaseTrouble:  # what is to be done then tells of it
            return await start()
        if number is None:
            return elsewhere
        is_done = False
        try:
            outcome = await start()
            is_done = outcome.view is None
            return outcome
        finally:
            await self._ended(number, is_done=is_done)

    async def _ended(self, number: int, *, is_done: bool) -> None:
        try:
            await self._claims.ended(number, is_done=is_done)
        except DatabaseTrouble as trouble:
            log.warning("that a modal was done was not kept: %s", trouble.template)

    def _forget_if_open(self, key: Key, task: asyncio.Task[T]) -> None:
        failed = task.cancelled() or task.exception() is not None
        if failed or task.result().view is not None:
            self._taken.pop(key, None)
