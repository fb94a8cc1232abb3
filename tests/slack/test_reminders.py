"""Reminders over the local Slack: one message a person and day, alone to them, and what its buttons do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core import Bot
from bot.delivery import Sending, State
from bot.history import Author
from bot.messages import Sender
from bot.model import Entry, Kind, Platform, Precision, ProposedPlan, Span, Status
from bot.proposals.revision import Revision
from storage.database import Database, OrganisationStore
from tests import deliveries
from tests.slack.conftest import Served, serving, until
from tests.slack.local.api import Fault
from tests.slack.local.people import GUEST, KARI, OLA, PLANNING, STRANGER
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import Posted

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2023, 8, 30, 9, 5, tzinfo=OSLO)
DIRECT = {user: f"D{user[1:]}" for user in (KARI, OLA, GUEST, STRANGER)}
SYSTEM = Sender(platform=Platform.COMMAND_LINE)


def a_measure(number: int) -> Entry:
    last = date(2023, 9, 2)
    span = Span(end=last, precision=Precision.DAY, text="innen 2. september")
    return Entry(kind=Kind.MEASURE, title=f"Tiltak {number} <!channel>", span=span, responsible=("Rektor",))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = Database(f"sqlite:///{tmp_path / 'plan.db'}")
    store = found.of(None)
    entries = tuple(map(a_measure, range(7)))
    plan = ProposedPlan(title="Plan", period_start=date(2023, 8, 1), period_end=date(2024, 7, 31), entries=entries)
    author = Author(person=store.people.record(SYSTEM), platform=Platform.COMMAND_LINE, at=NOW)
    store.plans.take_in(plan, Revision(plan=None, added=entries), author)
    yield found
    found.close()


def give(store: OrganisationStore, *users: str) -> None:
    author = Author(person=store.people.record(SYSTEM), platform=Platform.COMMAND_LINE, at=NOW)
    for user in users:
        person = store.people.record(Sender(platform=Platform.SLACK, account=f"T0PLAN:{user}", name=user))
        store.people.give_role("Rektor", None, person, author)


def schedule_of(database: Database, served: Served, now: datetime = NOW) -> deliveries.Sender:
    return deliveries.Sender(database, Bot(database), {Platform.SLACK: served.platform}, lambda: now)


def sent_to(local: LocalSlack, user: str) -> list[Posted]:
    return [one for one in local.workspace.messages if one.channel == DIRECT[user] and one.metadata]


async def test_a_reminder_comes_once_to_each_alone_and_to_no_guest_or_stranger(
    local: LocalSlack, database: Database
) -> None:
    give(database.of(None), KARI, OLA, GUEST, STRANGER)
    async with serving(local, Bot(database), "socket") as served:
        schedule = schedule_of(database, served)
        assert await schedule.remind_due() == 2
        assert await schedule.remind_due() == 0
    assert [len(sent_to(local, user)) for user in DIRECT] == [1, 1, 0, 0]
    (found,) = sent_to(local, KARI)
    assert found.metadata is not None
    assert found.metadata["event_payload"]["id"].startswith("reminder-")
    assert "Rektor" in found.shown().splitlines()[0]
    assert found.text.count("innen 2. september") == 7
    assert found.pings == []
    assert [one["value"] for one in found.buttons][-1] == "/tiltak påminnelser av"
    assert len(found.buttons) == 3 * 5 + 1


async def test_two_processes_at_once_send_one(local: LocalSlack, database: Database, tmp_path: Path) -> None:
    give(database.of(None), KARI)
    other = Database(f"sqlite:///{tmp_path / 'plan.db'}")
    async with serving(local, Bot(database), "socket") as served:
        both = schedule_of(database, served), schedule_of(other, served)
        await asyncio.gather(*(one.remind_due() for one in (*both, *both)))
    assert database.ledger.counts() == {(Sending.REMINDER, State.POSTED): 1}
    assert len(sent_to(local, KARI)) == 1
    other.close()


@pytest.mark.parametrize("method", ["conversations.open", "chat.postMessage"])
async def test_one_persons_fault_stops_no_other_and_is_not_tried_again(
    local: LocalSlack, database: Database, method: str
) -> None:
    give(database.of(None), KARI, OLA)
    local.api.faults.append(Fault(method, status=502, times=1))
    async with serving(local, Bot(database), "socket") as served:
        assert await schedule_of(database, served).remind_due() == 1
        assert await schedule_of(database, served).remind_due() == 0
    assert len(sent_to(local, KARI)) + len(sent_to(local, OLA)) == 1


async def test_what_may_stand_there_is_never_sent_again(local: LocalSlack, database: Database) -> None:
    give(database.of(None), KARI)
    local.api.faults.append(Fault("chat.postMessage", breaks=True, done=True, times=1))
    async with serving(local, Bot(database), "socket") as served:
        assert await schedule_of(database, served).remind_due() == 0
        assert await schedule_of(database, served).remind_due() == 0
    assert len(sent_to(local, KARI)) == 1


async def test_its_buttons_mark_put_off_and_turn_off(local: LocalSlack, database: Database) -> None:
    store = database.of(None)
    give(store, KARI)
    async with serving(local, Bot(database), "socket") as served:
        await schedule_of(database, served).remind_due()
        (found,) = sent_to(local, KARI)
        one, two, three = (item.key for item in store.plans.book().items[:3])
        await local.press(KARI, found, f"Ferdig: {one}")
        await until(lambda: store.plans.book().items[0].status is Status.DONE)
        await local.press(KARI, found, f"Senere: {two}")
        await until(lambda: len(store.reminders.known().quiet) == 1)
        await local.press(KARI, found, f"Ikke mitt: {three}")
        await until(lambda: len(store.reminders.known().quiet) == 2)
        await local.press(KARI, found, "Slå av påminnelser")
        await until(lambda: bool(store.reminders.known().off))
        tomorrow = datetime(2023, 9, 4, 9, tzinfo=OSLO)
        assert await schedule_of(database, served, tomorrow).remind_due() == 0
    assert [quiet.until for quiet in store.reminders.known().quiet] == [date(2023, 9, 6), None]
    assert local.seen_by(OLA, PLANNING) == []
