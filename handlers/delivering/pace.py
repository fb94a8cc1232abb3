"""How fast we may post: Slack takes about one message a second in a channel, and some hundred a minute in all."""

from __future__ import annotations

import asyncio
import time

from handlers.delivering.timing import Timing

_MOST_KEPT = 10_000


class Pace:
    """Gives each message its turn, by channel and by workspace, in this process."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._free_at: dict[tuple[str, ...], float] = {}

    async def turn(self, team: str, place: str) -> None:
        """Wait until the next message may be sent there."""
        now = time.monotonic()
        at = max(now, self._free_at.get((team,), now), self._free_at.get((team, place), now))
        self._free_at[team,] = at + self._timing.workspace
        self._free_at[team, place] = at + self._timing.channel
        if len(self._free_at) > _MOST_KEPT:
            self._free_at = {key: free for key, free in self._free_at.items() if free > now}
        if at > now:
            await asyncio.sleep(at - now)
