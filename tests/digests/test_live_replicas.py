"""Replicas that all see that a posted digest is otherwise now: one of them edits it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest

from bot.core import Bot
from bot.digest import Subscription
from bot.messages import Message, Reply, Sender
from bot.model import Platform
from bot.proposals.revision import Revision
from handlers.live import LiveDigests
from handlers.platform import PerhapsPosted
from storage.database import Database
from tests.deliveries import delivered
from tests.storage.builders import NOW, SYSTEM, a_plan, an_entry

POSTED = NOW + timedelta(minutes=5)
KARI = Sender(platform=Platform.SLACK, account="T1:U1", name="Kari")


@dataclass
class Chat:
    """A chat platform at the network's edge, which takes an edit when `taking` is set."""

    texts: list[str] = field(default_factory=list)
    calls: int = 0
    fails: int = 0
    called: asyncio.Event = field(default_factory=asyncio.Event)
    taking: asyncio.Event = field(default_factory=asyncio.Event)

    async def change(self, channel: str, message: str, reply: Reply) -> None:
        self.calls += 1
        self.called.set()
        await self.taking.wait()
        if self.fails:
            self.fails -= 1
            raise PerhapsPosted("timeout")
        self.texts.append(reply.text)

    async def post(self, channel: str, reply: Reply, *, delivery: str) -> str:
        raise AssertionError("nothing is posted anew")

    async def reaches(self, address: str) -> bool:
        return True

    def together(self) -> Chat:
        return self

    async def direct(self, account: str, reply: Reply, *, delivery: str) -> str:
        raise AssertionError("nobody is written to")

    async def find(self, place: str, *, delivery: str, since: datetime) -> str | None:
        raise AssertionError("nothing is looked for")

    async def delete(self, place: str, message: str) -> None:
        raise AssertionError("nothing is taken away")


@dataclass
class Clock:
    now: datetime = POSTED

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def chat() -> Chat:
    return Chat()


@pytest.fixture
def replicas(database_url: str, chat: Chat, clock: Clock) -> Iterator[tuple[LiveDigests, ...]]:
    """Two, each with a connection to the database of its own, and a digest that stands in a channel."""
    databases = [Database(database_url, administrators=("T1:U1",)) for _ in range(2)]
    store = databases[0].of(None)
    plan = a_plan(an_entry())
    store.plans.take_in(plan, Revision(plan=None, added=plan.entries), SYSTEM)
    wanted = Subscription(id=None, platform=Platform.SLACK, channel="T1:C1")
    delivered(store, store.digests.subscribe(wanted, SYSTEM), date(2024, 2, 5), POSTED)
    yield tuple(LiveDigests(one, Bot(one), {Platform.SLACK: chat}, clock) for one in databases)
    for one in databases:
        one.close()


def typed(database_url: str, text: str, now: datetime) -> None:
    """Said somewhere else than in the channel."""
    database = Database(database_url, administrators=("T1:U1",))
    (item,) = database.of(None).plans.book().items
    reply = Bot(database).reply(Message(text=text.format(key=item.key), now=now, sender=KARI))
    assert reply.changes, reply.text
    database.close()


async def rounds(replicas: tuple[LiveDigests, ...]) -> int:
    """How many edits all of them make who look at once."""
    return sum(await asyncio.gather(*(one.refresh() for one in replicas)))


async def test_one_of_those_who_look_at_once_edits_it(
    replicas: tuple[LiveDigests, ...], database_url: str, chat: Chat, clock: Clock
) -> None:
    chat.taking.set()
    assert await rounds(replicas) == 0
    for number, said in enumerate(("/tiltak ferdig {key}", "/tiltak åpne {key}"), start=1):
        clock.now += timedelta(hours=1)
        typed(database_url, said, clock.now)
        assert [await rounds(replicas), await rounds(replicas), chat.calls] == [1, 0, number]
    assert chat.texts[0] != chat.texts[1]


async def test_one_who_dies_at_it_leaves_it_to_another_when_it_must_be_over(
    replicas: tuple[LiveDigests, ...], database_url: str, chat: Chat, clock: Clock
) -> None:
    one, other = replicas
    clock.now += timedelta(hours=1)
    typed(database_url, "/tiltak ferdig {key}", clock.now)
    dying = asyncio.create_task(one.refresh())
    await chat.called.wait()
    dying.cancel()
    await asyncio.wait({dying})
    chat.taking.set()
    assert await other.refresh() == 0
    clock.now += timedelta(minutes=3)
    assert [await other.refresh(), await other.refresh(), chat.calls] == [1, 0, 2]


async def test_what_was_not_taken_is_tried_again_by_any_of_them(
    replicas: tuple[LiveDigests, ...], database_url: str, chat: Chat, clock: Clock
) -> None:
    chat.taking.set()
    chat.fails = 1
    clock.now += timedelta(hours=1)
    typed(database_url, "/tiltak ferdig {key}", clock.now)
    one, other = replicas
    assert [await one.refresh(), await other.refresh(), await one.refresh(), chat.calls] == [0, 1, 0, 2]
