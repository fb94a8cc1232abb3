"""The whole way with the real core over SQLite: asked in a channel, a role given, done, undone, and the digest."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.core import Bot
from bot.history import Author
from bot.messages import Message, Sender
from bot.model import Entry, Kind, Platform, Precision, ProposedPlan, Span, Status
from bot.proposals.revision import Revision
from handlers.slack.manifest import manifest
from storage.database import Database
from tests import deliveries
from tests.slack.conftest import Served, serving, until
from tests.slack.local.people import KARI, OLA, PLANNING
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import BOT_USER, Posted

ITEM = "Fagdag psykisk helse <!channel>"
DAY = date(2023, 9, 7)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = Database(f"sqlite:///{tmp_path / 'plan.db'}", administrators=("T0PLAN:U0KARI",))
    store = found.of(None)
    entry = Entry(
        kind=Kind.EVENT,
        title=ITEM,
        span=Span(start=DAY, end=DAY, precision=Precision.DAY, text="7. september"),
        responsible=("Programleiar",),
    )
    plan = ProposedPlan(
        title="Kompetanseplan for barnehagene",
        period_start=date(2023, 8, 1),
        period_end=date(2024, 7, 31),
        entries=(entry,),
    )
    owner = store.people.record(Sender(platform=Platform.COMMAND_LINE))
    author = Author(person=owner, platform=Platform.COMMAND_LINE, at=datetime(2023, 8, 1, tzinfo=ZoneInfo("UTC")))
    store.plans.take_in(plan, Revision(plan=None, added=plan.entries), author)
    yield found
    found.close()


@pytest.fixture(params=["http", "socket"])
async def served(request: pytest.FixtureRequest, local: LocalSlack, database: Database) -> AsyncIterator[Served]:
    async with serving(local, Bot(database), request.param) as found:
        yield found


def status(database: Database) -> Status:
    (item,) = database.of(None).plans.book().items
    return item.status


async def ask(local: LocalSlack, user: str, text: str) -> Posted:
    """Mention the app in the channel, and wait for what it answers."""
    before = len(local.seen_by(user, PLANNING))
    await local.say(user, PLANNING, f"<@{BOT_USER}> {text}")
    return await local.answer(user, PLANNING, before + 1)


async def command(local: LocalSlack, user: str, name: str, text: str) -> Posted:
    before = len(local.seen_by(user, PLANNING))
    assert (await local.command(user, PLANNING, name, text)).is_acknowledged
    return await local.answer(user, PLANNING, before + 1)


async def settled(posted: Posted, edits: int) -> None:
    await until(lambda: posted.edits >= edits)


async def test_from_a_question_to_done_and_back(served: Served, local: LocalSlack, database: Database) -> None:
    answer = await ask(local, OLA, "Hva skjer neste uke?")
    assert "Fagdag psykisk helse" in answer.text
    assert answer.pings == []

    refusal = await command(local, OLA, "/tiltak", "ferdig fagdag psykisk helse")
    assert "Programleiar" in refusal.text
    assert status(database) is Status.OPEN

    await command(local, KARI, "/rolle", "gi Programleiar <@U0OLA|ola>")
    (item,) = database.of(None).plans.book().items
    receipt = await command(local, OLA, "/tiltak", f"ferdig {item.key}")
    assert status(database) is Status.DONE

    await local.press(OLA, receipt, receipt.buttons[0]["text"]["text"])
    await settled(receipt, 1)
    assert status(database) is Status.OPEN
    history = [entry for entry in database.of(None).history.of_item(item.id) if entry.field == "status"]
    assert [(one.by.name, one.platform, one.after) for one in history] == [
        ("Ola Hansen", Platform.SLACK, "open"),
        ("Ola Hansen", Platform.SLACK, "done"),
    ]


async def test_the_digest_comes_on_monday_once_and_can_be_pressed(
    served: Served, local: LocalSlack, database: Database
) -> None:
    await command(local, KARI, "/ukebrev", "her mandag 08.00")
    schedule = deliveries.Sender(database, Bot(database), {Platform.SLACK: served.platform}, local.clock.now)
    before = len(local.seen_by(OLA, PLANNING))
    assert await schedule.post_due() == 0
    monday = datetime(2023, 9, 4, 8, 1, tzinfo=ZoneInfo("Europe/Oslo"))
    local.clock.move(monday.timestamp() - local.clock.seconds())
    assert [await schedule.post_due() for _ in range(2)] == [1, 0]
    digest = local.seen_by(OLA, PLANNING)[before]
    assert "Fagdag psykisk helse" in digest.text
    assert digest.pings == []
    assert digest.metadata
    done = next(button for button in digest.buttons if "ferdig" in button["value"])
    seen = len(local.seen_by(KARI, PLANNING))
    await local.press(KARI, digest, done["text"]["text"])
    await local.answer(KARI, PLANNING, seen + 1)
    assert status(database) is Status.DONE


async def test_a_plan_is_shown_to_an_administrator_and_taken_in_by_a_press_and_not_fetched_for_others(
    served: Served, local: LocalSlack, database: Database
) -> None:
    content = "Møteplan for skolene 2023/2024\n\n14. september: Foreldremøte\n".encode()
    await local.share(OLA, PLANNING, [local.files.upload(OLA, "plan.txt", content)], f"<@{BOT_USER}> les denne")
    assert "administratorer" in (await local.answer(OLA, PLANNING)).text
    assert local.files.asked == []
    await local.share(KARI, "D0KARI", [local.files.upload(KARI, "plan.txt", content)])
    shown = await local.answer(KARI, "D0KARI")
    await until(lambda: any(button["text"]["text"] == "Ta inn planen" for button in shown.buttons))
    assert "Møteplan for skolene" in shown.text
    assert titles(database) == ["Kompetanseplan for barnehagene"]
    await local.press(KARI, shown, "Ta inn planen")
    await until(lambda: "er tatt inn: 1 punkt" in local.seen_by(KARI, "D0KARI")[-1].text)
    assert titles(database) == ["Kompetanseplan for barnehagene", "Møteplan for skolene 2023/2024"]
    assert "Ta inn planen" not in [button["text"]["text"] for button in shown.buttons]


def titles(database: Database) -> list[str]:
    return [plan.title for plan in database.of(None).plans.book().plans]


def suggested() -> list[str]:
    """What the manifest suggests to ask."""
    agent = yaml.safe_load(manifest(None, socket_mode=False))["features"]["agent_view"]
    return [prompt["message"] for prompt in agent["suggested_prompts"]]


@pytest.mark.parametrize("asked", suggested())
def test_the_manifests_suggested_questions_are_answered(database: Database, asked: str) -> None:
    sender = Sender(platform=Platform.SLACK, account="T0PLAN:U0KARI", name="Kari Nordmann")
    now = datetime(2023, 8, 30, 9, 5, tzinfo=ZoneInfo("Europe/Oslo"))
    reply = Bot(database).reply(Message(text=asked, now=now, sender=sender))
    assert reply.intent not in ("out_of_scope", "smalltalk")
