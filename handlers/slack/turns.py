"""When work on what Slack delivered begins: in the order it came, and not while acknowledgements are waited for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext, suppress
from weakref import WeakValueDictionary

# Work begins when nothing has arrived for so long, or has been held back for so long.
CALM_SECONDS = 0.05
LONGEST_WAIT_SECONDS = 1.0
# How long one that begins waits for the one before it to end. Slack's own time is waited for together; without this,
# all that was held back would begin in the same moment, and whatever arrived then would wait for all of it.
APART_SECONDS = 0.02


class Turns:
    """One process's. What one person says is worked on one by one; of others, some are under way together."""

    def __init__(self) -> None:
        self._acknowledging = 0
        self._calming: asyncio.TimerHandle | None = None
        self._is_calm = asyncio.Event()
        self._is_calm.set()
        self._beginning = asyncio.Lock()
        self._before = asyncio.Event()
        self._before.set()
        self._persons: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Hold back what has not begun: somebody waits for an acknowledgement, and work takes time from it."""
        self._acknowledging += 1
        if self._calming:
            self._calming.cancel()
        self._is_calm.clear()
        try:
            yield
        finally:
            self._acknowledging -= 1
            if not self._acknowledging:
                self._calming = asyncio.get_running_loop().call_later(CALM_SECONDS, self._is_calm.set)

    @asynccontextmanager
    async def turn(self, person: tuple[str, str] | None) -> AsyncIterator[None]:
        """Wait for its turn, and hold it. A workspace and who wrote there keep to their order; None is nobody's."""
        latest = asyncio.get_running_loop().time() + LONGEST_WAIT_SECONDS
        async with self._persons.setdefault(person, asyncio.Lock()) if person else nullcontext():
            ended = await self._begun(latest)
            try:
                yield
            finally:
                ended.set()

    async def _begun(self, latest: float) -> asyncio.Event:
        """Begin after the one before, when it is calm or at `latest`; return what is to be set at the end."""
        async with self._beginning:
            await _until(self._before, APART_SECONDS)
            await _until(self._is_calm, latest - asyncio.get_running_loop().time())
            self._before = asyncio.Event()
            return self._before


async def _until(event: asyncio.Event, seconds: float) -> None:
    """Wait for the event, so many seconds at most."""
    if not event.is_set() and seconds > 0:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await event.wait()
