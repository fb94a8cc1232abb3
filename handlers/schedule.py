"""Wakes up, and has what is due sent: digests once a channel and week, reminders once a person and day."""

from __future__ import annotations

import asyncio
import logging
import random
import uuid
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from bot.answers.reminders import reminders_of
from bot.days_off import days_off
from bot.delivery import OVERTAKEN, TOO_LATE, Looked, Planned, Sending, State
from bot.digest import DaysOff
from bot.due import Due, due_since, has_come, never_off, next_look
from bot.errors import PlanvaktError
from bot.reminders import LAST_HOUR, may_remind
from handlers.delivering.engine import Engine
from handlers.delivering.work import Tools
from storage.database import OrganisationStore
from storage.ledger import Batch

log = logging.getLogger("planvakt.schedule")

# So many of one workspace are one piece of work for the engine.
A_BATCH = 50
REMINDED_EVERY = timedelta(minutes=10)


class Schedule:
    """One process's looks at all organisations; the ledger holds that of all who look, one plans each delivery."""

    def __init__(self, tools: Tools, engine: Engine) -> None:
        self._tools = tools
        self._engine = engine
        self._reminded: dict[str | None, datetime] = {}

    async def run(self) -> None:
        """Look every 20 seconds and when something comes due, until cancelled; no fault in one round ends the next."""
        while True:
            for look in (self.post_due, self.remind_due, self.free_lost):
                try:
                    await look()
                except Exception:  # the outermost edge of the schedule
                    log.exception("round failed %s", uuid.uuid4().hex[:8])
            await asyncio.sleep(await self._until_next_look())

    async def _until_next_look(self) -> float:
        """In seconds: not long, and no longer than until the next digest is due."""
        now, longest = self._tools.clock(), self._tools.timing.look
        try:
            due = await asyncio.to_thread(self._tools.database.ledger.next_look, now)
        except PlanvaktError:
            return longest
        return longest if due is None else min(longest, max(0.0, (due - now).total_seconds()))

    async def post_due(self) -> int:
        """Give the engine all that is due now; return how many batches. One organisation's fault stops no other."""
        batches = 0
        for organisation in await self._with_work():
            try:
                batches += await self._post(organisation)
            except Exception:
                log.exception("an organisation's digests failed %s", uuid.uuid4().hex[:8])
        return batches

    async def _with_work(self) -> list[str | None]:
        """In an order of this process's own: where several wake up at once, each begins somewhere else."""
        found = list(await asyncio.to_thread(self._tools.database.ledger.with_work, self._tools.clock()))
        random.shuffle(found)
        return found

    async def _post(self, organisation: str | None) -> int:
        store = await asyncio.to_thread(self._tools.database.of, organisation)
        await asyncio.to_thread(self._plan, store)
        return await self._hand_over(organisation, store)

    def _plan(self, store: OrganisationStore) -> None:
        now = self._tools.clock()
        looked = [one for one in store.deliveries.to_look_at(now) if one.subscription.platform in self._tools.platforms]
        if looked:
            is_off = _days_off(store, looked)
            store.deliveries.plan([_planned(one, now, is_off) for one in looked])

    async def _hand_over(self, organisation: str | None, store: OrganisationStore) -> int:
        """Put what is to be sent into batches, and have the engine keep them before anybody says that it does."""
        handed = 0
        for sending in Sending:
            names = await asyncio.to_thread(
                store.deliveries.into_batches, sending, self._tools.platforms, self._tools.clock(), A_BATCH
            )
            batches = [Batch(organisation=organisation, sending=sending, name=name) for name in names]
            await self._engine.enqueue(batches)
            for name in names:
                await asyncio.to_thread(store.deliveries.queued, sending, name)
            handed += len(names)
        return handed

    async def remind_due(self) -> int:
        """Give the engine every reminder that is due now; return how many batches. No organisation stops another."""
        now, handed = self._tools.clock(), 0
        if not may_remind(now):
            return 0
        ledger = self._tools.database.ledger
        for organisation in await asyncio.to_thread(ledger.with_people, self._tools.platforms):
            if now - self._reminded.get(organisation, now - REMINDED_EVERY) < REMINDED_EVERY:
                continue
            try:
                store = await asyncio.to_thread(self._tools.database.of, organisation)
                if await asyncio.to_thread(self._plan_reminders, store, now):
                    handed += await self._hand_over(organisation, store)
                self._reminded[organisation] = now
            except Exception:
                log.exception("an organisation's reminders failed %s", uuid.uuid4().hex[:8])
        return handed

    def _plan_reminders(self, store: OrganisationStore, now: datetime) -> int:
        until = datetime.combine(now.date(), LAST_HOUR, now.tzinfo)
        return sum(
            store.deliveries.plan_reminder(one.account, one.day, now, until)
            for one in reminders_of(store, now, frozenset(self._tools.platforms))
            if one.account is not None
        )

    async def free_lost(self) -> int:
        """Free what is in batches that the engine does not have; return how many batches that were."""
        before = self._tools.clock() - timedelta(seconds=self._tools.timing.sweep)
        batches = await asyncio.to_thread(self._tools.database.ledger.batches, before)
        there = await self._engine.unfinished([one.name for one in batches])
        lost = [one for one in batches if one.name not in there]
        for batch in lost:
            store = await asyncio.to_thread(self._tools.database.of, batch.organisation)
            await asyncio.to_thread(store.deliveries.freed, batch.sending, batch.name)
        return len(lost)


def _days_off(store: OrganisationStore, looked: Sequence[Looked]) -> Callable[[date], bool]:
    """Whether a day is off; the plans are read only where a channel minds."""
    if all(one.subscription.days_off is DaysOff.POST for one in looked):
        return never_off
    return days_off(store.plans.book())


def _planned(looked: Looked, now: datetime, is_off: Callable[[date], bool]) -> Planned:
    """Of several that were missed only the newest comes, until its day is over; of the others it is told why not."""
    dues = due_since(looked.subscription, looked.since, now, is_off)
    missed = [due for due in dues if not has_come(looked.last_day, due.day)]
    return Planned(
        looked=looked,
        dues=tuple((due, *_state(due, now, is_newest=due is missed[-1])) for due in missed),
        next_at=next_look(looked.subscription, now, is_off),
    )


def _state(due: Due, now: datetime, *, is_newest: bool) -> tuple[State, str | None]:
    if is_newest and now < due.until:
        return State.DUE, None
    return State.SKIPPED, TOO_LATE if is_newest else OVERTAKEN
