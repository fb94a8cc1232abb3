"""Planvakt served to a local Slack over the network, by both of Slack's ways."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import pytest
import uvicorn
from starlette.applications import Starlette

from bot.forms import Form
from bot.messages import FormName, Message, Reply
from bot.model import Language, ProposedPlan
from bot.understanding.language import language_of
from handlers.platform import Answers, ChatPlatform
from handlers.settings import Settings
from handlers.slack.serving import USUAL, Waits, slack
from storage.database import Database
from storage.inbox import Inbox
from tests.slack.builders import a_preview
from tests.slack.databases import DATABASES
from tests.slack.local import workspace as names
from tests.slack.local.clock import Clock
from tests.slack.local.control import ControlledSlack
from tests.slack.local.people import populate
from tests.slack.local.server import LocalSlack
from tests.slack.planned import planned

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
OSLO = ZoneInfo("Europe/Oslo")
# Slack gives three seconds. How long it takes is for the bench; here the machine may be busy, and what is acknowledged
# only when its work is done is not acknowledged in half a minute either.
PATIENCE = 30.0
START = datetime(2023, 8, 30, 9, 5, tzinfo=OSLO)


class Scripted:
    """A core that answers by a function, and keeps what it has heard, and been given to read in."""

    def __init__(self, answer: Callable[[Message], Reply], refusal: Reply | None = None) -> None:
        self.heard: list[Message] = []
        self.given: list[tuple[Message, ProposedPlan]] = []
        self._answer = answer
        self._refusal = refusal

    def reply(self, message: Message) -> Reply:
        self.heard.append(message)
        return self._answer(message)

    def form(self, message: Message, name: FormName, key: str) -> Form | Reply:
        self.heard.append(message)
        return self._answer(message)

    def language(self, message: Message) -> Language:
        return language_of(message.text)

    def suggestions(self, message: Message) -> tuple[str, ...]:
        self.heard.append(message)
        return tuple(button.says for button in self._answer(message).buttons)

    def card(self, message: Message, key: str) -> Reply | None:
        return self._answer(message)

    def refusal_to_read_in(self, message: Message) -> Reply | None:
        return self._refusal

    def read_in(self, message: Message, proposed: ProposedPlan) -> Reply:
        self.given.append((message, proposed))
        return a_preview(proposed)


@dataclass(frozen=True)
class Served:
    """A running Planvakt and the Slack that it serves."""

    slack: LocalSlack
    platform: ChatPlatform
    url: str


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of whoever runs the tests knows no way to the local Slack."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


@pytest.fixture(name="slack")
async def _controlled(clock: Clock) -> AsyncIterator[ControlledSlack]:
    found = ControlledSlack(clock)
    await found.start()
    yield found
    await found.stop()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as found:
        yield found


@pytest.fixture
def served_from(tmp_path: Path, sqlite_template: Path) -> Iterator[Database]:
    """A database that Slack is served from."""
    shutil.copy(sqlite_template, tmp_path / "inbox.db")
    database = Database(f"sqlite:///{tmp_path / 'inbox.db'}")
    yield database
    database.close()


@pytest.fixture
def planned_database(tmp_path: Path) -> Iterator[Database]:
    """A database with a plan in it, for who goes all the way with the real core."""
    found = planned(tmp_path)
    yield found
    found.close()


@pytest.fixture
def inbox(served_from: Database) -> Inbox:
    return served_from.inbox


@pytest.fixture
async def local(clock: Clock, served_from: Database) -> AsyncIterator[LocalSlack]:
    found = LocalSlack(clock, PATIENCE)
    DATABASES[found] = served_from
    populate(found.workspace)
    await found.start()
    yield found
    await found.stop()


def settings_for(local: LocalSlack, way: str, **others: object) -> Settings:
    ways = {"http": {"slack_signing_secret": names.SECRET}, "socket": {"slack_app_token": names.APP_TOKEN}}
    chosen = {
        "slack_bot_token": names.BOT_TOKEN,
        "slack_api_url": local.api_url,
        "slack_files_url": local.files.root,
        **ways[way],
        **others,
    }
    return Settings.model_validate(chosen)


@asynccontextmanager
async def serving(
    local: LocalSlack, bot: Answers, way: str, database: Database | None = None, waits: Waits = USUAL
) -> AsyncIterator[Served]:
    """Serve the local Slack until left, by HTTP on a free port or by its socket, with a database or one of its own."""
    async with slack(settings_for(local, way), bot, local.clock.now, database or DATABASES[local], waits) as served:
        if way == "socket":
            yield Served(local, served.platform, "")
            return
        async with listening(Starlette(routes=list(served.routes))) as address:
            local.deliver_to(f"{address}/slack/events")
            yield Served(local, served.platform, f"{address}/slack/events")


@asynccontextmanager
async def listening(app: Starlette) -> AsyncIterator[str]:
    """Serve an app on a free port of this machine; its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, lifespan="off", ws="none", log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    await until(lambda: server.started)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    await task
    listener.close()


async def all_done(local: LocalSlack) -> None:
    """Wait until nothing that was delivered is waited for any more: what is not there by then does not come."""
    database = DATABASES[local]
    await until(lambda: database.figures(local.clock.now()).waiting == 0)


async def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something is so."""
    for _ in range(int(seconds / 0.01)):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never was so")
