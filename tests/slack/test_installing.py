"""Many workspaces install Planvakt; each has its own token, its own plans and its own administrator."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest

from bot.core import Bot
from bot.messages import Sender
from bot.model import Platform
from handlers.platform import NotPosted
from handlers.slack.assembly import Assembly
from handlers.slack.manifest import scopes
from storage.database import Database
from storage.installations import Installed
from tests.slack.builders import DONE, a_reply, planner
from tests.slack.conftest import Scripted, until
from tests.slack.local.delivery import OverHttp
from tests.slack.local.interactions import press
from tests.slack.local.oauth import CLIENT_SECRET, SECONDS_OF_A_TOKEN
from tests.slack.local.people import KARI, OLA, PLANNING, populate
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import BOT_USER
from tests.slack.many import KEY, Many, serving_many, settings_of_many

ASK = f"<@{BOT_USER}> hva skjer?"


@pytest.fixture
def bot() -> Scripted:
    return Scripted(planner)


@pytest.fixture
async def many(local: LocalSlack, bot: Scripted) -> AsyncIterator[Many]:
    local.oauth.tokens.clear()  # nobody has installed us yet
    async with serving_many(local, bot) as found:
        yield found


@pytest.fixture
def other(local: LocalSlack, many: Many) -> LocalSlack:
    found = local.beside("T0NABO", "Naboen")
    populate(found.workspace)
    return found


def used_tokens(local: LocalSlack, method: str) -> list[str | None]:
    return [token for name, token in local.api.asked_with if name == method]


def all_files(folder: Path) -> bytes:
    """The database, and what it has not put into its own file yet."""
    return b"".join(path.read_bytes() for path in folder.glob("inbox.db*"))


async def test_two_workspaces_are_answered_each_with_its_own_token(
    local: LocalSlack, other: LocalSlack, many: Many, bot: Scripted
) -> None:
    assert "Planvakt er klar i Kommunen" in (await many.install(local)).text
    assert "Planvakt er klar i Naboen" in (await many.install(other, OLA)).text
    for count, slack in enumerate((local, other), start=1):
        assert slack.workspace.scopes == scopes()
        await slack.say(KARI, PLANNING, ASK)
        assert "Fagdag" in (await slack.answer(KARI, PLANNING)).text
        assert len(slack.seen_by(KARI, PLANNING)) == 1
        await slack.command(OLA, PLANNING, "/plan", "hva skjer?")
        await until(lambda heard=2 * count: len(bot.heard) == heard)
    assert [message.organisation for message in bot.heard] == ["T0PLAN", "T0PLAN", "T0NABO", "T0NABO"]
    assert [message.sender.account for message in bot.heard][::2] == ["T0PLAN:U0KARI", "T0NABO:U0KARI"]
    own = [local.oauth.tokens_of(slack.workspace)[-1] for slack in (local, other)]
    assert used_tokens(local, "chat.postMessage") == own


async def test_what_is_sent_without_being_asked_goes_to_the_workspace_in_the_channels_name(
    local: LocalSlack, other: LocalSlack, many: Many
) -> None:
    await many.install(other)
    posted = await many.platform.post(f"T0NABO:{PLANNING}", a_reply("a"), delivery="1")
    assert other.workspace.find(PLANNING, posted)
    assert not local.seen_by(KARI, PLANNING)
    assert await many.platform.reaches(f"T0NABO:{KARI}")
    assert not await many.platform.reaches(f"T0PLAN:{KARI}")
    with pytest.raises(NotPosted, match="not_installed"):
        await many.platform.post(f"T0PLAN:{PLANNING}", a_reply("a"), delivery="2")


async def test_who_installs_first_is_administrator_there_and_nowhere_else(
    local: LocalSlack, other: LocalSlack, many: Many, served_from: Database
) -> None:
    await many.install(local)
    await many.install(other, OLA)
    await many.install(local, OLA)

    def is_administrator(team: str, user: str) -> bool:
        sender = Sender(platform=Platform.SLACK, account=f"{team}:{user}", name=user)
        return served_from.of(team).people.find(sender).is_administrator

    found = {(team, user): is_administrator(team, user) for team in ("T0PLAN", "T0NABO") for user in (KARI, OLA)}
    assert [who for who, holds in found.items() if holds] == [("T0PLAN", KARI), ("T0NABO", OLA)]
    assert (
        not served_from.of("T0PLAN")
        .people.find(Sender(platform=Platform.SLACK, account=f"T0NABO:{OLA}", name="Ola"))
        .is_administrator
    )


async def test_who_installs_anew_where_it_was_put_out_does_not_become_administrator_of_the_plans_there(
    local: LocalSlack, many: Many, served_from: Database
) -> None:
    await many.install(local)
    local.clock.move(60)
    await local.uninstall()
    await until(lambda: served_from.installations([KEY]).teams() == ())
    local.clock.move(60)
    assert "Velkommen tilbake" in (await many.install(local, OLA)).text
    found = served_from.of("T0PLAN").people.find(Sender(platform=Platform.SLACK, account=f"T0PLAN:{OLA}", name="Ola"))
    assert not found.is_administrator


async def test_a_press_in_what_another_organisation_was_told_does_nothing_to_ones_own_plans(
    local: LocalSlack, other: LocalSlack, many: Many, bot: Scripted
) -> None:
    """In a channel that both have, Slack brings it as from the workspace of whoever pressed."""
    await many.install(local)
    await many.install(other)
    posted = await many.platform.post(f"T0NABO:{PLANNING}", a_reply("a", buttons=(DONE,)), delivery="1")
    shown = other.workspace.find(PLANNING, posted)
    url = other.response_url(PLANNING, KARI, shown)
    told = press(other.workspace, other.workspace.users[KARI], shown, shown.button(DONE.label), url)
    theirs = {**told["message"], "team": "T0PLAN", "bot_id": "B0PLAN"}
    await other.bring("interactive", {**told, "message": theirs})
    assert "en annen organisasjon" in (await other.answer(KARI, PLANNING, 2)).text
    assert bot.heard == []
    assert shown.button(DONE.label)


@pytest.mark.parametrize(("language", "says"), [("nb-NO", "ikke"), ("nn,nb;q=0.5", "ikkje"), ("en-GB", "not")])
async def test_who_says_no_or_comes_back_wrongly_reads_why_and_nothing_is_kept(
    local: LocalSlack, many: Many, served_from: Database, language: str, says: str
) -> None:
    address, cookie = await many.begin()
    assert says in (await many.back(local.oauth.cancel(address), cookie, language)).text
    approved = local.oauth.approve(local.workspace, KARI, address)
    foreign = await many.back(approved, (await many.begin())[1], language)
    forged = await many.back(approved.replace("state=", "state=x"), "planvakt-installation=x", language)
    unbound = await many.back(approved, "", language)
    unknown = await many.back("https://x/slack/oauth_redirect?code=c&state=s", "planvakt-installation=s", language)
    assert [page.status for page in (foreign, forged, unbound, unknown)] == [400, 400, 400, 401]
    assert all(says in page.text and "default-src 'none'" in str(page.headers) for page in (foreign, unknown))
    assert served_from.installations([KEY]).teams() == ()
    assert (await many.back(approved, cookie)).status == 200
    replayed = await many.back(approved, cookie, language)
    assert (replayed.status, says in replayed.text) == (401, True)


async def test_a_state_ends_after_ten_minutes_and_a_code_that_slack_refuses_is_told(
    local: LocalSlack, many: Many
) -> None:
    address, cookie = await many.begin()
    refused = await many.back(local.oauth.approve(local.workspace, KARI, address).replace("code-", "no-"), cookie)
    assert (refused.status, "Slack godtok ikke" in refused.text) == (401, True)
    address, cookie = await many.begin()
    local.clock.move(601)
    late = await many.back(local.oauth.approve(local.workspace, KARI, address), cookie)
    assert (late.status, "Start på nytt" in late.text) == (401, True)


async def test_a_whole_organisation_is_refused_and_its_token_given_back(
    local: LocalSlack, many: Many, served_from: Database
) -> None:
    local.oauth.is_enterprise = True
    page = await many.install(local)
    assert "hel organisasjon" in page.text
    assert served_from.installations([KEY]).teams() == ()
    assert local.oauth.tokens_of(local.workspace) == []


async def test_a_token_that_ends_soon_is_renewed_once_by_all_who_ask(
    local: LocalSlack, many: Many, bot: Scripted
) -> None:
    await many.install(local)
    local.clock.move(SECONDS_OF_A_TOKEN - 60)
    async with serving_many(local, bot) as replica:
        posts = [
            one.platform.post(f"T0PLAN:{PLANNING}", a_reply("a"), delivery="1")
            for one in (many, replica)
            for _ in range(2)
        ]
        await asyncio.gather(*posts)
    assert len(local.api.called("oauth.v2.access")) == 2  # the installation, and one renewal


async def test_a_token_that_has_ended_is_renewed_while_the_others_wait(local: LocalSlack, many: Many) -> None:
    await many.install(local)
    local.clock.move(SECONDS_OF_A_TOKEN + 60)
    posts = [many.platform.post(f"T0PLAN:{PLANNING}", a_reply("a"), delivery=str(one)) for one in range(4)]
    await asyncio.gather(*posts)
    assert len(local.api.called("oauth.v2.access")) == 2
    assert set(used_tokens(local, "chat.postMessage")) == {local.oauth.tokens_of(local.workspace)[-1]}


async def test_what_slack_will_not_renew_is_marked_and_mended_by_installing_anew(
    local: LocalSlack, many: Many, served_from: Database
) -> None:
    await many.install(local)
    local.oauth.refresh_tokens.clear()
    local.clock.move(SECONDS_OF_A_TOKEN + 60)
    for _ in range(2):
        with pytest.raises(NotPosted, match="not_installed"):
            await many.platform.post(f"T0PLAN:{PLANNING}", a_reply("a"), delivery="1")
    assert len(local.api.called("oauth.v2.access")) == 2
    kept = served_from.installations([KEY]).of("T0PLAN")
    assert kept
    assert kept.trouble == "invalid_refresh_token"
    await many.install(local)
    await many.platform.post(f"T0PLAN:{PLANNING}", a_reply("a"), delivery="1")


async def test_who_uninstalls_leaves_no_token_and_hears_nothing_until_they_are_back(
    local: LocalSlack, other: LocalSlack, many: Many, served_from: Database
) -> None:
    await many.install(local)
    await many.install(other)
    local.clock.move(60)
    event = await local.uninstall()
    installations = served_from.installations([KEY])
    await until(lambda: installations.teams() == ("T0NABO",))
    assert not await many.platform.reaches(f"T0PLAN:{PLANNING}")
    assert await many.platform.reaches(f"T0NABO:{PLANNING}")
    await other.say(KARI, PLANNING, ASK)
    await other.answer(KARI, PLANNING)
    local.clock.move(60)
    assert "Velkommen tilbake" in (await many.install(local)).text
    for late in (event, {**event, "event_id": "Ev-again"}):
        await local.bring("events_api", late)
    await local.say(KARI, PLANNING, ASK)
    await local.answer(KARI, PLANNING)
    assert installations.teams() == ("T0PLAN", "T0NABO")


async def test_what_slack_did_not_sign_or_no_workspace_sent_is_heard_by_nobody(
    local: LocalSlack, many: Many, bot: Scripted
) -> None:
    await local.say(KARI, "D0KARI", "hva skjer?")
    assert local.deliveries[-1][1].status == 200  # Slack is answered, though we are not installed there
    await many.install(local)
    assert local.http
    url, signed = local.http.url, local.http.signed(b"{}")
    for body, status in ((b"x" * 1_000_001, 413), (b"[]", 401)):
        assert (await local.http.send(body, signed)).status == status
    for path in ("install", "oauth_redirect"):
        forged = OverHttp(local.clock, url.replace("events", path))
        assert (await forged.send(b"x" * 1_000_001, signed)).status == 405
    await local.say(KARI, "D0KARI", "og nå?")
    await local.answer(KARI, "D0KARI")
    assert [message.text for message in bot.heard] == ["og nå?"]


async def test_no_secret_stands_in_the_log_or_in_the_database(
    local: LocalSlack, many: Many, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    address, cookie = await many.begin()
    await many.back(local.oauth.approve(local.workspace, KARI, address), cookie)
    local.clock.move(SECONDS_OF_A_TOKEN + 60)
    await many.platform.post(f"T0PLAN:{PLANNING}", a_reply("a"), delivery="1")
    secrets = [*local.oauth.tokens, *local.oauth.refresh_tokens, CLIENT_SECRET, KEY, cookie.partition("=")[2], "code-1"]
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("planvakt"))
    kept = all_files(tmp_path)
    assert [secret for secret in secrets if secret in ours or secret.encode() in kept] == []


async def test_the_installer_sets_up_the_bot_and_nobody_of_another_workspace_may(
    local: LocalSlack, served_from: Database
) -> None:
    local.oauth.tokens.clear()
    async with serving_many(local, Bot(served_from)) as many:
        other = local.beside("T0NABO", "Naboen")
        populate(other.workspace)
        await many.install(local)
        await many.install(other, OLA)
        for slack, user in ((local, KARI), (other, KARI)):
            await slack.command(user, PLANNING, "/ukebrev", "her")
            await slack.answer(user, PLANNING)
        assert len(served_from.of("T0PLAN").digests.subscriptions()) == 1
        assert served_from.of("T0NABO").digests.subscriptions() == ()


async def test_what_is_under_way_in_a_workspace_goes_on_when_its_token_is_renewed(
    local: LocalSlack, served_from: Database
) -> None:
    installed = Installed(team="T1", team_name="A", bot_id="B1", bot_user="U1", token="xoxe.xoxb-1")
    installations = served_from.installations([KEY])
    installations.save(installed)
    async with AsyncExitStack() as stack, aiohttp.ClientSession() as session:
        settings, bot = settings_of_many(local), Scripted(planner)
        made = Assembly(settings=settings, bot=bot, now=local.clock.now, database=served_from, session=session)
        workspaces, _ = await made.workspaces(stack)
        before = await workspaces.of("T1")
        installations.refreshed(installed, "xoxe.xoxb-2", None, None)
        after = await workspaces.of("T1")
    assert before
    assert after
    assert after[0].installation.token == "xoxe.xoxb-2"
    for name in ("submissions", "shared", "under_way", "places"):
        assert getattr(after[0], name) is getattr(before[0], name)
