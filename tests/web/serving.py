"""The chat page as the tests meet it: the real app on a real SQLite database, at a moment that stands still."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import uvicorn
from starlette.applications import Starlette

from bot.core import Bot
from handlers.web.app import chat_page
from handlers.web.examples import load_examples
from storage.database import Database, OrganisationStore

NOW = datetime(2026, 9, 2, 9, 5, tzinfo=ZoneInfo("Europe/Oslo"))
PORT = 8765


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """The app and what lies behind it."""

    app: Starlette
    store: OrganisationStore
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def person(self, name: str) -> str:
        """Return the number that the page knows somebody by."""
        (found,) = self.store.people.named(name)
        return str(found.id)


@contextmanager
def demo(folder: Path, port: int = PORT, now: datetime = NOW) -> Iterator[Demo]:
    """The demo with its example plans, but nothing that listens."""
    database = Database(f"sqlite:///{folder}/demo.db", web_administrator=True)
    try:
        store = database.of(None)
        load_examples(store, now)
        yield Demo(app=chat_page(Bot(database), database, lambda: now, port), store=store, port=port)
    finally:
        database.close()


@contextmanager
def served(folder: Path, now: datetime = NOW) -> Iterator[Demo]:
    """The demo on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as listening, demo(folder, listening.getsockname()[1], now) as found:
        server = uvicorn.Server(uvicorn.Config(found.app, log_level="critical", access_log=False))
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        running.start()
        try:
            while not server.started:
                time.sleep(0.02)
            yield found
        finally:
            server.should_exit = True
            running.join(timeout=60)
