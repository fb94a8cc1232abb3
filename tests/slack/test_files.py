"""Plans shared with the bot in Slack, over the network and by both of Slack's ways."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from handlers.plan_files import LARGEST
from tests.readers.paper import pdf
from tests.slack.builders import a_reply, planner
from tests.slack.conftest import Scripted, Served, all_done, serving, until
from tests.slack.local.api import Fault
from tests.slack.local.files import File
from tests.slack.local.people import GUEST, KARI, OLA, PLANNING, STRANGER
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import BOT_USER, Posted

DIRECT = "D0KARI"
MENTION = f"<@{BOT_USER}>"
PLAN = "Møteplan 2023/2024\n\n14. september: Foreldremøte\n".encode()
UNDER_WAY = ("Har fått ", "Leser ", "Les ", "Fant ", "Fann ")
SLOW = 2.6


@pytest.fixture
def bot() -> Scripted:
    return Scripted(planner)


@pytest.fixture(params=["http", "socket"])
async def served(request: pytest.FixtureRequest, local: LocalSlack, bot: Scripted) -> AsyncIterator[Served]:
    async with serving(local, bot, request.param) as found:
        yield found


def a_plan(local: LocalSlack, name: str = "Møteplan.txt", content: bytes = PLAN, **how: Any) -> File:
    return local.files.upload(KARI, name, content, **how)


async def answer_to(local: LocalSlack, file: File, text: str = "") -> Posted:
    """Share a file in a direct message, and wait for the app to answer."""
    await local.share(KARI, DIRECT, [file], text)
    return await answered(local, KARI, DIRECT)


async def answered(local: LocalSlack, user: str, channel: str) -> Posted:
    """Wait for the answer itself; on a busy machine the app first says that it is reading."""
    shown = await local.answer(user, channel)
    await until(lambda: not shown.text.startswith(UNDER_WAY))
    return shown


async def test_a_plan_shared_in_a_direct_message_is_shown_with_its_button(
    served: Served, local: LocalSlack, bot: Scripted
) -> None:
    shown = await answer_to(local, a_plan(local))
    assert "Foreldremøte" in shown.text
    assert shown.thread_ts is None
    ((message, proposed),) = bot.given
    assert (message.sender.account, message.text, message.channel) == ("T0PLAN:U0KARI", "", None)
    assert [entry.title for entry in proposed.entries] == ["Foreldremøte"]
    await local.press(KARI, shown, "Ta inn planen")
    await until(lambda: [heard.text for heard in bot.heard] == ["/plan ta inn 17"])


async def test_a_plan_shared_in_a_channel_with_a_mention_is_shown_in_its_thread_to_all(
    served: Served, local: LocalSlack, bot: Scripted
) -> None:
    shared = await local.share(KARI, PLANNING, [a_plan(local)], f"{MENTION} her er planen")
    shown = await answered(local, OLA, PLANNING)
    assert (shown.thread_ts, shown.only_for) == (shared.ts, None)
    assert "Foreldremøte" in shown.text
    assert bot.given[0][0].text == "her er planen"
    assert bot.heard == []


async def test_a_file_in_a_channel_without_a_mention_is_none_of_our_business(
    served: Served, local: LocalSlack, bot: Scripted
) -> None:
    local.events.add("message.channels")
    await local.share(KARI, PLANNING, [a_plan(local)], "her er planen")
    await local.say(KARI, DIRECT, "hva skjer?")
    await local.answer(KARI, DIRECT)
    await all_done(local)
    assert local.seen_by(KARI, PLANNING) == []
    assert local.files.asked == []
    assert bot.given == []


@pytest.mark.parametrize("way", ["http", "socket"])
async def test_who_may_administer_nothing_is_refused_once_and_nothing_is_fetched(local: LocalSlack, way: str) -> None:
    bot = Scripted(planner, refusal=a_reply(heading="Bare administratorer kan lese inn planer."))
    async with serving(local, bot, way):
        await local.share(OLA, PLANNING, [a_plan(local), a_plan(local, is_stub=True)], f"{MENTION} les disse")
        refusal = await local.answer(OLA, PLANNING)
        await local.say(OLA, PLANNING, f"{MENTION} hva skjer?")
        await local.answer(OLA, PLANNING, 2)
    assert refusal.text.startswith("Bare administratorer")
    assert len(local.seen_by(OLA, PLANNING)) == 2
    assert (local.files.asked, local.api.called("files.info"), bot.given) == ([], [], [])


@pytest.mark.parametrize("user", [GUEST, STRANGER])
async def test_guests_and_strangers_are_refused_before_the_core_hears_them(
    served: Served, local: LocalSlack, bot: Scripted, user: str
) -> None:
    await local.share(user, PLANNING, [a_plan(local)], f"{MENTION} les denne")
    assert "Kommunen" in (await local.answer(user, PLANNING)).text
    assert (local.files.asked, bot.given, bot.heard) == ([], [], [])


async def test_each_of_several_files_has_an_answer_of_its_own(served: Served, local: LocalSlack, bot: Scripted) -> None:
    other = PLAN.replace("Foreldremøte".encode(), b"Planleggingsdag")
    files = [a_plan(local), a_plan(local, "Plan 2.txt", other), a_plan(local, "logo.png", b"\x89PNG")]
    await local.share(KARI, DIRECT, files)
    await local.answer(KARI, DIRECT, 3)
    await until(lambda: len(bot.given) == 2)
    await until(lambda: not any(said.text.startswith(UNDER_WAY) for said in local.seen_by(KARI, DIRECT)))
    texts = "\n\n".join(said.text for said in local.seen_by(KARI, DIRECT))
    assert len(local.seen_by(KARI, DIRECT)) == 3
    for words in ("Foreldremøte", "Planleggingsdag", "«logo.png» er ikke et dokument"):
        assert texts.count(words) == 1


async def test_a_slow_file_is_told_of_and_the_answer_comes_in_that_place(served: Served, local: LocalSlack) -> None:
    shared = await local.share(KARI, PLANNING, [a_plan(local, seconds=SLOW)], MENTION)
    progress = await local.answer(KARI, PLANNING)
    assert (progress.text, progress.thread_ts) == ("Har fått «Møteplan.txt». Henter innholdet …", shared.ts)
    await until(lambda: "Foreldremøte" in progress.text)
    steps = [told["text"].splitlines()[0] for told in local.api.called("chat.update")]
    known = ["Leser «Møteplan.txt» …", "Fant 1 punkt i «Møteplan 2023/2024». Sammenligner med planene …"]
    assert [step for step in steps[:-1] if step not in known] == []
    assert steps[0] == known[0]
    assert progress.edits == len(steps)
    assert [button["value"] for button in progress.buttons] == ["/plan ta inn 17"]
    assert local.seen_by(KARI, PLANNING) == [progress]


async def test_a_slow_file_that_is_no_plan_is_answered_in_that_place_too(served: Served, local: LocalSlack) -> None:
    await local.share(KARI, DIRECT, [a_plan(local, seconds=SLOW, status=404)])
    progress = await local.answer(KARI, DIRECT)
    await until(lambda: progress.edits == 1)
    assert "er slettet" in progress.text


@pytest.mark.parametrize("way", ["http", "socket"])
async def test_where_what_was_said_meanwhile_is_gone_the_answer_stands_alone(local: LocalSlack, way: str) -> None:
    local.api.faults.append(Fault("chat.update", error="message_not_found", times=9))
    async with serving(local, Scripted(planner), way):
        await local.share(KARI, DIRECT, [a_plan(local, seconds=SLOW)])
        assert "Foreldremøte" in (await local.answer(KARI, DIRECT, 2)).text


async def test_a_quick_answer_comes_alone(served: Served, local: LocalSlack) -> None:
    shown = await answer_to(local, a_plan(local, told_size=LARGEST + 1))
    await asyncio.sleep(SLOW)
    assert (shown.edits, local.seen_by(KARI, DIRECT)) == (0, [shown])


async def test_a_stub_from_a_shared_channel_is_asked_for(served: Served, local: LocalSlack, bot: Scripted) -> None:
    shown = await answer_to(local, a_plan(local, is_stub=True))
    assert "Foreldremøte" in shown.text
    assert len(local.api.called("files.info")) == 1


async def test_a_whole_file_object_is_not_asked_for_again(served: Served, local: LocalSlack) -> None:
    await answer_to(local, a_plan(local))
    assert local.api.called("files.info") == []


ELSEWHERE = "https://docs.google.com/document/d/1"
NOT_FETCHED: list[tuple[dict[str, Any], str]] = [
    ({"external_url": ELSEWHERE}, "hos en annen tjeneste"),
    ({"external_url": ELSEWHERE, "is_stub": True}, "hos en annen tjeneste"),
    ({"mode": "tombstone"}, "er slettet"),
    ({"mode": "tombstone", "is_stub": True}, "er slettet"),
    ({"mode": "quip"}, "ikke et dokument"),
    ({"name": "bilde.png"}, "ikke et dokument"),
    ({"name": "bilde.png", "is_stub": True}, "ikke et dokument"),
    ({"told_size": LARGEST + 1}, "50 MB"),
    ({"address": "https://files.slack.com.example.net/files-pri/T0PLAN-F1/plan.txt"}, "ut av Slack"),
    ({"address": "http://files.slack.com/files-pri/T0PLAN-F1/plan.txt"}, "ut av Slack"),
]


@pytest.mark.parametrize(("how", "words"), NOT_FETCHED, ids=lambda value: str(value)[:60])
async def test_what_is_no_file_of_slacks_is_told_of_and_not_fetched(
    local: LocalSlack, how: dict[str, Any], words: str
) -> None:
    async with serving(local, Scripted(planner), "socket"):
        assert words in (await answer_to(local, a_plan(local, **how))).text
    assert local.files.asked == []


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"content": pdf(["~", "~"]), "name": "plan.pdf"}, "skannet"),
    ({"content": b"\x00\x01" * 500, "name": "plan.docx"}, "plan.docx"),
    ({"content": b"x" * (LARGEST + 1), "told_size": 10}, "50 MB"),
    ({"content": b"x" * (LARGEST + 1), "told_size": 10, "is_chunked": True}, "50 MB"),
    ({"status": 404}, "er slettet"),
    ({"status": 403}, "files:read"),
    ({"status": 500}, "fikk ikke hentet"),
    ({"told_length": 10_000}, "fikk ikke hentet"),
]


@pytest.mark.parametrize(("how", "words"), REFUSED, ids=lambda value: str(value)[:40])
async def test_what_cannot_be_read_is_told_of_in_one_sentence(
    local: LocalSlack, how: dict[str, Any], words: str
) -> None:
    bot = Scripted(planner)
    async with serving(local, bot, "http"):
        assert words in (await answer_to(local, a_plan(local, **how))).text
    assert bot.given == []


@pytest.mark.parametrize("sign_in", ["page", "redirect"])
async def test_a_sign_in_page_instead_of_the_file_names_the_missing_permission(
    served: Served, local: LocalSlack, bot: Scripted, sign_in: str
) -> None:
    local.workspace.scopes.remove("files:read")
    local.files.sign_in = sign_in
    assert "files:read" in (await answer_to(local, a_plan(local))).text
    assert bot.given == []
    await local.share(KARI, DIRECT, [a_plan(local, is_stub=True)])
    assert "files:read" in (await local.answer(KARI, DIRECT, 2)).text


async def test_who_writes_nynorsk_is_answered_in_nynorsk(served: Served, local: LocalSlack) -> None:
    shown = await answer_to(local, a_plan(local, mode="tombstone"), "kva seier du til denne planen, er han ikkje fin?")
    assert "er sletta eller skjult" in shown.text


async def test_words_with_only_pictures_are_answered_as_words(served: Served, local: LocalSlack, bot: Scripted) -> None:
    shown = await answer_to(local, a_plan(local, "bilde.png"), "hva skjer neste uke?")
    assert shown.text.startswith("Uke 36")
    assert local.files.asked == []
    assert [heard.text for heard in bot.heard] == ["hva skjer neste uke?"]


@pytest.mark.parametrize("way", ["http", "socket"])
async def test_words_that_say_nothing_are_not_answered_beside_a_picture(local: LocalSlack, way: str) -> None:
    async with serving(local, Scripted(lambda message: a_reply(intent="out_of_scope")), way):
        shown = await answer_to(local, a_plan(local, "bilde.png"), "her er planen")
    assert "ikke et dokument" in shown.text
    assert local.seen_by(KARI, DIRECT) == [shown]


async def test_a_name_is_only_words(served: Served, local: LocalSlack) -> None:
    shown = await answer_to(local, a_plan(local, "<!channel> & <@U0OLA>.png"))
    assert "&lt;!channel&gt; &amp; &lt;@U0OLA&gt;.png" in shown.text
    assert shown.pings == []


@pytest.mark.parametrize("way", ["http", "socket"])
async def test_a_fault_of_ours_is_told_with_a_number_and_the_others_are_answered(
    local: LocalSlack, caplog: pytest.LogCaptureFixture, way: str
) -> None:
    class Broken(Scripted):
        def read_in(self, message: Any, proposed: Any) -> Any:
            raise RuntimeError("the database has gone away")

    async with serving(local, Broken(planner), way):
        await local.share(KARI, DIRECT, [a_plan(local), a_plan(local, "bilde.png")])
        await local.answer(KARI, DIRECT, 2)
        await until(lambda: "feilnummer" in "".join(said.text for said in local.seen_by(KARI, DIRECT)))
    texts = "\n".join(said.text for said in local.seen_by(KARI, DIRECT))
    assert "bilde.png" in texts
    assert "gone away" not in texts


@pytest.mark.parametrize("way", ["http", "socket"])
async def test_a_plan_that_is_being_read_is_answered_before_we_stop(local: LocalSlack, way: str) -> None:
    async with serving(local, Scripted(planner), way):
        await local.share(KARI, DIRECT, [a_plan(local, seconds=SLOW)])
        progress = await local.answer(KARI, DIRECT)
    assert "Foreldremøte" in progress.text


async def test_questions_are_answered_while_many_plans_are_read(local: LocalSlack) -> None:
    bot = Scripted(planner)
    async with serving(local, bot, "socket"):
        await local.share(KARI, DIRECT, [a_plan(local, seconds=0.5) for _ in range(10)])
        await local.say(KARI, PLANNING, f"{MENTION} hva skjer?")
        await local.answer(KARI, PLANNING)
        assert len(bot.given) < 10
        await until(lambda: [said.text[:8] for said in local.seen_by(KARI, DIRECT)] == ["Møteplan"] * 10, seconds=60)
    assert len(local.files.asked) == 10


async def test_what_slack_sends_again_is_read_once(served: Served, local: LocalSlack, bot: Scripted) -> None:
    await answer_to(local, a_plan(local))
    sent, _ = local.deliveries[0]
    assert (await (local.http or local.socket).bring("events_api", sent, 1, "http_timeout")).is_acknowledged
    await local.say(KARI, DIRECT, "hva skjer?")
    await until(lambda: bool(bot.heard))
    assert len(bot.given) == 1
