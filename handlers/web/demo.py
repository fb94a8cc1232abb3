"""`planvakt demo`: the chat page with example plans, on this machine, in a database that goes when it ends."""

from __future__ import annotations

import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import uvicorn
from starlette.applications import Starlette

from bot.core import Bot
from bot.errors import BadSetting
from handlers.garbage import look_at_what_is_new
from handlers.web.app import chat_page
from handlers.web.examples import load_examples
from handlers.web.wording import served_at
from storage.database import Database

HOST = "127.0.0.1"


def serve_demo(*, port: int, open_browser: bool, zone: ZoneInfo) -> None:
    """Serve the chat page on 127.0.0.1 until it is stopped. Raises BadSetting where the port is taken."""
    with _taken(port) as listening, _page(port, zone) as app:
        address = f"http://{HOST}:{port}/"
        sys.stdout.write(f"{served_at(address)}\n")
        sys.stdout.flush()
        if open_browser:
            # In a thread of its own: a browser in the terminal answers only when it is closed.
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        config = uvicorn.Config(app, ws="none", access_log=False, log_level="warning", server_header=False)
        look_at_what_is_new()
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])


@contextmanager
def _taken(port: int) -> Iterator[socket.socket]:
    """Take the port before anything else is done."""
    try:
        listening = socket.create_server((HOST, port))
    except (OSError, OverflowError):
        raise BadSetting("port_taken", port=port) from None
    with listening:
        yield listening


@contextmanager
def _page(port: int, zone: ZoneInfo) -> Iterator[Starlette]:
    """Build the page on a database of its own, with the example plans of today."""

    def now() -> datetime:
        return datetime.now(zone)

    # Being told to stop ends the demo like Ctrl+C, so that its database goes too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with TemporaryDirectory(prefix="planvakt-demo-") as folder:
        database = Database(f"sqlite:///{folder}/demo.db", web_administrator=True)
        try:
            load_examples(database.of(None), now())
            yield chat_page(Bot(database), database, now, port)
        finally:
            database.close()
