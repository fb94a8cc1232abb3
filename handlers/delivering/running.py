"""Delivering started and stopped: this process among the others, its engine, and its looks at what is due."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from handlers.delivering.durable import DurableEngine
from handlers.delivering.engine import Engine
from handlers.delivering.replica import Replica
from handlers.delivering.work import Tools, Worker
from handlers.schedule import Schedule
from storage.engine_file import is_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivering:
    """What runs: the engine, and the rounds, which end only when we do."""

    engine: Engine
    rounds: tuple[asyncio.Task[None], ...]


@asynccontextmanager
async def delivering(tools: Tools, address: str) -> AsyncIterator[Delivering]:
    """Deliver until left, with the engine's database at `address`; then finish what is being posted.

    Where the plan database is a file, no other process can have the engine, so all that were there before are gone.
    """
    is_alone = is_file(address)
    replica = Replica(tools.database.ledger, tools.clock, tools.timing, is_alone=is_alone)
    engine, worker = DurableEngine(address, replica.id, tools.timing.queue), Worker(tools, replica)
    await replica.beat()  # before any work is taken: others would take us for dead
    await engine.run(worker.work)
    heart = asyncio.create_task(replica.run(engine))
    looks = asyncio.create_task(Schedule(tools, engine).run())
    try:
        yield Delivering(engine=engine, rounds=(heart, looks))
    finally:
        looks.cancel()
        await asyncio.wait({looks})
        worker.stop()
        await engine.close(tools.timing.finish)
        heart.cancel()
        await asyncio.wait({heart})
        await replica.leave()
