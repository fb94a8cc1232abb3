"""What goes wrong at Slack while a digest is posted: nothing is lost, and only what nobody may look up comes twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.core import Bot
from bot.delivery import Sending, State
from bot.digest import Subscription
from bot.history import Author
from bot.messages import Sender
from bot.model import Platform
from storage.database import Database
from tests import deliveries
from tests.slack.builders import planner
from tests.slack.conftest import Scripted, serving
from tests.slack.local.api import Fault
from tests.slack.local.people import KARI, PLANNING
from tests.slack.local.server import LocalSlack

READS = {"channels:history"}
FAULTS = {
    "429 with Retry-After": Fault("chat.postMessage", error="ratelimited", status=429, retry_after=30),
    "reset before it was taken": Fault("chat.postMessage", breaks=True),
    "reset after it was taken": Fault("chat.postMessage", breaks=True, done=True),
    "500 before it was taken": Fault("chat.postMessage", status=500),
    "500 after it was taken": Fault("chat.postMessage", status=500, done=True),
    "fatal_error after it was taken": Fault("chat.postMessage", error="fatal_error", done=True),
}


@pytest.fixture
async def sender(local: LocalSlack, database: Database) -> AsyncIterator[deliveries.Sender]:
    store, now = database.of(None), local.clock.now()
    person = store.people.record(Sender(platform=Platform.SLACK, account=f"T0PLAN:{KARI}", name="Kari"))
    subscription = Subscription(
        id=None,
        platform=Platform.SLACK,
        channel=f"T0PLAN:{PLANNING}",
        weekday=now.weekday(),
        at=(now - timedelta(minutes=5)).time().replace(microsecond=0),
    )
    store.digests.subscribe(subscription, Author(person=person, platform=Platform.SLACK, at=_before(now)))
    async with serving(local, Scripted(planner), "socket") as served:
        yield deliveries.Sender(database, Bot(database), {Platform.SLACK: served.platform}, local.clock.now)


def _before(now: datetime) -> datetime:
    return now - timedelta(days=1)


async def looks(sender: deliveries.Sender, local: LocalSlack) -> None:
    for _ in range(4):
        await sender.post_due()
        local.clock.move(60)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("scopes", [READS, set()], ids=["may look", "may not look"])
async def test_it_comes_and_twice_only_where_nobody_may_look(
    local: LocalSlack, sender: deliveries.Sender, name: str, scopes: set[str]
) -> None:
    fault = FAULTS[name]
    fault.times = 1
    local.api.faults.append(fault)
    local.workspace.scopes |= scopes
    await looks(sender, local)
    standing = len(local.seen_by(KARI, PLANNING))
    assert standing == (2 if fault.done and not scopes else 1)
    assert sender.counts() == {(Sending.DIGEST, State.POSTED): 1}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_channel_that_we_are_put_out_of_is_marked_and_is_told_of_once(
    local: LocalSlack, sender: deliveries.Sender, database: Database
) -> None:
    local.workspace.channels[PLANNING].members.discard(local.workspace.bot_user)
    await looks(sender, local)
    store = database.of(None)
    (subscription,) = store.digests.subscriptions()
    (missing,) = store.digests.missing(subscription, local.clock.now().date() - timedelta(days=1))
    assert missing.reason == "not_in_channel"
    assert len(local.api.called("chat.postMessage")) == 1
