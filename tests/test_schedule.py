"""Digests on their way out of one process: once a channel and week, on time, and no channel stops another."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.core import Bot
from bot.delivery import OVERTAKEN, TOO_LATE, Sending, State
from bot.digest import Subscription
from bot.history import Author
from bot.messages import Reply, Sender
from bot.model import Platform
from bot.proposals.revision import Revision
from bot.reminding import Account
from handlers.platform import (
    CannotLook,
    Closed,
    Limited,
    NotPosted,
    NotReached,
    PartlyPosted,
    PerhapsPosted,
    PostingFailed,
)
from storage.database import Database
from storage.engine import address, make_engine
from storage.ledger import Batch
from tests.deliveries import Sender as Schedule
from tests.storage.builders import a_plan, an_entry

MONDAY = datetime(2025, 9, 1, 8, 0, tzinfo=ZoneInfo("Europe/Oslo"))
CHANNELS, MINUTE = ["T1:C1", "T1:C2"], timedelta(minutes=1)


@dataclass
class Chat:
    """A chat platform at the network's edge; `faults` are what the next posts in a channel end with.

    What is `lost` has come there all the same. Without `readable` nobody may look what stands there.
    """

    faults: dict[str, list[PostingFailed]] = field(default_factory=dict)
    standing: list[tuple[str, str]] = field(default_factory=list)
    lost: bool = False
    readable: bool = True
    told: list[tuple[str, str]] = field(default_factory=list)

    @property
    def posted(self) -> list[str]:
        return [channel for channel, _ in self.standing]

    async def post(self, channel: str, reply: Reply, *, delivery: str) -> str:
        await asyncio.sleep(0)
        fault = self.faults[channel].pop(0) if self.faults.get(channel) else None
        if fault is None or (self.lost and isinstance(fault, PerhapsPosted)):
            self.standing.append((channel, delivery))
        if fault is not None:
            raise fault
        return f"{len(self.standing)}"

    async def change(self, channel: str, message: str, reply: Reply) -> None:
        raise AssertionError("a schedule changes nothing that it has posted")

    async def reaches(self, address: str) -> bool:
        return True

    def together(self) -> Chat:
        return self

    async def direct(self, account: str, reply: Reply, *, delivery: str) -> str:
        self.told.append((account, reply.text))
        return "1"

    async def find(self, place: str, *, delivery: str, since: datetime) -> str | None:
        if not self.readable:
            raise CannotLook("missing_scope")
        return "1" if (place, delivery) in self.standing else None

    async def delete(self, place: str, message: str) -> None:
        raise AssertionError("nothing of ours is anybody else's")


@dataclass
class Clock:
    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def chat() -> Chat:
    return Chat()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def schedule(database: Database, chat: Chat, clock: Clock) -> Schedule:
    store = database.of(None)
    kari = store.people.record(Sender(platform=Platform.SLACK, account="T1:U1", name="Kari"))
    author = Author(person=kari, platform=Platform.SLACK, at=MONDAY - timedelta(days=3))
    for channel in CHANNELS:
        store.digests.subscribe(Subscription(id=None, platform=Platform.SLACK, channel=channel), author)
    return Schedule(database, Bot(database), {Platform.SLACK: chat}, clock)


async def test_nothing_is_posted_before_its_hour(schedule: Schedule, chat: Chat, clock: Clock) -> None:
    clock.now = MONDAY - timedelta(minutes=1)
    assert await schedule.post_due() == 0
    assert chat.posted == []


async def test_each_channel_gets_one_digest_a_week(schedule: Schedule, chat: Chat, clock: Clock) -> None:
    for hours in (0, 1, 24, 6 * 24):
        clock.now = MONDAY + timedelta(hours=hours)
        await schedule.post_due()
    assert sorted(chat.posted) == CHANNELS
    clock.now = MONDAY + timedelta(days=7)
    await schedule.post_due()
    assert Counter(chat.posted) == dict.fromkeys(CHANNELS, 2)


async def test_two_that_wake_up_at_once_post_one_digest(
    schedule: Schedule, database: Database, chat: Chat, clock: Clock
) -> None:
    other = Schedule(database, Bot(database), {Platform.SLACK: chat}, clock)
    await asyncio.gather(schedule.post_due(), other.post_due(), schedule.post_due())
    assert sorted(chat.posted) == CHANNELS


async def test_a_batch_that_is_worked_on_by_two_at_once_is_posted_once(
    schedule: Schedule, database: Database, chat: Chat, clock: Clock
) -> None:
    other = Schedule(database, Bot(database), {Platform.SLACK: chat}, clock)
    await asyncio.gather(schedule.replica.beat(), other.replica.beat())
    both = [(schedule.worker, "a"), (other.worker, "b"), (schedule.worker, "c")]
    batches: list[Batch] = []

    async def kept(given: Sequence[Batch]) -> None:
        batches.extend(given)

    schedule.engine.enqueue = kept  # type: ignore[method-assign]
    await schedule.schedule.post_due()
    await asyncio.gather(*(worker.work(batch) for worker, _ in both for batch in batches))
    assert sorted(chat.posted) == CHANNELS


@pytest.mark.parametrize(
    ("faults", "state", "posted"),
    [
        ([NotPosted("invalid_blocks")], State.FAILED, 0),
        ([Closed("is_archived")], State.FAILED, 0),
        ([NotReached("unreachable")], State.POSTED, 1),
        ([Limited("ratelimited", 30)], State.POSTED, 1),
        ([PerhapsPosted("timeout")], State.POSTED, 1),
        ([PerhapsPosted("timeout"), PerhapsPosted("timeout"), NotReached("unreachable")], State.POSTED, 1),
        ([PartlyPosted("ratelimited", "1")], State.POSTED, 0),
    ],
    ids=lambda found: ",".join(map(str, found)) if isinstance(found, list) else None,
)
async def test_a_channel_that_fails_stops_no_other_and_is_tried_again_where_that_helps(
    schedule: Schedule, chat: Chat, clock: Clock, faults: list[PostingFailed], state: State, posted: int
) -> None:
    chat.faults["T1:C1"] = list(faults)
    await schedule.post_due()
    first = schedule.counts()
    assert first[Sending.DIGEST, State.POSTED] >= 1 or isinstance(faults[0], Limited)
    for _ in range(8):
        clock.now += MINUTE
        await schedule.post_due()
    assert Counter(chat.posted) == Counter({"T1:C1": posted, "T1:C2": 1})
    assert schedule.counts()[Sending.DIGEST, state] == (2 if state is State.POSTED else 1)


@pytest.mark.parametrize("readable", [True, False])
async def test_what_may_stand_there_is_looked_up_and_posted_twice_only_where_nobody_may_look(
    schedule: Schedule, chat: Chat, clock: Clock, readable: bool
) -> None:
    chat.lost, chat.readable = True, readable
    chat.faults["T1:C1"] = [PerhapsPosted("timeout")]
    await schedule.post_due()
    assert await schedule.post_due() == 0  # what is under way may still come there
    clock.now += MINUTE
    assert await schedule.post_due() == 1
    assert chat.posted.count("T1:C1") == (1 if readable else 2)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_where_the_plans_cannot_be_read_just_then_nothing_is_given_up(
    schedule: Schedule, database_url: str, chat: Chat, clock: Clock
) -> None:
    impatient = Database(f"{database_url}?options=-c%20lock_timeout%3D100ms")
    kari = Account(person_id=1, platform=Platform.SLACK, account="T1:U1")
    impatient.of(None).deliveries.plan_reminder(kari, MONDAY.date(), MONDAY, MONDAY + timedelta(hours=8))
    chat.readable = False  # what nobody can have posted is not looked for
    schedule = Schedule(impatient, Bot(impatient), {Platform.SLACK: chat}, clock)
    engine = make_engine(address(database_url))
    with engine.begin() as other:
        other.execute(text("LOCK TABLE plan IN ACCESS EXCLUSIVE MODE"))
        await schedule.post_due()
    engine.dispose()
    assert schedule.counts() == {(Sending.DIGEST, State.DUE): 2, (Sending.REMINDER, State.DUE): 1}
    clock.now += MINUTE
    assert await schedule.post_due() == 2
    assert schedule.counts()[Sending.REMINDER, State.SKIPPED] == 1  # there was nothing to remind of
    impatient.close()


async def test_where_nobody_may_look_it_is_not_posted_for_ever(schedule: Schedule, chat: Chat, clock: Clock) -> None:
    chat.readable = False
    chat.faults["T1:C1"] = [PerhapsPosted("timeout")] * 9
    for _ in range(9):
        await schedule.post_due()
        clock.now += MINUTE
    assert len(chat.faults["T1:C1"]) == 6
    assert schedule.counts() == {(Sending.DIGEST, State.POSTED): 1, (Sending.DIGEST, State.UNKNOWN): 1}


async def test_a_workspace_that_asks_us_to_wait_gets_nothing_until_then(
    schedule: Schedule, chat: Chat, clock: Clock
) -> None:
    chat.faults["T1:C1"] = chat.faults["T1:C2"] = [Limited("ratelimited", 90), Limited("ratelimited", 90)]
    await schedule.post_due()
    clock.now += timedelta(seconds=89)
    await schedule.post_due()
    assert chat.posted == []
    clock.now += timedelta(seconds=2)
    await schedule.post_due()
    assert sorted(chat.posted) == CHANNELS


async def test_a_closed_channel_is_told_of_once_and_tried_again_the_next_week(
    schedule: Schedule, database: Database, chat: Chat, clock: Clock
) -> None:
    kari = Author(person=database.of(None).people.everyone()[0], platform=Platform.SLACK, at=MONDAY - timedelta(days=2))
    plan = a_plan(an_entry())
    database.of(None).plans.take_in(plan, Revision(plan=None, added=plan.entries), kari)
    chat.faults["T1:C1"] = [Closed("is_archived"), Closed("is_archived")]
    for days in (0, 7, 14):
        clock.now = MONDAY + timedelta(days=days)
        await schedule.post_due()
    ((account, said),) = chat.told
    assert account == "T1:U1"
    assert "arkivert" in said
    assert Counter(chat.posted) == {"T1:C1": 1, "T1:C2": 3}


@pytest.mark.parametrize(
    ("later", "posted", "reasons"),
    [
        (timedelta(hours=15), 2, {}),
        (timedelta(hours=16), 0, {TOO_LATE: 2}),
        (timedelta(days=2), 0, {TOO_LATE: 2}),
        (timedelta(days=14, hours=3), 2, {OVERTAKEN: 4}),
        (timedelta(days=16), 0, {TOO_LATE: 2, OVERTAKEN: 4}),
    ],
    ids=str,
)
async def test_down_over_monday_it_is_caught_up_until_mondays_end_and_then_told_why_not(
    schedule: Schedule,
    database: Database,
    chat: Chat,
    clock: Clock,
    later: timedelta,
    posted: int,
    reasons: dict[str, int],
) -> None:
    clock.now = MONDAY + later
    assert await schedule.post_due() == posted
    digests = database.of(None).digests
    missing = [one.reason for each in digests.subscriptions() for one in digests.missing(each, date(2025, 1, 1))]
    assert Counter(missing) == reasons


async def test_what_was_lost_with_the_engine_is_put_into_another_batch(
    schedule: Schedule, chat: Chat, clock: Clock
) -> None:
    async def lost(batches: object) -> None:
        """The engine's file is thrown away."""

    kept, schedule.engine.enqueue = schedule.engine.enqueue, lost  # type: ignore[method-assign, assignment]
    await schedule.post_due()
    schedule.engine.enqueue = kept  # type: ignore[method-assign]
    clock.now += timedelta(seconds=59)
    assert await schedule.schedule.free_lost() == 0
    clock.now += timedelta(seconds=2)
    assert await schedule.schedule.free_lost() == 1
    assert await schedule.post_due() == 2
