"""Digests posted by one process: once a channel and week, on time, and no channel stops another."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core import Bot
from bot.digest import Subscription
from bot.history import Author
from bot.messages import Reply, Sender
from bot.model import Platform
from handlers.platform import NotPosted, PerhapsPosted, PostingFailed
from handlers.schedule import Schedule
from storage.database import Database

MONDAY = datetime(2025, 9, 1, 8, 0, tzinfo=ZoneInfo("Europe/Oslo"))


@dataclass
class Chat:
    """A chat platform at the network's edge; `faults` are what posting in a channel ends with."""

    faults: dict[str, PostingFailed] = field(default_factory=dict)
    posted: list[str] = field(default_factory=list)

    async def post(self, channel: str, reply: Reply, *, delivery: str) -> str:
        await asyncio.sleep(0)
        if channel in self.faults:
            raise self.faults[channel]
        self.posted.append(channel)
        return f"{len(self.posted)}"

    async def change(self, channel: str, message: str, reply: Reply) -> None:
        raise AssertionError("a schedule changes nothing that it has posted")

    async def reaches(self, address: str) -> bool:
        return True

    async def direct(self, account: str, reply: Reply, *, delivery: str) -> str:
        return await self.post(account, reply, delivery=delivery)


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
    for channel in ("T1:C1", "T1:C2"):
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
    assert sorted(chat.posted) == ["T1:C1", "T1:C2"]
    clock.now = MONDAY + timedelta(days=7)
    await schedule.post_due()
    assert sorted(chat.posted) == ["T1:C1", "T1:C1", "T1:C2", "T1:C2"]


async def test_two_that_wake_up_at_once_post_one_digest(
    schedule: Schedule, database: Database, chat: Chat, clock: Clock
) -> None:
    other = Schedule(database, Bot(database), {Platform.SLACK: chat}, clock)
    await asyncio.gather(schedule.post_due(), other.post_due(), schedule.post_due())
    assert sorted(chat.posted) == ["T1:C1", "T1:C2"]


@pytest.mark.parametrize("fault", [NotPosted("is_archived"), PerhapsPosted("timeout")], ids=str)
async def test_a_channel_that_fails_stops_no_other_and_is_not_tried_again(
    schedule: Schedule, chat: Chat, fault: PostingFailed
) -> None:
    chat.faults["T1:C1"] = fault
    assert await schedule.post_due() == 1
    chat.faults.clear()
    await schedule.post_due()
    assert chat.posted == ["T1:C2"]


async def test_down_over_monday_is_skipped_and_a_late_start_the_same_day_is_caught_up(
    schedule: Schedule, chat: Chat, clock: Clock
) -> None:
    clock.now = MONDAY + timedelta(hours=15)
    assert await schedule.post_due() == 2
    clock.now = MONDAY + timedelta(days=8)
    assert await schedule.post_due() == 0
