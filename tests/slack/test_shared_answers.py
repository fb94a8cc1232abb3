"""What people do by presses in one message is told there, and taken back one by one, by whichever process."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.core import Bot
from handlers.slack.blocks import Page, pages
from handlers.slack.shared_answers import Done, SharedAnswers
from storage.database import Database
from tests.slack.builders import DONE, a_reply
from tests.slack.conftest import serving, until
from tests.slack.databases import DATABASES
from tests.slack.local.clock import Clock
from tests.slack.local.people import KARI, PLANNING
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import BOT_USER
from tests.slack.planned import TITLE

PLACE = ("C1", "1.2")
(WHOLE,) = pages(a_reply("Fagdag", "Lesekurs", buttons=(DONE, DONE)))
ROW = WHOLE.blocks[-1].block_id or ""
FIRST, SECOND = (button.action_id for button in WHOLE.blocks[-1].elements)  # type: ignore[attr-defined]


def a_process(planned_database: Database, clock: Clock) -> SharedAnswers:
    return SharedAnswers("T1", lambda: planned_database.of(None).conversations, clock.now)


def done(number: int, button: str) -> Done:
    return Done(undo=f"/tiltak angre {number}", row=ROW, button=button, line=f"Kari: {number} er ferdig")


def buttons(page: Page) -> list[str]:
    return [
        one["action_id"] for block in page.blocks for one in block.to_dict().get("elements", ()) if "action_id" in one
    ]


async def test_each_is_taken_back_by_itself_by_whichever_process(planned_database: Database, clock: Clock) -> None:
    one, other = a_process(planned_database, clock), a_process(planned_database, clock)
    first = await one.done(PLACE, WHOLE, done(1, FIRST), "U1")
    both = await other.done(PLACE, first, done(2, SECOND), "U2")
    assert both.text.splitlines()[-2:] == ["Kari: 1 er ferdig", "Kari: 2 er ferdig"]
    assert buttons(both) == []
    assert await one.undone("/tiltak angre 3") is None
    place, left = await other.undone("/tiltak angre 1") or ((), WHOLE)
    assert (place, buttons(left)) == (PLACE, [FIRST])
    assert left.text == f"{WHOLE.text}\nKari: 2 er ferdig"
    assert await one.undone("/tiltak angre 1") is None
    _, whole = await one.undone("/tiltak angre 2") or ((), left)
    assert (whole.text, buttons(whole)) == (WHOLE.text, [FIRST, SECOND])


async def test_it_is_forgotten_after_a_day_and_nobody_elses(planned_database: Database, clock: Clock) -> None:
    shared = a_process(planned_database, clock)
    await shared.done(PLACE, WHOLE, done(1, FIRST), "U1")
    elsewhere = SharedAnswers("T2", lambda: planned_database.of(None).conversations, clock.now)
    assert await elsewhere.undone("/tiltak angre 1") is None
    clock.move(timedelta(hours=25).total_seconds())
    assert await shared.undone("/tiltak angre 1") is None


async def test_two_at_once_are_both_told(planned_database: Database, clock: Clock) -> None:
    shared = a_process(planned_database, clock)
    await asyncio.gather(*(shared.done(PLACE, WHOLE, done(number, FIRST + str(number)), "U1") for number in range(5)))
    place, page = await shared.undone("/tiltak angre 0") or ((), WHOLE)
    assert place == PLACE
    assert sorted(page.text.splitlines()[-4:]) == [f"Kari: {number} er ferdig" for number in range(1, 5)]


async def test_what_was_pressed_before_a_restart_is_as_it_was_when_it_is_taken_back(
    local: LocalSlack, planned_database: Database
) -> None:
    async with serving(local, Bot(planned_database), "http", DATABASES[local]):
        (key,) = (item.key for item in planned_database.of(None).plans.book().items if item.title == TITLE)
        await local.say(KARI, PLANNING, f"<@{BOT_USER}> /tiltak vis {key}")
        shown = await local.answer(KARI, PLANNING)
        before, seen = shown.text, len(local.seen_by(KARI, PLANNING))
        await local.press(KARI, shown, "Ferdig")
        await until(lambda: shown.text != before)
        receipt = await local.answer(KARI, PLANNING, seen + 1)
    async with serving(local, Bot(planned_database), "http", DATABASES[local]):
        await local.press(KARI, receipt, "Angre")
        await until(lambda: shown.text == before)
