"""Long answers in Slack: ten rows and a button for the others, for all who read and for one alone."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from handlers.slack.folding import FEW, FIRST, folded, rest_of
from handlers.slack.limits import check_message
from handlers.slack.sending import to_dict
from tests.slack.builders import DONE, a_receipt, a_reply
from tests.slack.conftest import Scripted, Served, serving
from tests.slack.local.people import KARI, OLA, PLANNING
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import BOT_USER

ROWS = tuple(f"{number}. september: Fagdag {number} <!channel> & <b>" for number in range(1, 31))


@pytest.fixture
def bot() -> Scripted:
    return Scripted(lambda message: a_reply(*ROWS, buttons=(DONE,)))


@pytest.fixture
async def served(local: LocalSlack, bot: Scripted) -> AsyncIterator[Served]:
    async with serving(local, bot, "http") as found:
        yield found


async def test_the_rest_of_what_all_see_is_shown_to_who_presses(served: Served, local: LocalSlack) -> None:
    await local.say(KARI, PLANNING, f"<@{BOT_USER}> hva skjer i september?")
    shown = await local.answer(KARI, PLANNING)
    assert [button["text"]["text"] for button in shown.buttons] == ["Vis 20 til", "Ferdig"]
    seen = str(shown.blocks)
    assert ("Fagdag 10 " in seen, "Fagdag 11 " in seen, "Fagdag 30 " in shown.text) == (True, False, True)
    await local.press(OLA, shown, "Vis 20 til")
    rest = await local.answer(OLA, PLANNING, 2)
    assert (rest.only_for, rest.pings, rest.thread_ts) == (OLA, [], shown.thread_ts)
    assert rest.text.count("– ") == 20
    assert "30. september: Fagdag 30 &lt;!channel&gt; &amp; &lt;b&gt;" in rest.text


async def test_the_rest_of_what_one_alone_sees_is_shown_to_them(served: Served, local: LocalSlack) -> None:
    await local.command(KARI, PLANNING, "/plan", "hva skjer i september?")
    shown = await local.answer(KARI, PLANNING)
    await local.press(KARI, shown, "Vis 20 til")
    rest = await local.answer(KARI, PLANNING, 2)
    assert (rest.only_for, rest.pings, rest.text.count("– ")) == (KARI, [], 20)
    assert rest.text.startswith("– 11. september")


async def test_in_a_direct_talk_the_rest_stays(served: Served, local: LocalSlack) -> None:
    await local.say(KARI, "D0KARI", "hva skjer i september?")
    await local.press(KARI, await local.answer(KARI, "D0KARI"), "Vis 20 til")
    assert (await local.answer(KARI, "D0KARI", 2)).only_for is None


@pytest.mark.parametrize("is_alone", [True, False])
@pytest.mark.parametrize("rows", [FIRST + FEW + 1, 60, 140])
def test_a_folded_answer_is_within_the_limits_and_its_text_is_whole(rows: int, is_alone: bool) -> None:
    words = [f"{number}. {'&' * 50}" for number in range(rows)]
    page = folded(a_reply(*words, buttons=(DONE,)), user="U1", asked="/plan hva?", is_alone=is_alone)
    if page is None:
        assert is_alone
        return
    check_message(page.text, [to_dict(block) for block in page.blocks])
    assert page.text.count("– ") == rows


def test_short_answers_and_receipts_are_shown_whole() -> None:
    assert folded(a_reply(*ROWS[: FIRST + FEW]), user="U1") is None
    assert folded(a_receipt("Ferdig"), user="U1") is None
    assert folded(a_reply(*["x" * 1200] * 40), user="U1") is None


@pytest.mark.parametrize("value", ["", "above", "~~~", "0000"])
def test_a_press_without_a_rest_shows_nothing(value: str) -> None:
    assert rest_of({"actions": [{"value": value}], "message": {"text": "Ikke noe"}}) is None
