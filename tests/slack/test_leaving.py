"""Where a workspace has put Planvakt out, nothing is sent and nothing is used up; when it is back, it goes on."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import time, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.core import Bot
from bot.digest import Subscription
from bot.history import Author
from bot.messages import Sender
from bot.model import Platform
from handlers.platform import ChatPlatform
from handlers.slack.serving import Waits
from storage.database import Database
from tests import deliveries
from tests.slack.builders import planner
from tests.slack.conftest import Scripted, all_done, serving, until
from tests.slack.local.oauth import SECONDS_OF_A_TOKEN, Token
from tests.slack.local.people import KARI, PLANNING
from tests.slack.local.server import LocalSlack
from tests.slack.local.troubles import Fault
from tests.slack.local.workspace import BOT_TOKEN
from tests.slack.many import serving_many

ROOT = Path(__file__).parents[2]
SOON = Waits(look=0.5)


def with_a_digest_due(local: LocalSlack, database: Database, organisation: str | None) -> None:
    store = database.of(organisation)
    kari = store.people.record(Sender(platform=Platform.SLACK, account=f"T0PLAN:{KARI}", name="Kari"))
    author = Author(person=kari, platform=Platform.SLACK, at=local.clock.now())
    weekly = Subscription(
        id=None, platform=Platform.SLACK, channel=f"T0PLAN:{PLANNING}", weekday=2, at=time(9, 30), is_active=True
    )
    store.digests.subscribe(weekly, author)
    local.clock.move(30 * 60)


async def put_out(local: LocalSlack, platform: ChatPlatform) -> None:
    """Somebody removes Planvakt, and it has heard of that."""
    await local.uninstall()
    for _ in range(3000):
        if not await platform.reaches(f"T0PLAN:{PLANNING}"):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it is not known that they have left")


async def test_a_token_in_the_settings_is_used_no_more_until_there_is_a_new_one(
    local: LocalSlack, served_from: Database
) -> None:
    bot = Bot(served_from)
    async with serving(local, Scripted(planner), "http") as served:
        with_a_digest_due(local, served_from, None)
        schedule = deliveries.Sender(served_from, bot, {Platform.SLACK: served.platform}, local.clock.now)
        before = local.told_of({"type": "app_uninstalled"})
        await local.bring("events_api", {**before, "event_time": before["event_time"] - 3600})
        assert await served.platform.reaches(f"T0PLAN:{PLANNING}")
        await put_out(local, served.platform)
        assert await schedule.post_due() == 0
        assert local.api.called("chat.postMessage") == []
    local.oauth.tokens[BOT_TOKEN] = Token(local.workspace)
    async with serving(local, Scripted(planner), "http") as served:
        local.clock.move(10 * 60)
        again = deliveries.Sender(served_from, bot, {Platform.SLACK: served.platform}, local.clock.now)
        assert [await again.post_due() for _ in range(2)] == [1, 0]


async def test_a_workspace_that_installs_anew_gets_its_digest_again_by_itself(
    local: LocalSlack, served_from: Database
) -> None:
    bot = Bot(served_from)
    async with serving_many(local, bot) as many:
        await many.install(local)
        with_a_digest_due(local, served_from, "T0PLAN")
        schedule = deliveries.Sender(served_from, bot, {Platform.SLACK: many.platform}, local.clock.now)
        await put_out(local, many.platform)
        for _ in range(2):
            assert await schedule.post_due() == 0
        await many.install(local)
        local.clock.move(10 * 60)
        assert await schedule.post_due() == 1
        assert len(local.seen_by(KARI, PLANNING)) == 1


async def test_a_person_who_takes_back_their_own_token_does_not_take_ours(
    local: LocalSlack, served_from: Database
) -> None:
    async with serving_many(local, Scripted(planner)) as many:
        await many.install(local)
        local.clock.move(60)
        for tokens in ({"oauth": [KARI]}, {"bot": ["U0BOT"]}):  # the latter is one of ours, but not this one
            await local.bring("events_api", local.told_of({"type": "tokens_revoked", "tokens": tokens}))
        await local.say(KARI, "D0KARI", "hva skjer?")
        await local.answer(KARI, "D0KARI")
        await all_done(local)
        assert len(local.api.called("auth.test")) == 2  # the installation, and the latter
        assert await many.platform.reaches("T0PLAN:C1")


async def revoked(local: LocalSlack, calls: int) -> None:
    """One of our tokens there is revoked, and it has been looked into whether it is the one in use."""
    await local.bring("events_api", local.told_of({"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}}))
    await until(lambda: len(local.api.called("auth.test")) == calls)
    await local.say(KARI, "D0KARI", "hva skjer?")
    await local.answer(KARI, "D0KARI")
    await all_done(local)


async def test_a_token_that_has_only_ended_by_itself_is_renewed_before_it_is_taken_for_revoked(
    local: LocalSlack, served_from: Database
) -> None:
    async with serving_many(local, Scripted(planner)) as many:
        await many.install(local)
        local.clock.move(SECONDS_OF_A_TOKEN + 60)
        await revoked(local, 2)
        assert await many.platform.reaches("T0PLAN:C1")


async def test_where_slack_does_not_say_whether_a_token_is_revoked_nothing_is_erased(
    local: LocalSlack, served_from: Database
) -> None:
    async with serving_many(local, Scripted(planner), SOON) as many:
        await many.install(local)
        local.clock.move(60)
        local.api.faults.append(Fault("auth.test", status=500))
        await revoked(local, 2)
        assert await many.platform.reaches("T0PLAN:C1")


async def test_a_token_in_the_settings_that_works_goes_on_when_another_is_revoked(
    local: LocalSlack, served_from: Database
) -> None:
    async with serving(local, Scripted(planner), "http") as served:
        local.clock.move(60)
        await revoked(local, 2)
        assert await served.platform.reaches("T0PLAN:C1")
        local.oauth.revoke(BOT_TOKEN)
        await local.bring("events_api", local.told_of({"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}}))
        await until(lambda: len(local.api.called("auth.test")) == 3)
        await all_done(local)
        assert not await served.platform.reaches("T0PLAN:C1")


@pytest.mark.parametrize("event", ["app_uninstalled", "tokens_revoked"])
async def test_every_replica_with_a_token_in_the_settings_notices(
    local: LocalSlack, served_from: Database, event: str
) -> None:
    async with (
        serving(local, Scripted(planner), "http", served_from, SOON) as other,
        serving(local, Scripted(planner), "http", served_from, SOON) as told,
    ):
        local.clock.move(60)
        if event == "app_uninstalled":
            await put_out(local, told.platform)
        else:
            local.oauth.revoke(BOT_TOKEN)
            await local.bring("events_api", local.told_of({"type": event, "tokens": {"bot": ["U0BOT"]}}))
        for _ in range(6000):
            if not await other.platform.reaches(f"T0PLAN:{PLANNING}"):
                return
            await asyncio.sleep(0.01)
        raise AssertionError("the other one goes on")


async def test_a_replica_goes_on_where_only_another_token_was_revoked(local: LocalSlack, served_from: Database) -> None:
    async with serving(local, Scripted(planner), "http", served_from, SOON) as served:
        local.clock.move(60)
        served_from.inbox.put(
            "Ev1", ("tokens_revoked", "T0PLAN"), {}, now=local.clock.now(), until=local.clock.now() + timedelta(hours=1)
        )
        await until(lambda: len(local.api.called("auth.test")) == 2, seconds=60)
        await asyncio.sleep(0.2)
        assert await served.platform.reaches(f"T0PLAN:{PLANNING}")


def test_the_command_line_makes_a_key() -> None:
    command = [sys.executable, "-m", "handlers.cli", "secrets", "new"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert Fernet(done.stdout.strip())
