"""The whole story, with `planvakt serve` as anybody runs it: from the installation to the day it is taken away.

Over HTTP it is installed by OAuth, in a browser; over Socket Mode with the two tokens of README's ten steps.

It is stopped and started again between the days, so that nothing may live in memory alone; each start looks at once
for what is due.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from docx import Document
from sqlalchemy import select

from bot.core import Bot
from bot.model import Item, Status
from handlers.bootstrap import Installation
from handlers.server import serve
from storage.database import Database, OrganisationStore
from storage.engine import address, make_engine
from storage.installation_tables import InstallationRow
from tests.ports import free_port
from tests.slack.conftest import settings_for, until
from tests.slack.local.clock import Clock
from tests.slack.local.people import KARI, OLA, PLANNING
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import BOT_USER, TEAM, Posted, User
from tests.slack.many import Many, settings_of_many

OSLO = ZoneInfo("Europe/Oslo")
DIRECT, LISA = "D0KARI", "U0LISA"
DAY, MEETING, MEASURE = "Fagdag psykisk helse", "Skoleledermøte", "Kartlegge lesing på 3. trinn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed(Installation):
    """An installation whose clock can be moved."""

    clock: Clock

    def now(self) -> datetime:
        return self.clock.now().astimezone(OSLO)


@dataclass(frozen=True)
class Town:
    """A workspace, and the Planvakt that serves it."""

    local: LocalSlack
    running: Timed
    way: str

    @property
    def store(self) -> OrganisationStore:
        """Where it is installed by OAuth, the workspace is an organisation of its own."""
        return self.running.database.of(TEAM if self.way == "http" else None)

    @asynccontextmanager
    async def served(self) -> AsyncIterator[None]:
        """Serve until left, and then stop as an operator stops it."""
        before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
        serving = asyncio.create_task(serve(self.running))
        try:
            await self._up(serving)
            yield
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
            await serving
            signal.signal(signal.SIGTERM, before)

    async def _up(self, serving: asyncio.Task[None]) -> None:
        here = f"http://127.0.0.1:{self.running.settings.port}"
        async with aiohttp.ClientSession() as session:
            for _ in range(1500):
                if serving.done():
                    await serving
                try:
                    async with session.get(f"{here}/readyz") as answer:
                        if answer.status == 200 and (self.way == "http" or self.local.socket.sockets):
                            break
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.02)
            else:
                raise AssertionError("Planvakt is not ready")
        if self.way == "http":
            self.local.deliver_to(f"{here}/slack/events")

    def move_to(self, at: datetime) -> None:
        self.local.clock.move(at.timestamp() - self.local.clock.seconds())

    def item(self, title: str) -> Item:
        (found,) = [one for one in self.store.plans.book().items if title in one.title]
        return found

    async def is_now(self, title: str, status: Status) -> None:
        await until(lambda: self.item(title).status is status)

    async def command(self, user: str, name: str, text: str = "") -> Posted:
        before = len(self.local.seen_by(user, PLANNING))
        assert (await self.local.command(user, PLANNING, name, text)).is_acknowledged
        return await self.local.answer(user, PLANNING, before + 1)

    async def press(self, user: str, shown: Posted, label: str) -> Posted:
        """Press a button, and wait for what is told of it."""
        before = len(self.local.seen_by(user, shown.channel))
        await self.local.press(user, shown, label)
        return await self.local.answer(user, shown.channel, before + 1)

    async def asked(self, user: str, text: str) -> Posted:
        """Mention the app in the channel; what it answers in the thread."""
        said = await self.local.say(user, PLANNING, f"<@{BOT_USER}> {text}")
        await until(lambda: bool(self.local.seen_by(user, PLANNING, said.ts)))
        return self.local.seen_by(user, PLANNING, said.ts)[0]

    def tokens(self) -> list[str]:
        """What is kept of the workspace's tokens."""
        engine = make_engine(address(self.running.settings.database_url))
        with engine.connect() as connection:
            kept = connection.execute(select(InstallationRow.token, InstallationRow.refresh_token)).all()
        engine.dispose()
        return [token for row in kept for token in row if token]

    @property
    def digests(self) -> list[Posted]:
        return [one for one in self.local.seen_by(OLA, PLANNING) if one.metadata]


@pytest.fixture(params=["http", "socket"])
def town(request: pytest.FixtureRequest, local: LocalSlack, tmp_path: Path) -> Iterator[Town]:
    local.workspace.add_user(User(LISA, "Lisa Larsen"))
    local.workspace.channels[PLANNING].members.add(LISA)
    administrators = (f"{TEAM}:{KARI}",) if request.param == "socket" else ()
    url = f"sqlite:///{tmp_path / 'plan.db'}"
    database = Database(url, administrators=administrators)
    others = {"port": free_port(), "log_level": "ERROR", "database_url": url}
    if request.param == "http":
        local.oauth.tokens.clear()  # nobody has installed us yet
        settings = settings_of_many(local, **others)
    else:
        settings = settings_for(local, "socket", **others)
    running = Timed(settings=settings, database=database, bot=Bot(database), clock=local.clock)
    yield Town(local, running, request.param)
    database.close()


def a_word_plan() -> bytes:
    """A plan as somebody wrote it: the weekday and the date of the first meeting disagree."""
    document = Document()
    document.add_heading("Handlingsplan for skolene i Storvik 2023/2024", 0)
    tables = (
        (
            ("Dato", "Samling", "Ansvarlig"),
            ("Onsdag 7. september", f"{DAY} <!channel>", "Programleiar"),
            ("Tirsdag 12. september", MEETING, "Rektor"),
        ),
        (("Tiltak", "Ansvarlig", "Frist"), (MEASURE, "Rektor", "22. september 2023")),
    )
    for rows in tables:
        document.add_heading(rows[0][1], 1)
        table = document.add_table(rows=0, cols=3)
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    content = BytesIO()
    document.save(content)
    return content.getvalue()


async def test_the_whole_story(town: Town) -> None:
    async with town.served():
        await _it_is_installed(town)
        await _a_plan_is_taken_in_and_settled(town)
        await _roles_are_linked_and_questions_answered(town)
    town.move_to(datetime(2023, 9, 4, 8, tzinfo=OSLO))
    async with town.served():
        await _the_digest_is_pressed(town)
    town.move_to(datetime(2023, 9, 8, 9, tzinfo=OSLO))
    async with town.served():
        await _who_has_the_responsibility_is_reminded(town)
        await _it_is_taken_away(town)
    town.move_to(datetime(2023, 9, 11, 8, tzinfo=OSLO))
    async with town.served():
        await town.local.say(KARI, PLANNING, f"<@{BOT_USER}> hva skjer?")
        await asyncio.sleep(0.5)
    assert len(town.digests) == 1


async def _it_is_installed(town: Town) -> None:
    if town.way == "http":
        many = Many(f"http://127.0.0.1:{town.running.settings.port}")
        assert "Planvakt er klar i Kommunen" in (await many.install(town.local)).text
        assert len(town.tokens()) == 2


async def _it_is_taken_away(town: Town) -> None:
    if town.way == "http":
        await town.local.uninstall()
        await until(lambda: town.tokens() == [])
    else:
        await town.command(KARI, "/ukebrev", "av")


async def _a_plan_is_taken_in_and_settled(town: Town) -> None:
    local = town.local
    await local.share(KARI, DIRECT, [local.files.upload(KARI, "plan.docx", a_word_plan())])
    shown = await local.answer(KARI, DIRECT)
    await until(lambda: bool(shown.buttons))  # before that it tells how far the file has come
    assert "Handlingsplan for skolene i Storvik" in shown.text
    assert town.store.plans.book().items == ()
    told = await town.press(KARI, shown, "Ta inn planen")
    assert "er tatt inn: 3 punkt" in told.text
    doubt = await town.command(KARI, "/plan", "sjekk")
    assert "er en torsdag" in doubt.text
    assert doubt.pings == []
    refused = await town.command(OLA, "/plan", f"avklar {town.item(DAY).key} torsdag 7. september 2023")
    assert "administratorer" in refused.text
    assert town.item(DAY).doubts
    assert "Alt er avklart." in (await town.press(KARI, doubt, "Torsdag 7. september 2023")).text
    assert (town.item(DAY).doubts, town.item(DAY).span.other) == ((), None)


async def _roles_are_linked_and_questions_answered(town: Town) -> None:
    assert "Ola Hansen" in (await town.command(KARI, "/rolle", "gi Programleiar <@U0OLA|ola>")).text
    assert "Lisa Larsen" in (await town.command(KARI, "/rolle", "gi Rektor <@U0LISA|lisa>")).text
    bokmaal = await town.asked(LISA, "Hva skjer neste uke?")
    assert bokmaal.text.startswith("Uke 36: man. 4.–søn. 10. september")
    assert f"Tors. 7. september: {DAY}" in bokmaal.text
    assert bokmaal.pings == []
    nynorsk = await town.asked(OLA, "Kven har ansvaret for skuleleiarmøtet?")
    assert "Rektor" in nynorsk.text
    assert (await town.asked(OLA, "Kva skjer neste veke?")).text.startswith("Veke 36: mån. 4.–sun. 10. september")
    await town.command(KARI, "/ukebrev", "her mandag 08.00")
    assert town.digests == []


async def _the_digest_is_pressed(town: Town) -> None:
    await until(lambda: bool(town.digests))
    (digest,) = town.digests
    before = digest.shown()
    assert DAY in before
    assert (digest.only_for, digest.pings) == (None, [])
    done = next(button["text"]["text"] for button in digest.buttons if "ferdig" in button["value"])
    refused = await town.press(LISA, digest, done)
    assert refused.only_for == LISA
    assert "Programleiar" in refused.text
    assert "Ola Hansen" in refused.text
    assert (town.item(DAY).status, digest.shown()) == (Status.OPEN, before)
    receipt = await town.press(OLA, digest, done)
    assert receipt.only_for == OLA
    await town.is_now(DAY, Status.DONE)
    await until(lambda: "ferdig" in digest.shown().lower().replace("ferdig?", "") and digest.shown() != before)
    after, edits = digest.shown(), digest.edits
    await town.local.press(OLA, receipt, "Angre")
    await town.is_now(DAY, Status.OPEN)
    await until(lambda: digest.edits > edits and digest.shown() != after)
    assert digest.shown() == before


async def _who_has_the_responsibility_is_reminded(town: Town) -> None:
    def reminders(user: str) -> list[Posted]:
        return [one for one in town.local.workspace.messages if one.channel == f"D{user[1:]}" and one.metadata]

    await until(lambda: bool(reminders(LISA)))
    (reminder,) = reminders(LISA)
    assert MEASURE in reminder.text
    assert "22. september" in reminder.text
    assert (reminders(KARI), reminders(OLA)) == ([], [])
    await town.local.press(LISA, reminder, f"Ferdig: {town.item(MEASURE).key}")
    await town.is_now(MEASURE, Status.DONE)
    history = town.store.history.of_item(town.item(MEASURE).id)
    assert ("Lisa Larsen", "status", "done") in {(line.by.name, line.field, line.after) for line in history}
