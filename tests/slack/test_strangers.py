"""Guests and people of other workspaces are refused by every way in: they see no plan, open no form, change nothing."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.core import Bot
from handlers.slack.form_presses import MEASURE, NEW_ITEM
from storage.database import Database
from tests.slack.conftest import Served, serving, until
from tests.slack.local import interactions
from tests.slack.local.people import GUEST, KARI, PLANNING, STRANGER
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import BOT_USER, Posted
from tests.slack.planned import TITLE, rows

REFUSED = "andre arbeidsområder"
# An inbox keeps what was delivered; all else stays as it was.
CHANGED = ("person", "account", "item", "plan", "role", "role_holding", "history", "channel", "subscription")
Surface = Callable[[LocalSlack, str, Posted], Awaitable[object]]


async def mention(local: LocalSlack, user: str, shown: Posted) -> object:
    return await local.say(user, PLANNING, f"<@{BOT_USER}> hva skjer neste uke?")


async def answer_in_thread(local: LocalSlack, user: str, shown: Posted) -> object:
    return await local.say(user, PLANNING, f"<@{BOT_USER}> og uka etter?", thread=shown.thread_ts or shown.ts)


async def direct(local: LocalSlack, user: str, shown: Posted) -> object:
    return await local.say(user, f"D{user[1:]}", "hva skjer neste uke?")


async def question(local: LocalSlack, user: str, shown: Posted) -> object:
    return await local.command(user, PLANNING, "/plan", "hva skjer neste uke?")


async def change(local: LocalSlack, user: str, shown: Posted) -> object:
    return await local.command(user, PLANNING, "/rolle", "gi Rektor Gunn")


async def press(local: LocalSlack, user: str, shown: Posted) -> object:
    return await local.press(user, shown, shown.buttons[0]["text"]["text"])


async def home(local: LocalSlack, user: str, shown: Posted) -> object:
    return await local.open_home(user)


async def shortcut(local: LocalSlack, user: str, shown: Posted) -> object:
    return await local.use_shortcut(user, NEW_ITEM)


async def message_shortcut(local: LocalSlack, user: str, shown: Posted) -> object:
    return await local.use_shortcut(user, MEASURE, shown)


SURFACES: tuple[Surface, ...] = (
    mention,
    answer_in_thread,
    direct,
    question,
    change,
    press,
    home,
    shortcut,
    message_shortcut,
)


@pytest.fixture
async def served(local: LocalSlack, planned_database: Database) -> AsyncIterator[Served]:
    async with serving(local, Bot(planned_database), "http") as found:
        yield found


async def shown_to_all(local: LocalSlack) -> Posted:
    """An answer with buttons in the channel, which Kari asked for."""
    await local.say(KARI, PLANNING, f"<@{BOT_USER}> hva skjer neste uke?")
    return await local.answer(KARI, PLANNING)


@pytest.mark.parametrize("user", [GUEST, STRANGER])
@pytest.mark.parametrize("surface", SURFACES, ids=lambda one: one.__name__)
async def test_they_are_refused(served: Served, local: LocalSlack, tmp_path: Path, surface: Surface, user: str) -> None:
    shown = await shown_to_all(local)
    before, called = rows(tmp_path, *CHANGED), len(local.api.calls)
    await surface(local, user, shown)

    def since() -> str:
        return json.dumps(local.api.calls[called:], ensure_ascii=False, default=str)

    await until(lambda: REFUSED in since())
    assert TITLE not in since()
    assert rows(tmp_path, *CHANGED) == before


@pytest.mark.parametrize("user", [GUEST, STRANGER])
async def test_a_form_that_somebody_else_opened_says_nothing_of_theirs(
    served: Served, local: LocalSlack, tmp_path: Path, user: str
) -> None:
    await local.use_shortcut(KARI, NEW_ITEM)
    await until(lambda: any("submit" in view for stack in local.workspace.views.values() for view in stack))
    view = {**await local.modal(), "state": {"values": {}}}
    before = rows(tmp_path, *CHANGED)
    assert local.http
    sent = interactions.submission(local.workspace, local.workspace.users[user], view)
    outcome = await local.http.bring("interactive", sent)
    assert REFUSED in str(json.loads(outcome.body))
    assert rows(tmp_path, *CHANGED) == before
