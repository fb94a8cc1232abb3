"""The Home tab: one's own measures, the week, doubts, roles and help, with presses that work there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.core import Bot
from bot.home import home_parts
from bot.messages import Message, Sender
from bot.model import Language, Platform, Status
from handlers.slack.home import home_blocks
from handlers.slack.limits import check_home
from handlers.slack.sending import to_dict
from storage.database import Database
from tests.slack.builders import DONE, a_reply
from tests.slack.conftest import Served, serving, until
from tests.slack.local import payloads
from tests.slack.local.people import KARI, OLA
from tests.slack.local.server import LocalSlack
from tests.slack.test_story import database, status

__all__ = ["database"]


@pytest.fixture(params=["http", "socket"])
async def served(request: pytest.FixtureRequest, local: LocalSlack, database: Database) -> AsyncIterator[Served]:
    bot = Bot(database)
    sender = Sender(platform=Platform.SLACK, account=f"T0PLAN:{KARI}", name="Kari Nordmann")
    bot.reply(
        Message(text="/rolle gi Programleiar <@T0PLAN:U0KARI|Kari Nordmann>", now=local.clock.now(), sender=sender)
    )
    async with serving(local, bot, request.param) as found:
        yield found


def words(view: dict[str, Any]) -> str:
    return "\n".join(block["text"]["text"] for block in view["blocks"] if "text" in block)


def button(view: dict[str, Any], block_id: str) -> dict[str, Any]:
    row = next(block for block in view["blocks"] if block["block_id"] == block_id)
    return {**row["elements"][0], "block_id": block_id}


async def opened(local: LocalSlack, user: str) -> dict[str, Any]:
    assert (await local.open_home(user)).is_acknowledged
    await until(lambda: user in local.workspace.homes)
    return local.workspace.homes[user]


async def press(local: LocalSlack, user: str, view: dict[str, Any], block_id: str) -> dict[str, Any]:
    """Press the first button of a row, and wait for the page that comes of it."""
    told = payloads.home_press(local.workspace, local.workspace.users[user], view, button(view, block_id))
    assert (await local.bring("interactive", told)).is_acknowledged
    await until(lambda: local.workspace.homes[user]["hash"] != view["hash"])
    return local.workspace.homes[user]


async def test_ones_own_measures_are_done_and_taken_back_there(
    served: Served, local: LocalSlack, database: Database
) -> None:
    view = await opened(local, KARI)
    assert all(part.title in words(view) for part in home_parts(Language.NB) if not part.only_with_buttons)
    assert "&lt;!channel&gt;" in words(view)
    assert "<!channel>" not in words(view)
    after = await press(local, KARI, view, "mine")
    assert status(database) is Status.DONE
    assert "er merket som ferdig" in after["blocks"][0]["text"]["text"]
    await press(local, KARI, after, "told")
    assert status(database) is Status.OPEN


async def test_a_view_that_is_old_is_read_anew_and_published(
    served: Served, local: LocalSlack, database: Database
) -> None:
    old = dict(await opened(local, KARI))
    local.workspace.homes[KARI]["hash"] = "another"
    await press(local, KARI, old, "mine")
    await until(lambda: local.workspace.homes[KARI]["hash"] != "another")
    assert status(database) is Status.DONE
    assert [("hash" in asked) for asked in local.api.called("views.publish")] == [False, True, False]


async def test_somebody_new_is_told_what_to_do_first(served: Served, local: LocalSlack) -> None:
    assert "Velkommen til Planvakt" in words(await opened(local, OLA))
    assert "Å avklare" not in words(local.workspace.homes[OLA])


def test_a_full_page_is_within_the_limits() -> None:
    long = a_reply(*["&" * 700] * 200, buttons=(DONE,) * 30)
    answers = [(part, long) for part in home_parts(Language.NB)]
    check_home([to_dict(block) for block in home_blocks(answers, long, Language.NB)])


@pytest.mark.parametrize("language", list(Language))
def test_what_fills_the_page_is_understood(database: Database, language: Language) -> None:
    sender = Sender(platform=Platform.SLACK, account=f"T0PLAN:{KARI}", name="Kari Nordmann")
    now = datetime(2023, 8, 30, 9, 5, tzinfo=ZoneInfo("Europe/Oslo"))
    for part in home_parts(language):
        reply = Bot(database).reply(Message(text=part.says, now=now, sender=sender))
        assert reply.intent != "out_of_scope", part.says
