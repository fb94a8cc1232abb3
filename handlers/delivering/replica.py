"""This process among those that deliver: seen by the others, and seeing which of them have gone."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Callable
from datetime import datetime

from handlers.delivering.engine import Engine
from handlers.delivering.timing import Timing
from storage.claims import Claimant
from storage.ledger import Ledger

log = logging.getLogger("planvakt.delivering")


class Replica:
    """One process from its start to its end; `is_alone` is that no other can run, so all before it are gone."""

    def __init__(
        self,
        ledger: Ledger,
        clock: Callable[[], datetime],
        timing: Timing,
        *,
        is_alone: bool,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.id = uuid.uuid4().hex[:12]
        self._ledger = ledger
        self._clock = clock
        self._timing = timing
        self._is_alone = is_alone
        self._ticks = ticks
        self._active: set[str] = set()
        self._sure: set[str] = set()
        self._seen_at = float("-inf")

    async def beat(self) -> None:
        """Say that we live; nothing may be taken on before that."""
        # Before it is written: others count from then, and we must never think that we live for longer than they do.
        began = self._ticks()
        if not self._is_seen():
            self._sure.clear()  # who was away does not get back what others may have taken on meanwhile
        await asyncio.to_thread(self._ledger.beat, self.id, self._clock())
        self._seen_at = began

    def _is_seen(self) -> bool:
        return self._ticks() - self._seen_at < self._timing.dead / 2

    def may_post(self, token: str) -> bool:
        """Whether the others must have taken us for alive ever since that claim; after a freeze they may not have."""
        return token in self._sure and self._is_seen()

    def token(self) -> str:
        """A new claim, which is ours from before anybody can see it until it is `let_go`."""
        token = f"{self.id}:{uuid.uuid4().hex[:12]}"
        self._active.add(token)
        self._sure.add(token)
        return token

    def let_go(self, token: str) -> None:
        self._active.discard(token)
        self._sure.discard(token)

    @property
    def claimant(self) -> Claimant:
        return Claimant(replica=self.id, active=frozenset(self._active), is_alone=self._is_alone)

    async def run(self, engine: Engine) -> None:
        """Beat, and see to the dead, until cancelled; no fault in one round ends the next."""
        while True:
            try:
                await self.beat()
                await self.reap(engine)
            except Exception:  # the outermost edge of the heart
                log.exception("a beat failed %s", uuid.uuid4().hex[:8])
            await asyncio.sleep(self._timing.beat)

    async def reap(self, engine: Engine) -> int:
        """Bury those that nobody has seen for long, and have their work taken on."""
        unseen_since = self._clock() - self._timing.until_dead
        living = await asyncio.to_thread(self._ledger.bury, self.id, unseen_since)
        taken = await engine.reap((self.id,) if self._is_alone else living)
        if taken:
            log.warning("took over %s batches of those that are gone", taken)
        return taken

    async def leave(self) -> None:
        await asyncio.to_thread(self._ledger.leave, self.id)
