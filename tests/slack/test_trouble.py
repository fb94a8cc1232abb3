"""What is not as it mostly is: broken connections, limits, faults of our own, long answers and stopping."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator

import pytest

from bot.messages import Message, Reply
from tests.slack.builders import DONE, a_receipt, a_reply, planner
from tests.slack.conftest import Scripted, Served, serving, until
from tests.slack.local.api import Fault
from tests.slack.local.people import ELSEWHERE, KARI, PLANNING
from tests.slack.local.server import LocalSlack

DIRECT = "D0KARI"


@pytest.fixture
def bot() -> Scripted:
    return Scripted(planner)


@pytest.fixture(params=["http", "socket"])
async def served(request: pytest.FixtureRequest, local: LocalSlack, bot: Scripted) -> AsyncIterator[Served]:
    async with serving(local, bot, request.param) as found:
        yield found


async def test_a_broken_connection_sends_nothing_twice(
    served: Served, local: LocalSlack, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    local.api.faults.append(Fault("chat.postMessage", breaks=True, done=True))
    await local.say(KARI, DIRECT, "hva skjer neste uke?")
    await local.answer(KARI, DIRECT, 2)
    texts = [said.text for said in local.seen_by(KARI, DIRECT)]
    assert len(texts) == 2
    assert texts[0].startswith("Uke 36")
    assert "feilnummer" in texts[1]


async def test_slack_asking_to_wait_is_waited_for(served: Served, local: LocalSlack) -> None:
    local.api.faults.append(Fault("chat.postMessage", error="ratelimited", status=429, retry_after=0))
    await local.say(KARI, DIRECT, "hva skjer neste uke?")
    assert (await local.answer(KARI, DIRECT)).text.startswith("Uke 36")
    assert len(local.api.called("chat.postMessage")) == 2


@pytest.mark.parametrize("way", ["http", "socket"])
async def test_a_fault_of_ours_is_told_with_a_number(
    local: LocalSlack, caplog: pytest.LogCaptureFixture, way: str
) -> None:
    def broken(message: Message) -> Reply:
        raise RuntimeError("the database has gone away")

    async with serving(local, Scripted(broken), way):
        await local.command(KARI, PLANNING, "/plan")
        told = await local.answer(KARI, PLANNING)
    (record,) = [record for record in caplog.records if record.name == "planvakt.slack"]
    assert "gone away" not in told.text
    assert record.getMessage().split(":")[0] in told.text


@pytest.mark.parametrize("way", ["http", "socket"])
async def test_a_digest_in_a_channel_without_us_asks_for_an_invitation(local: LocalSlack, way: str) -> None:
    def subscribed(message: Message) -> Reply:
        given = a_receipt("Ukebrevet kommer hver mandag kl. 08.00.")
        return Reply(
            text=given.text, parts=given.parts, intent="digest_here", language=given.language, changes=given.changes
        )

    async with serving(local, Scripted(subscribed), way):
        await local.command(KARI, ELSEWHERE, "/ukebrev", "her")
        assert "/invite @Planvakt" in (await local.answer(KARI, ELSEWHERE, 2)).text
        await local.command(KARI, PLANNING, "/ukebrev", "her")
        await local.answer(KARI, PLANNING)
    assert len(local.seen_by(KARI, PLANNING)) == 1


@pytest.mark.parametrize("way", ["http", "socket"])
async def test_a_very_long_answer_comes_whole(local: LocalSlack, way: str) -> None:
    rows = [f"{number}. september: Samling nummer {number} med et ganske langt navn" for number in range(1000)]
    long = a_reply(*rows, buttons=(DONE,))
    async with serving(local, Scripted(lambda message: long), way):
        await local.command(KARI, PLANNING, "/plan")
        await local.answer(KARI, PLANNING, 4)
    said = local.seen_by(KARI, PLANNING)
    assert "\n".join(one.text for one in said) == long.text


@pytest.mark.parametrize("way", ["http", "socket"])
async def test_what_is_under_way_is_finished_before_we_stop(local: LocalSlack, way: str) -> None:
    go_on = threading.Event()

    def slow(message: Message) -> Reply:
        go_on.wait(60)
        return a_reply("Fagdag")

    async with serving(local, Scripted(slow), way):
        assert (await local.command(KARI, PLANNING, "/plan")).is_acknowledged
        asyncio.get_running_loop().call_later(0.2, go_on.set)
    assert len(local.seen_by(KARI, PLANNING)) == 1


async def is_heard(local: LocalSlack, text: str) -> bool:
    """Whether what is said comes through; the SDK may open a second connection and leave the first new one."""
    await until(lambda: len(local.socket.sockets) == 1)
    await local.say(KARI, DIRECT, text)
    return local.deliveries[-1][1].is_acknowledged


async def test_a_connection_that_slack_renews_goes_on(local: LocalSlack, bot: Scripted) -> None:
    async with serving(local, bot, "socket"):
        await local.socket.disconnect()
        await until(lambda: local.socket.opened > 1)
        for _ in range(5):
            if await is_heard(local, "hva skjer neste uke?"):
                break
        await local.answer(KARI, DIRECT)
    assert local.socket.sockets == []
