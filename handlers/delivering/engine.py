"""What delivering needs of an engine: pieces of work kept until they are done, over restarts and on any replica.

The engine only sees to that each piece is worked on at least once; that each message comes once is the ledger's.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime
from typing import Protocol

from storage.ledger import Batch

Work = Callable[[Batch], Awaitable[None]]


class Engine(Protocol):
    """A queue of batches that outlives a process; which ones there are is told by their names."""

    async def run(self, work: Work) -> None:
        """Begin to take batches off the queue, some at once, and go on until closed."""

    async def enqueue(self, batches: Sequence[Batch]) -> None:
        """Keep these batches until they are done; harmless where they are there already."""

    async def reap(self, living: Collection[str]) -> int:
        """Let others work on what replicas had that do not live any more; return how many batches they had."""

    async def unfinished(self, names: Collection[str]) -> frozenset[str]:
        """Return which of these are queued or worked on."""

    async def purge(self, before: datetime) -> int:
        """Forget what was done before that; return how many batches."""

    async def close(self, seconds: float) -> None:
        """Take no more, and let what is under way finish for some seconds."""
