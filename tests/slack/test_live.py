"""A posted digest follows the plans for a week, for all who read it, whoever changes what and wherever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.messages import Message, Sender
from bot.model import Platform, Status
from handlers.live import AttentiveBot, LiveDigests
from storage.database import Database
from tests import deliveries
from tests.slack.conftest import Served, serving, until
from tests.slack.local.people import KARI, PLANNING
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import Posted
from tests.slack.test_story import command, database, status

__all__ = ["database"]
TURNS_OFF = "/ukebrev av"
MONDAY = datetime(2023, 9, 4, 8, 1, tzinfo=ZoneInfo("Europe/Oslo"))


@pytest.fixture
def changed() -> list[str]:
    return []


@pytest.fixture
def bot(database: Database, changed: list[str]) -> AttentiveBot:
    return AttentiveBot(database, lambda: changed.append("changed"))


@pytest.fixture
async def served(local: LocalSlack, bot: AttentiveBot) -> AsyncIterator[Served]:
    async with serving(local, bot, "http") as found:
        yield found


@pytest.fixture
def live(served: Served, local: LocalSlack, database: Database, bot: AttentiveBot) -> LiveDigests:
    return LiveDigests(database, bot, {Platform.SLACK: served.platform}, local.clock.now)


@pytest.fixture
async def digest(served: Served, local: LocalSlack, database: Database, bot: AttentiveBot) -> Posted:
    """The digest of the week of the fifth of September, as it stands in the channel."""
    await command(local, KARI, "/ukebrev", "her mandag 08.00")
    local.clock.move(MONDAY.timestamp() - local.clock.seconds())
    before = len(local.seen_by(KARI, PLANNING))
    assert await deliveries.Sender(database, bot, {Platform.SLACK: served.platform}, local.clock.now).post_due() == 1
    return local.seen_by(KARI, PLANNING)[before]


def typed(database: Database, bot: AttentiveBot, local: LocalSlack, text: str) -> None:
    """Said somewhere else than in the channel."""
    sender = Sender(platform=Platform.SLACK, account=f"T0PLAN:{KARI}", name="Kari Nordmann")
    (item,) = database.of(None).plans.book().items
    bot.reply(Message(text=text.format(key=item.key), now=local.clock.now(), sender=sender))


def presses(digest: Posted) -> list[str]:
    return [button["value"] for button in digest.buttons]


async def test_a_press_changes_the_digest_for_all_and_undoing_changes_it_back(
    digest: Posted, local: LocalSlack, database: Database, live: LiveDigests, changed: list[str]
) -> None:
    assert await live.refresh() == 0
    first, ways = digest.text, len(changed)
    seen = len(local.seen_by(KARI, PLANNING))
    await local.press(KARI, digest, digest.buttons[0]["text"]["text"])
    receipt = await local.answer(KARI, PLANNING, seen + 1)
    assert (receipt.only_for, len(changed), status(database)) == (KARI, ways + 1, Status.DONE)
    assert [await live.refresh(), await live.refresh()] == [1, 0]
    assert (digest.edits, presses(digest), digest.pings) == (1, [TURNS_OFF], [])
    assert digest.text != first
    await local.press(KARI, receipt, receipt.buttons[0]["text"]["text"])
    await until(lambda: receipt.edits == 1)
    assert await live.refresh() == 1
    assert digest.text == first


async def test_a_change_made_elsewhere_and_before_we_started_changes_it_too(
    digest: Posted, local: LocalSlack, database: Database, live: LiveDigests, bot: AttentiveBot
) -> None:
    local.clock.move(3600)
    typed(database, bot, local, "/tiltak ferdig {key}")
    assert await live.refresh() == 1
    assert presses(digest) == [TURNS_OFF]


async def test_after_a_week_it_stays_as_it_is(
    digest: Posted, local: LocalSlack, database: Database, live: LiveDigests, bot: AttentiveBot
) -> None:
    local.clock.move(timedelta(days=8).total_seconds())
    typed(database, bot, local, "/tiltak ferdig {key}")
    assert await live.refresh() == 0
    assert (digest.edits, status(database)) == (0, Status.DONE)


async def test_a_digest_that_cannot_be_edited_takes_no_change_back_and_is_left_in_the_end(
    digest: Posted, local: LocalSlack, database: Database, live: LiveDigests, bot: AttentiveBot
) -> None:
    await live.refresh()
    local.workspace.messages.remove(digest)
    typed(database, bot, local, "/tiltak ferdig {key}")
    assert [await live.refresh() for _ in range(8)] == [0] * 8
    assert status(database) is Status.DONE
    assert len(local.api.called("chat.update")) == 5


async def test_it_runs_until_it_is_cancelled_and_looks_when_it_is_woken(
    digest: Posted, local: LocalSlack, database: Database, live: LiveDigests, bot: AttentiveBot
) -> None:
    woken = asyncio.Event()
    await live.refresh()
    task = asyncio.create_task(live.run(woken))
    typed(database, bot, local, "/tiltak ferdig {key}")
    woken.set()
    await until(lambda: digest.edits == 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_what_was_moved_goes_on_being_told_whatever_else_is_edited(
    digest: Posted, local: LocalSlack, database: Database, live: LiveDigests, bot: AttentiveBot
) -> None:
    typed(database, bot, local, "/plan flytt {key} til 6. september")
    assert await live.refresh() == 1
    assert "flyttet fra tors. 7. september" in digest.text
    local.clock.move(3600)
    typed(database, bot, local, "/tiltak ferdig {key}")
    assert await live.refresh() == 1
    assert "– ferdig" in digest.text
    assert "flyttet fra tors. 7. september" in digest.text


async def test_somebodys_own_comes_to_them_alone_once_and_follows_the_plans_too(
    served: Served, local: LocalSlack, database: Database, live: LiveDigests, bot: AttentiveBot
) -> None:
    typed(database, bot, local, "send meg ukebrevet")
    local.clock.move(MONDAY.timestamp() - local.clock.seconds())
    sender = deliveries.Sender(database, bot, {Platform.SLACK: served.platform}, local.clock.now)
    assert [await sender.post_due(), await sender.post_due()] == [1, 0]
    (own,) = local.seen_by(KARI, f"D{KARI[1:]}")
    assert own.text.startswith("Ukebrev for uke 36")
    assert await live.refresh() == 0
    typed(database, bot, local, "/tiltak ferdig {key}")
    assert await live.refresh() == 1
    assert "– ferdig" in own.text
