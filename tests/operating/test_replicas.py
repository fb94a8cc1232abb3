"""Two processes on one PostgreSQL: one conversation goes on in whichever hears it, and what they log and count."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from bot.history import Author
from bot.messages import Sender
from bot.model import Entry, Kind, Platform, Precision, ProposedPlan, Span
from bot.proposals.revision import Revision
from storage.database import Database
from tests.operating.replicas import Replica, ready, start
from tests.postgres import Server
from tests.slack.conftest import PATIENCE, until
from tests.slack.local import workspace as names
from tests.slack.local.clock import Clock
from tests.slack.local.people import KARI, PLANNING, populate
from tests.slack.local.server import LocalSlack
from tests.slack.local.views import shown
from tests.slack.local.workspace import Posted

pytestmark = pytest.mark.asyncio(loop_scope="module")

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime.now(OSLO)
DIRECT = "D0KARI"
# Neither what is written nor what is answered may stand in a log.
TITLE, WORD = "Hemmeligheim fagdag", "Flaggermus"


@dataclass(frozen=True)
class Both:
    """Two replicas and the Slack that they serve."""

    slack: LocalSlack
    one: Replica
    other: Replica
    database: Database

    def through(self, replica: Replica) -> LocalSlack:
        """What happens next reaches this replica."""
        self.slack.deliver_to(f"{replica.url}/slack/events")
        return self.slack

    async def told(self, replica: Replica, command: str, text: str) -> Posted:
        """A slash command of Kari's in the channel, and its answer."""
        before = len(self.slack.seen_by(KARI, PLANNING))
        assert (await self.through(replica).command(KARI, PLANNING, command, text)).is_acknowledged
        return await self.slack.answer(KARI, PLANNING, before + 1, seconds=30)

    async def asked(self, replica: Replica, text: str) -> Posted:
        """A direct message of Kari's, and its answer."""
        before = len(self.slack.seen_by(KARI, DIRECT))
        await self.through(replica).say(KARI, DIRECT, text)
        return await self.slack.answer(KARI, DIRECT, before + 1, seconds=30)


def plan_in(database: Database) -> None:
    """A plan of this year, with a day in three weeks and a measure."""
    day = (NOW + timedelta(days=21)).date()
    span = Span(start=day, end=day, precision=Precision.DAY, text=f"{day:%d.%m.%Y}")
    entries = (
        Entry(kind=Kind.EVENT, title=TITLE, span=span, responsible=("Rektor",)),
        Entry(kind=Kind.MEASURE, title="Lesekurs", responsible=("Rektor",)),
    )
    around = {"period_start": NOW.date() - timedelta(days=90), "period_end": NOW.date() + timedelta(days=200)}
    plan = ProposedPlan(title="Plan for skolene", entries=entries, **around)
    store = database.of(None)
    owner = store.people.record(Sender(platform=Platform.COMMAND_LINE))
    author = Author(person=owner, platform=Platform.COMMAND_LINE, at=NOW)
    store.plans.take_in(plan, Revision(plan=None, added=plan.entries), author)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def both(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Both]:
    with postgres.database() as name:
        database = Database(postgres.url(name))
        database.bring_up_to_date()
        plan_in(database)
        # The processes have the machine's clock, and what is signed five minutes earlier is refused.
        slack = LocalSlack(Clock(datetime.now(OSLO)), PATIENCE)
        populate(slack.workspace)
        await slack.start()
        folder: Path = tmp_path_factory.mktemp("replicas")
        one, other = (start(folder, slack, postgres.url(name)) for _ in range(2))
        try:
            await asyncio.gather(ready(one), ready(other))
            yield Both(slack, one, other, database)
        finally:
            for each in (one, other):
                each.process.kill()
                each.process.wait()
            await slack.stop()
            database.close()


async def test_a_conversation_goes_on_in_the_other_process(both: Both) -> None:
    first = await both.asked(both.one, "når er hemmeligheim fagdag?")
    assert TITLE in first.text
    assert "Rektor" in (await both.asked(both.other, "hvem har ansvaret for det?")).text


async def test_what_one_process_marks_the_other_shows_and_takes_back(both: Both) -> None:
    receipt = await both.told(both.one, "/tiltak", "ferdig lesekurs")
    assert "Lesekurs" not in (await both.told(both.other, "/plan", "hvilke tiltak er åpne?")).text
    assert (await both.through(both.other).press(KARI, receipt, "Angre")).is_acknowledged
    await until(lambda: receipt.edits > 0)
    assert "Lesekurs" in (await both.told(both.one, "/plan", "hvilke tiltak er åpne?")).text


async def test_a_form_opened_by_one_process_is_filled_in_through_the_other(both: Both) -> None:
    item = await both.told(both.one, "/tiltak", "vis fagdag")
    assert (await both.through(both.one).press(KARI, item, "Flytt")).is_acknowledged
    view = await both.slack.modal()
    assert TITLE in shown(view)
    before = len(both.slack.seen_by(KARI, PLANNING))
    assert await both.through(both.other).submit(KARI, view, {"when": "en uke senere"}) == {}
    assert "er flyttet" in (await both.slack.answer(KARI, PLANNING, before + 1, seconds=30)).text


async def test_both_are_ready_and_give_each_request_an_id(both: Both) -> None:
    assert both.one.get("/healthz")[:2] == (200, "ok")
    status, body, headers = both.one.get("/readyz", **{"X-Request-Id": "proxy-0001"})
    assert (status, body, headers["x-request-id"]) == (200, "ok", "proxy-0001")
    assert len(both.other.get("/healthz", **{"X-Request-Id": "a b\tc"})[2]["x-request-id"]) == 16


async def test_metrics_count_what_was_asked_and_called_and_name_nobody(both: Both) -> None:
    await both.asked(both.other, "hva skjer neste uke?")
    found = both.other.measured()
    assert found['planvakt_questions_total{intent="events_in_span",outcome="answered"}'] >= 1
    assert found['planvakt_slack_calls_total{method="chat.postMessage",outcome="ok"}'] >= 1
    assert found["planvakt_answer_seconds_count"] >= 1
    assert found['planvakt_deliveries_total{kind="message",outcome="done"}'] >= 1
    assert found["planvakt_database_up"] == 1
    assert found["planvakt_inbox_dead_letters"] == 0
    assert found['planvakt_database_connections{state="most"}'] == 20
    labels = {name.partition("=")[0] for each in found for name in each.partition("{")[2].rstrip("}").split(",")}
    assert labels <= {"", "intent", "outcome", "kind", "method", "state", "le"}


async def test_nothing_that_was_said_nor_a_secret_stands_in_the_log(both: Both) -> None:
    feed = await both.told(both.one, "/plan", "kalender")
    address = next(word for word in feed.text.split() if "/kalender/" in word)
    path = "/kalender/" + address.partition("/kalender/")[2]
    assert both.one.get(path)[0] == 200
    assert both.one.get(path.replace("kalender", "kal%65nder"))[0] == 200
    secret = path.removesuffix(".ics").partition("-")[2]
    for replica in (both.one, both.other):
        written = replica.log.read_text("utf-8")
        for kept in (secret, TITLE, WORD, WORD.lower(), names.BOT_TOKEN, names.SECRET, "Rektor", "ferdig"):
            assert kept not in written, kept
    lines = both.one.lines()
    assert "GET /kalender/….ics 200" in " ".join(line["message"] for line in lines)
    requests = [line for line in lines if line["logger"] == "planvakt.http"]
    assert all({"time", "level", "message", "request"} <= line.keys() for line in requests)
    assert {"planvakt.slack", "uvicorn.error"} <= {line["logger"] for line in lines}


async def test_a_process_that_is_told_to_stop_ends_well(both: Both) -> None:
    assert await asyncio.to_thread(both.other.stop) in (0, -15)
    assert "Traceback" not in both.other.log.read_text("utf-8")
