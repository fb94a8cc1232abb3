"""The engine that is used: DBOS Transact, in this process, over a SQLite file or a schema of the PostgreSQL database.

Its calls are made from threads of ours, and each batch takes a thread of its own that waits for the event loop: its
asynchronous calls would put its threads in place of the loop's own.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Sequence
from concurrent.futures import Future
from datetime import datetime

from dbos import DBOS, DBOSConfig, SetWorkflowID

from bot.delivery import Sending
from handlers.delivering.engine import Work
from storage.ledger import Batch

QUEUE, WORKFLOW = "deliveries", "deliver"
# What is under way is taken over by any newer version; changed only together with an emptied queue.
VERSION = "planvakt-1"
AT_ONCE = 20
_UNFINISHED = ["ENQUEUED", "PENDING", "DELAYED"]
_OVER = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_PURGED_AT_ONCE = 500


class DurableEngine:
    """Satisfies Engine. There is one in a process; `replica` is new at each start, for it is whose work is whose."""

    def __init__(self, address: str, replica: str, poll_seconds: float = 1.0) -> None:
        self._address = address
        self._replica = replica
        self._poll_seconds = poll_seconds
        self._running: set[Future[None]] = set()

    async def run(self, work: Work) -> None:
        await asyncio.to_thread(self._launch, work, asyncio.get_running_loop())

    def _launch(self, work: Work, loop: asyncio.AbstractEventLoop) -> None:
        config: DBOSConfig = {
            "name": "planvakt",
            "system_database_url": self._address,
            "executor_id": self._replica,
            "application_version": VERSION,
            "max_executor_threads": AT_ONCE + 4,
            "log_level": "WARNING",
            "sys_db_pool_size": 5,
        }
        # Without a handler it would make one of its own, which knows nothing of how we log.
        logging.getLogger("dbos").addHandler(logging.NullHandler())
        DBOS(config=config)

        @DBOS.workflow(name=WORKFLOW, max_recovery_attempts=1000)
        def deliver(organisation: str | None, sending: str, name: str) -> None:
            batch = Batch(organisation=organisation, sending=Sending(sending), name=name)
            running = asyncio.run_coroutine_threadsafe(_worked_on(work, batch), loop)
            self._running.add(running)
            try:
                running.result()
            finally:
                self._running.discard(running)

        self._deliver = deliver
        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=AT_ONCE, polling_interval_sec=self._poll_seconds)

    async def enqueue(self, batches: Sequence[Batch]) -> None:
        await asyncio.to_thread(self._enqueue, batches)

    def _enqueue(self, batches: Sequence[Batch]) -> None:
        for batch in batches:
            with SetWorkflowID(batch.name):
                DBOS.enqueue_workflow(QUEUE, self._deliver, batch.organisation, batch.sending.value, batch.name)

    async def reap(self, living: Collection[str]) -> int:
        return await asyncio.to_thread(self._reap, frozenset(living) | {self._replica})

    def _reap(self, living: Collection[str]) -> int:
        under_way = DBOS.list_workflows(status="PENDING", name=WORKFLOW, load_input=False, load_output=False)
        left = [one.workflow_id for one in under_way if one.executor_id not in living]
        if left:
            DBOS.resume_workflows(left, queue_name=QUEUE)
        return len(left)

    async def unfinished(self, names: Collection[str]) -> frozenset[str]:
        if not names:
            return frozenset()
        found = await asyncio.to_thread(
            DBOS.list_workflows, workflow_ids=list(names), status=_UNFINISHED, load_input=False, load_output=False
        )
        return frozenset(one.workflow_id for one in found)

    async def purge(self, before: datetime) -> int:
        return await asyncio.to_thread(self._purge, before)

    def _purge(self, before: datetime) -> int:
        purged = 0
        while True:
            old = DBOS.list_workflows(
                status=_OVER,
                name=WORKFLOW,
                end_time=before.isoformat(),
                limit=_PURGED_AT_ONCE,
                load_input=False,
                load_output=False,
            )
            if not old:
                return purged
            DBOS.delete_workflows([one.workflow_id for one in old])
            purged += len(old)

    async def close(self, seconds: float) -> None:
        await asyncio.to_thread(self._destroy, int(seconds) if self._running else 0)

    def _destroy(self, seconds: int) -> None:
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=seconds)
        for running in list(self._running):  # a thread that waits for ever would hold up the end
            running.cancel()


async def _worked_on(work: Work, batch: Batch) -> None:
    await work(batch)
