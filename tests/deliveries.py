"""A schedule and what it gives its work to, in one process and at once: what a test of sending needs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.core import Bot
from bot.delivery import Ended, Looked, Planned, Sending, State
from bot.digest import Subscription
from bot.due import Due
from bot.model import Platform
from bot.reminding import Account
from handlers.delivering.engine import Work
from handlers.delivering.replica import Replica
from handlers.delivering.timing import Timing
from handlers.delivering.work import Tools, Worker
from handlers.platform import ChatPlatform
from handlers.schedule import Schedule
from storage.claims import Claimant
from storage.database import Database, OrganisationStore
from storage.ledger import Batch

QUICK = Timing(channel=0.0, workspace=0.0)


class AtOnce:
    """An engine that works on a batch when it is given it, and keeps nothing. Satisfies Engine."""

    def __init__(self) -> None:
        self._work: Work | None = None
        self.done: list[str] = []

    async def run(self, work: Work) -> None:
        self._work = work

    async def enqueue(self, batches: Sequence[Batch]) -> None:
        for batch in batches:
            assert self._work is not None
            await self._work(batch)
            self.done.append(batch.name)

    async def reap(self, living: Collection[str]) -> int:
        return 0

    async def unfinished(self, names: Collection[str]) -> frozenset[str]:
        return frozenset()

    async def purge(self, before: datetime) -> int:
        return 0

    async def close(self, seconds: float) -> None:
        self._work = None


class Sender:
    """A schedule whose looks end when all has been sent; they return how many were posted."""

    def __init__(
        self,
        database: Database,
        bot: Bot,
        platforms: Mapping[Platform, ChatPlatform],
        clock: Callable[[], datetime],
        timing: Timing = QUICK,
    ) -> None:
        self.database = database
        self.engine = AtOnce()
        self.tools = Tools(database=database, bot=bot, platforms=platforms, clock=clock, timing=timing)
        self.replica = Replica(database.ledger, clock, timing, is_alone=False)
        self.worker = Worker(self.tools, self.replica)
        self.schedule = Schedule(self.tools, self.engine)

    async def post_due(self) -> int:
        return await self._look(Sending.DIGEST)

    async def remind_due(self) -> int:
        return await self._look(Sending.REMINDER)

    async def _look(self, sending: Sending) -> int:
        before = self.counts().get((sending, State.POSTED), 0)
        await self.replica.beat()
        await self.engine.run(self.worker.work)
        look = self.schedule.post_due if sending is Sending.DIGEST else self.schedule.remind_due
        await look()
        return self.counts().get((sending, State.POSTED), 0) - before

    def counts(self) -> dict[tuple[Sending, State], int]:
        return self.database.ledger.counts()


def a_due(day: date, at: datetime) -> Due:
    return Due(day=day, at=at, until=at + timedelta(hours=16))


def planned(subscription: Subscription, *dues: Due, since: datetime, next_at: datetime | None = None) -> Planned:
    looked = Looked(subscription=subscription, since=since, last_day=None)
    return Planned(looked=looked, dues=tuple((due, State.DUE, None) for due in dues), next_at=next_at or since)


def delivered(store: OrganisationStore, subscription: Subscription, day: date, now: datetime) -> None:
    """A digest of that day that stands in its channel."""
    looked = store.deliveries.to_look_at(now + timedelta(days=400))
    since = next(one.since for one in looked if one.subscription == subscription)
    store.deliveries.plan([planned(subscription, a_due(day, now), since=since)])
    post_all(store, Sending.DIGEST, now)


def reminded(store: OrganisationStore, account: Account, day: date, now: datetime) -> bool:
    """A reminder of that day that was sent; whether it was not before."""
    is_new = store.deliveries.plan_reminder(account, day, now, now + timedelta(hours=8))
    post_all(store, Sending.REMINDER, now)
    return is_new


def post_all(store: OrganisationStore, sending: Sending, now: datetime) -> None:
    who = Claimant(replica="r", active=frozenset())
    for batch in store.deliveries.into_batches(sending, tuple(Platform), now, 50):
        for one in store.deliveries.of_batch(sending, batch):
            token = f"r:{one.number}"
            store.deliveries.claim(sending, [one.number], token, who, now)
            store.deliveries.end(sending, token, {one.number: Ended(state=State.POSTED, message_id=f"{one.number}.1")})
