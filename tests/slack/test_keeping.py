"""What arrives together is kept together, and no work stands in the way of an acknowledgement."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.conversation import Workspace
from handlers.slack.inbox import HELD, Worker
from handlers.slack.keeping import MOST, Keeper
from handlers.slack.turns import LONGEST_WAIT_SECONDS
from storage.inbox import Arrival, Inbox
from tests.slack.local.clock import Clock
from tests.slack.test_inbox import Nowhere


def an_arrival(clock: Clock, delivery: str = "Ev1") -> Arrival:
    now = clock.now()
    body = {"text": delivery}
    return Arrival(delivery=delivery, kind="message", team="T1", body=body, received_at=now, until=now + HELD)


async def test_of_all_that_arrive_at_once_each_is_kept_once(inbox: Inbox, clock: Clock) -> None:
    keeper = Keeper(inbox)
    names = [f"Ev{number}" for number in range(MOST + 5)]
    kept = await asyncio.gather(*(keeper.keep(an_arrival(clock, name)) for name in [*names, *names]))
    found = [delivery for delivery in kept if delivery]
    assert sorted(str(delivery.body["text"]) for delivery in found) == sorted(names)
    assert len({delivery.id for delivery in found}) == len(names)
    assert await keeper.keep(an_arrival(clock)) is None


async def test_one_that_cannot_be_kept_spoils_it_for_no_other(inbox: Inbox, clock: Clock) -> None:
    keeper = Keeper(inbox)
    bad = replace(an_arrival(clock, "bad"), body={"text": object()})
    told = await asyncio.gather(
        *map(keeper.keep, (an_arrival(clock, "Ev1"), bad, an_arrival(clock, "Ev2"))), return_exceptions=True
    )
    assert [type(one).__name__ for one in told] == ["Delivery", "TypeError", "Delivery"]
    assert await keeper.keep(an_arrival(clock, "Ev3"))


async def test_what_arrives_is_kept_while_every_thread_works(inbox: Inbox, clock: Clock) -> None:
    pool, go_on = ThreadPoolExecutor(1), Event()
    asyncio.get_running_loop().set_default_executor(pool)
    working = asyncio.create_task(asyncio.to_thread(go_on.wait, 60))
    await asyncio.sleep(0)
    assert await Keeper(inbox).keep(an_arrival(clock))
    assert not working.done()
    go_on.set()
    await working


async def test_work_begins_when_nobody_waits_for_an_acknowledgement(inbox: Inbox, clock: Clock) -> None:
    now, begun = asyncio.get_running_loop().time, list[float]()

    async def act(workspace: Workspace, client: AsyncWebClient, body: Mapping[str, Any]) -> None:
        begun.append(now())

    worker = Worker(inbox, Nowhere(), clock.now, acts={"message": act})
    delivery = await Keeper(inbox).keep(an_arrival(clock))
    assert delivery
    with worker.waiting():
        latest = now() + LONGEST_WAIT_SECONDS
        worker.start(delivery)
        await asyncio.sleep(0.05)
        free = now()
    await worker.finish(30)
    assert begun[0] >= min(free, latest)
