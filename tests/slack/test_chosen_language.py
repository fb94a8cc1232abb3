"""What Slack alone tells is in the language that somebody has chosen, whatever they write in."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator

import pytest

from bot.core import Bot
from bot.forms import Form
from bot.messages import FormName, Message, Reply
from storage.database import Database
from tests.slack.conftest import Served, serving, until
from tests.slack.local.api import Fault
from tests.slack.local.people import KARI, PLANNING
from tests.slack.local.server import LocalSlack
from tests.slack.local.views import shown
from tests.slack.local.workspace import Posted

DIRECT = "D0KARI"
QUESTION = "hva skjer neste uke?"


class Slow(Bot):
    """A core that answers when it is let, and then goes wrong where it `breaks`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.breaks = False
        self.items = database.of(None).plans.book().items

    def reply(self, message: Message) -> Reply:
        self.goes_on.wait(30)
        if self.breaks:
            raise RuntimeError
        return super().reply(message)

    def form(self, message: Message, name: FormName, key: str) -> Form | Reply:
        self.goes_on.wait(30)
        return super().form(message, name, key)


@pytest.fixture
def bot(planned_database: Database) -> Slow:
    return Slow(planned_database)


@pytest.fixture
async def served(local: LocalSlack, bot: Slow) -> AsyncIterator[Served]:
    """Kari has chosen English."""
    local.events.add("agent_session_stopped")
    async with serving(local, bot, "http") as found:
        await local.say(KARI, DIRECT, "/plan språk engelsk")
        await local.answer(KARI, DIRECT)
        yield found
        bot.goes_on.set()


async def the_item(local: LocalSlack, bot: Slow) -> Posted:
    (item, *_) = bot.items
    await local.command(KARI, PLANNING, "/tiltak", f"vis {item.key}")
    return await local.answer(KARI, PLANNING)


async def test_that_we_are_at_work_and_that_we_stopped(served: Served, local: LocalSlack, bot: Slow) -> None:
    bot.goes_on.clear()
    asked = await local.say(KARI, DIRECT, QUESTION)
    await until(lambda: local.workspace.statuses.get((DIRECT, asked.ts)) == "is looking in the plan …")
    await local.stop_session(KARI, DIRECT, asked.ts)
    await until(lambda: (DIRECT, asked.ts) not in local.workspace.statuses)
    bot.goes_on.set()
    assert (await local.answer(KARI, DIRECT, 2)).text == "Stopped. Nothing has been changed."


async def test_the_apology(served: Served, local: LocalSlack, bot: Slow) -> None:
    bot.breaks = True
    await local.say(KARI, DIRECT, QUESTION)
    assert "error number" in (await local.answer(KARI, DIRECT, 2)).text


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("plan.png", b"\x89PNG\r\n\x1a\n", "is not a document that I can read a plan from"),
        ("plan.txt", b"\x00\x01\x02", "Word, Excel, PDF"),
    ],
)
async def test_what_is_wrong_with_a_file(
    served: Served, local: LocalSlack, name: str, content: bytes, says: str
) -> None:
    file = local.files.upload(KARI, name, content)
    await local.share(KARI, DIRECT, [file])
    told = (await local.answer(KARI, DIRECT, 2)).text
    assert says in told
    assert "fila" not in told


async def test_how_far_a_file_has_come(served: Served, local: LocalSlack) -> None:
    file = local.files.upload(KARI, "plan.txt", "Møteplan 2023/2024\n\n14. september: Foreldremøte\n".encode())
    file.seconds = 3
    await local.share(KARI, DIRECT, [file])
    await until(lambda: any(one["text"].startswith("Got ") for one in local.api.called("chat.postMessage")))


async def test_a_form_that_is_waited_for(served: Served, local: LocalSlack, bot: Slow) -> None:
    item = await the_item(local, bot)
    bot.goes_on.clear()
    await local.press(KARI, item, "Move")
    assert shown(await local.modal()) == "One moment …"
    bot.goes_on.set()


async def test_a_form_that_came_too_late(served: Served, local: LocalSlack, bot: Slow) -> None:
    item = await the_item(local, bot)
    local.api.faults.append(Fault("views.open", error="expired_trigger_id"))
    seen = len(local.seen_by(KARI, PLANNING))
    await local.press(KARI, item, "Move")
    assert "try once more" in (await local.answer(KARI, PLANNING, seen + 1)).text
