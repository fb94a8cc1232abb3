"""The Home tab: one's own measures, the week, doubts, roles and help, with presses that work there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.core import Bot
from bot.history import Author
from bot.home import home_parts
from bot.messages import Message, Sender
from bot.model import Doubt, Entry, Kind, Language, Platform, Precision, ProposedPlan, Span, Status
from bot.proposals.revision import Revision
from handlers.slack.home import home_blocks
from handlers.slack.limits import OverLimit, check_home
from handlers.slack.sending import to_dict
from storage.database import Database
from tests.slack.builders import DONE, a_reply
from tests.slack.conftest import Served, serving, until
from tests.slack.local import payloads
from tests.slack.local.people import KARI, OLA
from tests.slack.local.server import LocalSlack
from tests.slack.test_story import database, status

__all__ = ["database"]
NOW = datetime(2023, 8, 30, 9, 5, tzinfo=ZoneInfo("Europe/Oslo"))


@pytest.fixture(params=["http", "socket"])
async def served(request: pytest.FixtureRequest, local: LocalSlack, database: Database) -> AsyncIterator[Served]:
    bot = Bot(database, "https://plan.kommunen.no")
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


async def test_nothing_is_asked_there_as_nobody_can_answer_on_a_page(
    served: Served, local: LocalSlack, database: Database
) -> None:
    store = database.of(None)
    kari = store.people.find(Sender(platform=Platform.SLACK, account=f"T0PLAN:{KARI}"))
    store.completion.turn(Author(person=kari, platform=Platform.SLACK, at=local.clock.now()), on=True)
    after = await press(local, KARI, await opened(local, KARI), "mine")
    assert status(database) is Status.DONE
    assert "hopp over" not in words(after)


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


async def test_ones_own_settings_are_changed_there_and_hold_at_once(
    served: Served, local: LocalSlack, database: Database
) -> None:
    store = database.of(None)
    view = await opened(local, KARI)
    assert "Påminnelser: på" in words(view)
    assert "Din egen kalender: ikke laget" in words(view)
    after = await pressed(local, view, "Slå av påminnelser")
    assert len(store.reminders.known().off) == 1
    assert "Påminnelser: av" in words(after)
    assert "Ditt eget ukebrev: av" in words(after)
    after = await pressed(local, after, "Send meg ukebrevet")
    assert "Ditt eget ukebrev: mandag kl. 08.00" in words(after)
    after = await pressed(local, after, "Slå av ukebrevet")
    assert "Ditt eget ukebrev: av" in words(after)
    after = await pressed(local, after, "Lag kalender")
    assert "https://plan.kommunen.no/kalender/" in after["blocks"][0]["text"]["text"]
    assert "Din egen kalender: på" in words(after)
    settings = after["blocks"][1:]
    assert "kalender/" not in words({"blocks": settings})
    after = await pressed(local, after, "Slå av kalenderen")
    assert "Din egen kalender: ikke laget" in words(after)
    after = await pressed(local, after, "Slå på påminnelser")
    assert store.reminders.known().off == frozenset()
    after = await pressed(local, after, "Minn meg 7 og 1 dager før")
    assert "Du blir minnet 7 og 1 dager før fristen" in words(after)
    after = await pressed(local, after, "Svar meg på nynorsk")
    assert [block["text"]["text"] for block in after["blocks"] if block["type"] == "header"][-2:] == [
        "Mine innstillingar",
        "Hjelp",
    ]
    assert "Språk: eg svarar deg på nynorsk" in words(await opened(local, KARI))


async def pressed(local: LocalSlack, view: dict[str, Any], label: str) -> dict[str, Any]:
    """Press a button among the settings, and wait for the page that comes of it."""
    row = next(block for block in view["blocks"] if block["block_id"] == "settings")
    button = next(one for one in row["elements"] if one["text"]["text"] == label)
    told = payloads.home_press(local.workspace, local.workspace.users[KARI], view, {**button, "block_id": "settings"})
    assert (await local.bring("interactive", told)).is_acknowledged
    await until(lambda: local.workspace.homes[KARI]["hash"] != view["hash"])
    return local.workspace.homes[KARI]


def test_a_page_of_a_very_large_plan_is_within_the_limits(database: Database) -> None:
    day = date(2023, 9, 1)
    entries = tuple(
        Entry(
            kind=Kind.MEASURE if number % 2 else Kind.EVENT,
            title=f"{number} {'Å' * 400} <!channel>",
            span=Span(start=day, end=day, precision=Precision.DAY, text="1. september"),
            responsible=tuple(f"Programleiar {'Ø' * 300} {one}" for one in range(5)),
            doubts=(Doubt.WEEKDAY_MISMATCH,),
        )
        for number in range(600)
    )
    large = ProposedPlan(title="Stor plan", period_start=day, period_end=date(2024, 7, 31), entries=entries)
    store = database.of(None)
    owner = store.people.record(Sender(platform=Platform.COMMAND_LINE))
    author = Author(person=owner, platform=Platform.COMMAND_LINE, at=NOW)
    store.plans.take_in(large, Revision(plan=None, added=entries), author)
    sender = Sender(platform=Platform.SLACK, account=f"T0PLAN:{KARI}", name="Kari Nordmann")
    bot = Bot(database)
    answers = [(part, bot.reply(Message(text=part.says, now=NOW, sender=sender))) for part in home_parts(Language.NN)]
    blocks = [to_dict(block) for block in home_blocks(answers, answers[1][1], Language.NN)]
    check_home(blocks)
    assert len(blocks) > 20
    with pytest.raises(OverLimit):
        check_home([{"type": "section", "text": {"type": "mrkdwn", "text": "Å" * 2_900}}] * 50)


def test_a_full_page_is_within_the_limits() -> None:
    long = a_reply(*["&" * 700] * 200, buttons=(DONE,) * 30)
    answers = [(part, long) for part in home_parts(Language.NB)]
    check_home([to_dict(block) for block in home_blocks(answers, long, Language.NB)])


@pytest.mark.parametrize("language", list(Language))
def test_what_fills_the_page_is_understood(database: Database, language: Language) -> None:
    sender = Sender(platform=Platform.SLACK, account=f"T0PLAN:{KARI}", name="Kari Nordmann")
    for part in home_parts(language):
        reply = Bot(database).reply(Message(text=part.says, now=NOW, sender=sender))
        assert reply.intent != "out_of_scope", part.says
