"""Every press on a doubt, a document, a digest, a reminder or in the Home tab that comes twice happens once."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.core import Bot
from bot.history import Author
from bot.messages import Message, Sender
from bot.model import Doubt, Entry, Kind, Platform, Precision, ProposedPlan, Span
from bot.proposals.revision import Revision
from storage.database import Database
from tests import deliveries
from tests.slack.conftest import Served, serving, until
from tests.slack.databases import DATABASES
from tests.slack.local import interactions, payloads
from tests.slack.local.people import KARI, OLA, PLANNING
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import Posted, pressable
from tests.slack.planned import rows

OSLO = ZoneInfo("Europe/Oslo")
THURSDAY = date(2023, 9, 7)
MONDAY = datetime(2023, 9, 4, 8, 1, tzinfo=OSLO)
ACTS = tomllib.loads(Path(__file__).with_name("twice_shown.toml").read_text("utf-8"))["act"]
DOCUMENT = "Møteplan for skolene 2023/2024\n\n14. september: Foreldremøte\n".encode()
SAID = (
    "/rolle gi Rektor <@T0PLAN:U0KARI|Kari Nordmann>",
    "/rolle gi planeier <@T0PLAN:U0OLA|Ola Hansen>",
    "/ukebrev her mandag 08.00",
)
# The plan is taken in as the first, and the rest is said.
LAST_STEP_BEFORE = 1 + len(SAID)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Two doubts, a day of the week to come, and a measure that is soon due."""
    found = Database(f"sqlite:///{tmp_path / 'plan.db'}", administrators=("T0PLAN:U0KARI",))
    due = Span(start=THURSDAY, end=THURSDAY, precision=Precision.DAY, text="7. september")
    doubtful = replace(due, text="Onsdag 7. september", other=THURSDAY - timedelta(days=1))
    entries = (
        *(Entry(kind=Kind.EVENT, title=f"Fagdag {n}", span=doubtful, doubts=(Doubt.WEEKDAY_MISMATCH,)) for n in "12"),
        Entry(kind=Kind.MEASURE, title="Lesekurs", span=due, responsible=("Rektor",)),
    )
    plan = ProposedPlan(title="Plan", period_start=date(2023, 8, 1), period_end=date(2024, 7, 31), entries=entries)
    store = found.of(None)
    owner = store.people.record(Sender(platform=Platform.COMMAND_LINE))
    author = Author(person=owner, platform=Platform.COMMAND_LINE, at=datetime(2023, 8, 1, tzinfo=OSLO))
    store.plans.take_in(plan, Revision(plan=None, added=entries), author)
    yield found
    found.close()


@pytest.fixture(params=["http", "socket"])
async def served(request: pytest.FixtureRequest, local: LocalSlack, database: Database) -> AsyncIterator[Served]:
    for text in SAID:
        assert Bot(database).reply(a_message(local, text)).changes
    async with serving(local, Bot(database), request.param) as found:
        yield found


def a_message(local: LocalSlack, text: str) -> Message:
    kari = Sender(platform=Platform.SLACK, account="T0PLAN:U0KARI", name="Kari Nordmann")
    return Message(text=text, now=local.clock.now(), sender=kari, channel=f"T0PLAN:{PLANNING}")


async def said(local: LocalSlack, text: str) -> Posted:
    """A command of Kari's, and its answer."""
    before = len(local.seen_by(KARI, PLANNING))
    command, _, rest = text.partition(" ")
    assert (await local.command(KARI, PLANNING, command, rest)).is_acknowledged
    return await local.answer(KARI, PLANNING, before + 1)


async def doubt(served: Served, database: Database) -> Posted:
    return await said(served.slack, "/plan sjekk")


async def document(served: Served, database: Database) -> Posted:
    """The preview of a file, in the channel where all see it."""
    local = served.slack
    file = local.files.upload(KARI, "plan.txt", DOCUMENT)
    await local.share(KARI, PLANNING, [file], "<@U0BOT> her er planen")
    await until(lambda: any(one.text and "Foreldremøte" in one.text for one in local.seen_by(OLA, PLANNING)))
    return local.seen_by(OLA, PLANNING)[-1]


async def digest(served: Served, database: Database) -> Posted:
    schedule = _schedule(served, database)
    assert await schedule.post_due() == 1
    return next(one for one in served.slack.seen_by(OLA, PLANNING) if one.metadata)


async def reminder(served: Served, database: Database) -> Posted:
    assert await _schedule(served, database).remind_due() == 1
    return next(one for one in served.slack.seen_by(KARI, "D0KARI") if one.metadata)


def _schedule(served: Served, database: Database) -> deliveries.Sender:
    served.slack.clock.move(MONDAY.timestamp() - served.slack.clock.seconds())
    return deliveries.Sender(database, Bot(database), {Platform.SLACK: served.platform}, served.slack.clock.now)


async def home(served: Served, database: Database) -> dict[str, Any]:
    assert (await served.slack.open_home(KARI)).is_acknowledged
    await until(lambda: KARI in served.slack.workspace.homes)
    return served.slack.workspace.homes[KARI]


SHOWN = {"doubt": doubt, "document": document, "digest": digest, "reminder": reminder, "home": home}


def press(local: LocalSlack, user: str, shown: Posted | dict[str, Any], label: str) -> dict[str, Any]:
    """What Slack sends of one press."""
    who = local.workspace.users[user]
    elements = shown.buttons if isinstance(shown, Posted) else pressable(shown["blocks"])
    button = next(one for one in elements if one["type"] == "button" and one["text"]["text"].startswith(label))
    if isinstance(shown, Posted):
        url = local.response_url(shown.channel, user, shown)
        return interactions.press(local.workspace, who, shown, button, url)
    return payloads.home_press(local.workspace, who, shown, button)


async def bring(local: LocalSlack, told: dict[str, Any], number: int = 0) -> None:
    way = local.http or local.socket
    assert (await way.bring("interactive", told, number, "http_timeout")).is_acknowledged


async def worked_on(local: LocalSlack, deliveries: int) -> None:
    """Wait until so many more deliveries than before are done, and nothing is left to do."""
    await until(lambda: _states(local).count("done") >= deliveries and set(_states(local)) <= {"done"})


def _states(local: LocalSlack) -> list[str]:
    folder = Path(DATABASES[local].place).parent
    return [str(row[8]) for row in rows(folder, "inbox", file="inbox.db")["inbox"]]


@pytest.mark.parametrize("act", [pytest.param(act, id=act["name"]) for act in ACTS])
async def test_pressed_twice_and_sent_again_it_happens_once(
    served: Served, local: LocalSlack, database: Database, tmp_path: Path, act: dict[str, Any]
) -> None:
    await pressed(served, database, act, (KARI, KARI))
    happened_once(tmp_path, act)


@pytest.mark.parametrize("served", ["http"], indirect=True)
@pytest.mark.parametrize("act", [pytest.param(a, id=a["name"]) for a in ACTS if a["on"] in ("document", "digest")])
async def test_pressed_by_two_people_at_once_it_happens_once(
    served: Served, local: LocalSlack, database: Database, tmp_path: Path, act: dict[str, Any]
) -> None:
    await pressed(served, database, act, (KARI, OLA))
    happened_once(tmp_path, act)


async def pressed(served: Served, database: Database, act: dict[str, Any], users: tuple[str, str]) -> None:
    """Press twice at one moment, and bring both presses again, as Slack does where it has got no answer."""
    local = served.slack
    shown = await SHOWN[act["on"]](served, database)
    await worked_on(local, 0)
    done = len(_states(local))
    both = [press(local, user, shown, act["presses"]) for user in users]
    for number in range(2):
        await asyncio.gather(*(bring(local, told, number) for told in both))
    await worked_on(local, done + 2)
    assert len(_states(local)) == done + 2


def happened_once(folder: Path, act: dict[str, Any]) -> None:
    """One step changed it, and no field of it twice."""
    table = rows(folder, "history")["history"]
    added = [(row[2], row[8]) for row in table if row[2] > LAST_STEP_BEFORE]
    if "is_kept" in act or "gone" in act:
        assert added == []
        assert "gone" not in act or rows(folder, act["gone"])[act["gone"]] == []
        return
    assert len({step for step, _ in added}) == 1, added
    assert "field" not in act or [field for _, field in added].count(act["field"]) == 1, added
