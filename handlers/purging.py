"""Erases once a night what has been kept long enough."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta

from handlers.delivering.engine import Engine
from storage.database import Database

log = logging.getLogger("planvakt.purging")

PAUSE_SECONDS = 600.0
# When nobody asks anything, and no digest is posted.
HOUR = 3
# What the engine has done; what was sent is kept in the ledger for longer.
WORK_KEPT = timedelta(days=30)


class Purging:
    """One process's nights; what two of them erase at once is erased once."""

    def __init__(self, database: Database, clock: Callable[[], datetime], engine: Engine | None = None) -> None:
        self._database = database
        self._engine = engine
        self._clock = clock
        self._last: date | None = None

    async def run(self) -> None:
        """Look every ten minutes, until cancelled; no fault in one night ends the next."""
        while True:
            try:
                await self.purge_due()
            except Exception:  # the outermost edge of the nights
                log.exception("purge failed %s", uuid.uuid4().hex[:8])
            await asyncio.sleep(PAUSE_SECONDS)

    async def purge_due(self) -> bool:
        """Erase what is old where it was not done since the newest night, and at the start; whether it was done."""
        now = self._clock()
        if self._last == now.date() or (self._last is not None and now.hour < HOUR):
            return False
        purged = await asyncio.to_thread(self._database.purge, now)
        if self._engine is not None:
            await self._engine.purge(now - WORK_KEPT)
        self._last = now.date()
        log.info("erased: %s", purged)
        return True
