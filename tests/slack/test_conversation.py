"""Everything that people do in Slack, over the network and by both of Slack's ways."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.slack.builders import planner
from tests.slack.conftest import Scripted, Served, serving, until
from tests.slack.local.people import GUEST, KARI, OLA, PLANNING, STRANGER
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import BOT_USER

DIRECT = "D0KARI"


@pytest.fixture
def bot() -> Scripted:
    return Scripted(planner)


@pytest.fixture(params=["http", "socket"])
async def served(request: pytest.FixtureRequest, local: LocalSlack, bot: Scripted) -> AsyncIterator[Served]:
    async with serving(local, bot, request.param) as found:
        yield found


async def test_a_mention_is_answered_in_its_thread(served: Served, local: LocalSlack, bot: Scripted) -> None:
    asked = await local.say(KARI, PLANNING, f"<@{BOT_USER}> hva skjer neste uke?")
    answer = await local.answer(KARI, PLANNING)
    assert answer.thread_ts == asked.ts
    assert answer.text.startswith("Uke 36\n– tors. 7. september: Fagdag")
    assert bot.heard[0].text == "hva skjer neste uke?"
    assert bot.heard[0].sender.account == "T0PLAN:U0KARI"


async def test_a_plan_that_calls_for_everyone_calls_for_no_one(served: Served, local: LocalSlack) -> None:
    await local.say(KARI, PLANNING, f"<@{BOT_USER}> hva skjer neste uke?")
    answer = await local.answer(KARI, PLANNING)
    assert "&lt;!channel&gt;" in answer.text
    assert answer.pings == []


async def test_a_direct_message_is_answered_in_place(served: Served, local: LocalSlack, bot: Scripted) -> None:
    await local.say(KARI, DIRECT, "hva skjer neste uke?")
    answer = await local.answer(KARI, DIRECT)
    assert answer.thread_ts is None
    assert bot.heard[0].channel is None


async def test_a_thread_in_a_direct_talk_goes_on_there(served: Served, local: LocalSlack, bot: Scripted) -> None:
    first = await local.say(KARI, DIRECT, "hva skjer neste uke?")
    await local.say(KARI, DIRECT, "og uken etter?", thread=first.ts)
    answer = await local.answer(KARI, DIRECT, 2)
    assert answer.thread_ts == first.ts


@pytest.mark.parametrize(
    ("command", "text"),
    [("/plan", "hva skjer?"), ("/tiltak", ""), ("/rolle", "gi Leder <@U0OLA|ola>"), ("/ukebrev", "vis")],
)
async def test_a_command_is_answered_to_the_asker_alone(
    served: Served, local: LocalSlack, bot: Scripted, command: str, text: str
) -> None:
    outcome = await local.command(KARI, PLANNING, command, text)
    answer = await local.answer(KARI, PLANNING)
    assert outcome.is_acknowledged
    assert answer.only_for == KARI
    assert local.seen_by(OLA, PLANNING) == []
    assert bot.heard[0].text == f"{command} {text}".strip().replace("U0OLA|ola", "T0PLAN:U0OLA|Ola Hansen")
    assert answer.blocks[0]["elements"][0]["text"] == f"{command} {text}".strip().replace("<@U0OLA|ola>", "@Ola Hansen")


async def test_a_command_that_nobody_knows_is_acknowledged(served: Served, local: LocalSlack) -> None:
    assert (await local.command(KARI, PLANNING, "/vaffel")).is_acknowledged


async def test_done_in_a_channel_is_receipted_to_who_pressed_and_undone_there(
    served: Served, local: LocalSlack, bot: Scripted
) -> None:
    await local.say(KARI, PLANNING, f"<@{BOT_USER}> hva er åpent?")
    shown = await local.answer(KARI, PLANNING)
    before = shown.text
    assert (await local.press(OLA, shown, "Ferdig")).is_acknowledged
    receipt = await local.answer(OLA, PLANNING, 2)
    assert (receipt.text, receipt.only_for, receipt.thread_ts) == ("Ferdig: Fagdag", OLA, shown.thread_ts)
    assert local.seen_by(KARI, PLANNING) == [shown]
    await until(lambda: shown.edits == 1)
    assert shown.text.splitlines()[-1] == "Kari Nordmann: Ferdig: Fagdag"
    assert shown.pings == []
    assert "Ferdig" not in [button["text"]["text"] for button in shown.buttons]
    await local.press(OLA, receipt, "Angre")
    await until(lambda: receipt.edits == 1)
    assert receipt.text == "Tatt tilbake: Fagdag"
    await until(lambda: shown.edits == 2)
    assert (shown.text, [button["text"]["text"] for button in shown.buttons]) == (before, ["Ferdig"])
    assert [(heard.text, heard.sender.name) for heard in bot.heard[1:]] == [
        ("/tiltak ferdig KIBS-1", "Ola Hansen"),
        ("/tiltak angre", "Ola Hansen"),
    ]


async def test_a_change_told_to_all_is_taken_back_by_who_made_it(
    served: Served, local: LocalSlack, bot: Scripted
) -> None:
    await local.say(KARI, PLANNING, f"<@{BOT_USER}> /tiltak ferdig fagdag")
    receipt = await local.answer(KARI, PLANNING)
    await local.press(OLA, receipt, "Angre")
    refusal = await local.answer(OLA, PLANNING, 2)
    assert (refusal.only_for, receipt.edits, len(bot.heard)) == (OLA, 0, 1)
    await local.press(KARI, receipt, "Angre")
    await until(lambda: receipt.edits == 1)
    assert (receipt.text, receipt.only_for) == ("Tatt tilbake: Fagdag", None)


async def test_done_in_a_direct_talk_takes_the_button_away(served: Served, local: LocalSlack) -> None:
    await local.say(KARI, DIRECT, "hva er åpent?")
    shown = await local.answer(KARI, DIRECT)
    before = shown.text
    await local.press(KARI, shown, "Ferdig")
    receipt = await local.answer(KARI, DIRECT, 2)
    await local.press(KARI, receipt, "Angre")
    await until(lambda: (receipt.edits, shown.edits) == (1, 2))
    assert (shown.text, [button["text"]["text"] for button in shown.buttons]) == (before, ["Ferdig"])
    assert [button["text"]["text"] for button in receipt.buttons] == ["Ferdig"]


async def test_done_in_an_answer_for_ones_own_eyes_is_receipted_there(served: Served, local: LocalSlack) -> None:
    await local.command(KARI, PLANNING, "/tiltak")
    shown = await local.answer(KARI, PLANNING)
    await local.press(KARI, shown, "Ferdig")
    assert (await local.answer(KARI, PLANNING, 2)).only_for == KARI


async def test_what_slack_sends_again_is_answered_once(served: Served, local: LocalSlack, bot: Scripted) -> None:
    await local.say(KARI, DIRECT, "hva skjer neste uke?")
    await local.answer(KARI, DIRECT)
    (sent, outcome) = local.deliveries[0]
    again = await (local.http or local.socket).bring("events_api", sent, 1, "http_timeout")
    assert outcome.is_acknowledged
    assert again.is_acknowledged
    await local.say(KARI, DIRECT, "og uken etter?")
    await local.answer(KARI, DIRECT, 2)
    assert [heard.text for heard in bot.heard] == ["hva skjer neste uke?", "og uken etter?"]


async def test_a_press_that_comes_twice_is_done_once(served: Served, local: LocalSlack, bot: Scripted) -> None:
    await local.say(KARI, DIRECT, "hva er åpent?")
    await local.press(KARI, await local.answer(KARI, DIRECT), "Ferdig")
    sent, _ = local.deliveries[-1]
    assert (await (local.http or local.socket).bring("interactive", sent, 0, "")).is_acknowledged
    await local.answer(KARI, DIRECT, 2)
    assert [heard.text for heard in bot.heard] == ["hva er åpent?", "/tiltak ferdig KIBS-1"]


@pytest.mark.parametrize("user", [GUEST, STRANGER])
async def test_guests_and_strangers_are_refused_before_the_core_hears_them(
    served: Served, local: LocalSlack, bot: Scripted, user: str
) -> None:
    await local.say(user, PLANNING, f"<@{BOT_USER}> hva skjer?")
    refusal = await local.answer(user, PLANNING)
    assert "Kommunen" in refusal.text
    assert bot.heard == []


async def test_a_stranger_cannot_press(served: Served, local: LocalSlack, bot: Scripted) -> None:
    await local.say(KARI, PLANNING, f"<@{BOT_USER}> hva er åpent?")
    await local.press(STRANGER, await local.answer(KARI, PLANNING), "Ferdig")
    assert "Kommunen" in (await local.answer(STRANGER, PLANNING, 2)).text
    assert len(bot.heard) == 1


async def test_what_nobody_hears_is_acknowledged(served: Served, local: LocalSlack, bot: Scripted) -> None:
    edited = {"type": "message", "subtype": "message_changed", "channel": DIRECT, "channel_type": "im", "ts": "1.1"}
    joined = {"type": "member_joined_channel", "user": BOT_USER, "channel": PLANNING, "team": "T0PLAN"}
    own = {"type": "message", "user": BOT_USER, "bot_id": "B0BOT", "text": "hei", "channel": DIRECT, "ts": "1.2"}
    for event in (edited, joined, own):
        assert (await local.bring("events_api", local.event(event))).is_acknowledged
    for kind in ("view_submission", "view_closed", "message_action", "shortcut", "block_suggestion"):
        told = {"type": kind, "callback_id": "x", "view": {"callback_id": "x", "type": "modal"}, "action_id": "x"}
        told |= {"team": {"id": "T0PLAN"}, "user": {"id": KARI}, "block_id": "x", "value": ""}
        assert (await local.bring("interactive", told)).is_acknowledged, kind
    assert bot.heard == []


async def test_slack_is_asked_who_we_are_once_and_who_people_are_once_an_hour(
    served: Served, local: LocalSlack
) -> None:
    for number in (1, 2):
        await local.say(KARI, DIRECT, "hva skjer neste uke?")
        await local.answer(KARI, DIRECT, number)
    assert len(local.api.called("auth.test")) == 1
    assert len(local.api.called("users.info")) == 1
    await local.pass_time(3601)
    await local.say(KARI, DIRECT, "hva skjer neste uke?")
    await local.answer(KARI, DIRECT, 3)
    assert len(local.api.called("users.info")) == 2
