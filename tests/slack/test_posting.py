"""Digests posted without anybody asking, and how sure we are that they were."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import BadSetting, PlanvaktError
from bot.messages import Reply
from handlers.platform import CannotLook, Limited, NotPosted, PerhapsPosted
from handlers.slack.checkup import check
from handlers.slack.serving import slack
from tests.slack.builders import DONE, a_reply, planner
from tests.slack.conftest import Scripted, serving, settings_for
from tests.slack.databases import DATABASES
from tests.slack.local import workspace as names
from tests.slack.local.api import Fault
from tests.slack.local.people import ELSEWHERE, KARI, PLANNING
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import Posted

DIGEST = a_reply("tors. 7. september: Fagdag <!channel>", heading="Ukebrev for uke 36", buttons=(DONE,))


async def post(local: LocalSlack, channel: str = PLANNING, reply: object = DIGEST) -> str:
    async with serving(local, Scripted(planner), "socket") as served:
        return await served.platform.post(f"T0PLAN:{channel}", reply, delivery="7")  # type: ignore[arg-type]


async def test_a_digest_is_posted_and_can_be_found_again(local: LocalSlack) -> None:
    posted = await post(local)
    (found,) = local.seen_by(KARI, PLANNING)
    assert (found.ts, found.thread_ts) == (posted, None)
    assert found.metadata == {"event_type": "planvakt_delivery", "event_payload": {"id": "7"}}
    assert found.pings == []
    (sent,) = local.api.called("chat.postMessage")
    assert (sent["unfurl_links"], sent["unfurl_media"]) == (False, False)


async def test_a_long_digest_goes_on_in_its_thread(local: LocalSlack) -> None:
    rows = [f"{number}. september: Samling nummer {number} med et ganske langt navn" for number in range(300)]
    posted = await post(local, reply=a_reply(*rows))
    first, *rest = local.seen_by(KARI, PLANNING)
    assert (first.thread_ts, {one.thread_ts for one in rest}) == (None, {first.ts})
    assert posted == "+".join(one.ts for one in (first, *rest))
    assert first.metadata
    assert rest[-1].metadata is None


@pytest.mark.parametrize("count", [300, 100, 2, 700])
async def test_all_pages_of_a_digest_follow_the_plans(local: LocalSlack, count: int) -> None:
    def digest(number: int, word: str) -> Reply:
        rows = [f"{one}. september: Samling nummer {one} med et ganske langt navn {word}" for one in range(number)]
        return a_reply(*rows, buttons=(DONE,))

    async with serving(local, Scripted(planner), "socket") as served:
        channel = f"T0PLAN:{PLANNING}"
        posted = await served.platform.post(channel, digest(300, "før"), delivery="7")
        standing = local.seen_by(KARI, PLANNING)
        await served.platform.change(channel, posted, digest(count, "etter"))
    assert local.seen_by(KARI, PLANNING) == standing
    words = "\n".join(one.text for one in standing)
    assert "før" not in words
    assert words.count(" etter") == count
    assert all(one.edits == 1 and one.text for one in standing)


@pytest.mark.parametrize(("channel", "reason"), [(ELSEWHERE, "not_in_channel"), ("C0INGEN", "channel_not_found")])
async def test_what_slack_refuses_is_not_posted(local: LocalSlack, channel: str, reason: str) -> None:
    with pytest.raises(NotPosted) as refused:
        await post(local, channel)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "fault",
    [
        Fault("chat.postMessage", breaks=True, done=True),
        Fault("chat.postMessage", status=502, done=True),
        Fault("chat.postMessage", error="internal_error", status=500, done=True),
        Fault("chat.postMessage", error="fatal_error", done=True),
    ],
    ids=lambda fault: f"{fault.error or fault.status} {'breaks' if fault.breaks else ''}",
)
async def test_a_fault_of_slacks_leaves_us_unsure_and_nothing_is_sent_again(local: LocalSlack, fault: Fault) -> None:
    fault.times = 1
    local.api.faults.append(fault)
    with pytest.raises(PerhapsPosted):
        await post(local)
    assert len(local.seen_by(KARI, PLANNING)) == 1


async def test_half_a_digest_is_not_called_posted(local: LocalSlack) -> None:
    rows = [f"{number}. september: Samling nummer {number} med et ganske langt navn" for number in range(300)]
    local.api.faults += [Fault("chat.postMessage", times=0), Fault("chat.postMessage", status=502)]
    async with serving(local, Scripted(planner), "socket") as served:
        with pytest.raises(PerhapsPosted):
            await served.platform.post("T0PLAN:C0PLAN", a_reply(*rows), delivery="7")


async def test_a_limited_channel_is_told_of_and_nothing_is_sent_again_before_its_time(local: LocalSlack) -> None:
    local.api.faults.append(Fault("chat.postMessage", error="ratelimited", status=429, retry_after=7))
    with pytest.raises(Limited) as limited:
        await post(local)
    assert limited.value.seconds == 7
    assert len(local.api.called("chat.postMessage")) == 1


async def test_what_stands_there_is_found_by_its_delivery_over_many_pages(local: LocalSlack) -> None:
    local.workspace.scopes |= {"channels:history"}
    since = local.clock.now()
    posted = await post(local)
    for number in range(40):
        local.workspace.messages.append(Posted(PLANNING, local.workspace.ts(), KARI, f"Hei {number}"))
    async with serving(local, Scripted(planner), "socket") as served:
        find = served.platform.find
        assert await find("T0PLAN:C0PLAN", delivery="7", since=since) == posted
        assert await find("T0PLAN:C0PLAN", delivery="8", since=since) is None
        assert await find("T0PLAN:C0PLAN", delivery="7", since=since + timedelta(minutes=5)) is None
        local.workspace.scopes -= {"channels:history"}
        with pytest.raises(CannotLook):
            await find("T0PLAN:C0PLAN", delivery="7", since=since)
        for _ in range(2):
            await served.platform.delete("T0PLAN:C0PLAN", posted)
    assert local.seen_by(KARI, PLANNING) == []


async def test_what_a_person_was_sent_alone_is_found_too(local: LocalSlack) -> None:
    since = local.clock.now()
    async with serving(local, Scripted(planner), "socket") as served:
        sent = await served.platform.direct(f"T0PLAN:{KARI}", DIGEST, delivery="reminder-7")
        assert await served.platform.find(f"T0PLAN:{KARI}", delivery="reminder-7", since=since) == sent


async def test_a_wrong_token_names_its_setting(local: LocalSlack) -> None:
    for way, setting in (("http", "slack_bot_token"), ("socket", "slack_app_token")):
        settings = settings_for(local, way, **{setting: "xoxb-wrong"})
        with pytest.raises(BadSetting) as refused:
            async with slack(settings, Scripted(planner), local.clock.now, DATABASES[local]):
                pass
        assert refused.value.values["name"] == f"PLANVAKT_{setting.upper()}"


async def test_a_slack_that_does_not_answer_is_told_of(local: LocalSlack) -> None:
    settings = settings_for(local, "http")
    await local.stop()
    with pytest.raises(PlanvaktError) as unreachable:
        async with slack(settings, Scripted(planner), local.clock.now, DATABASES[local]):
            pass
    assert unreachable.value.template == "slack_unreachable"


async def test_the_checkup_names_missing_scopes(local: LocalSlack) -> None:
    import asyncio

    local.workspace.scopes.remove("users:read")
    found = await asyncio.to_thread(check, settings_for(local, "socket"))
    assert (found.workspace, found.missing_scopes, found.trouble) == (names.TEAM_NAME, ("users:read",), None)
    wrong = await asyncio.to_thread(check, settings_for(local, "socket", slack_app_token="xapp-wrong"))
    assert wrong.trouble is not None
