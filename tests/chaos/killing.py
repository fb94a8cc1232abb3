"""Some processes deliver to a local Slack, and are killed at random until all has come."""

from __future__ import annotations

import asyncio
import multiprocessing
import multiprocessing.context
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.delivery import OPEN
from bot.digest import Subscription
from bot.history import Author
from bot.messages import Sender
from bot.model import Platform
from handlers.delivering.timing import Timing
from storage.database import Database
from tests.chaos.replica import SHORT, deliver
from tests.slack.local import workspace as names
from tests.slack.local.api import Api
from tests.slack.local.clock import Clock
from tests.slack.local.limits import Limits
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import Channel, User

FORKS = multiprocessing.get_context("forkserver")
Running = multiprocessing.context.ForkServerProcess
# Longer than a process may be away before others take it for dead.
FROZEN_SECONDS = 8.0
SCOPES = {"channels:history", "groups:history"}


class NoLimits(Limits):
    """It is not the limits that are tried here."""

    def call(self, method: str) -> None:
        """Any number."""

    def post(self, channel: str) -> None:
        """Any number."""


@dataclass
class SlowApi(Api):
    """Takes its time before a message stands there, and before it is said that it does."""

    slow: float = 0.0

    async def call(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["method"] != "chat.postMessage":
            return await super().call(request)
        await request.read()  # what is under way comes there though whoever sent it is dead
        await asyncio.sleep(self.slow / 2)
        answer = await super().call(request)
        await asyncio.sleep(self.slow)
        return answer


@dataclass(frozen=True, kw_only=True)
class Plot:
    """What is done to them: `kills` is how many times one is killed, each after as many messages.

    With `frozen` they are stopped for longer than they may be away, and woken, instead of killed. What Slack takes
    long over is more often under way when one is killed.
    """

    deliveries: int
    kills: int
    replicas: int = 1
    needless: bool = False
    frozen: bool = False
    slow: float = 0.15
    patience: float = 300.0


@dataclass(kw_only=True)
class Count:
    """What became of them."""

    posted: int
    lost: int
    doubled: int
    kills: int
    seconds: float
    states: Mapping[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        return (
            f"{self.posted} posted, {self.lost} lost, {self.doubled} doubled, {self.kills} kills,"
            f" {self.seconds:.0f} s; {dict(self.states)}"
        )


async def killed(url: str, plot: Plot) -> Count:
    """Deliver, kill and count."""
    slack = LocalSlack(Clock(datetime.now(UTC)))
    slack.workspace.limits = NoLimits(slack.clock)
    slack.workspace.scopes |= SCOPES
    slack.api = SlowApi(slack.oauth, [slack.workspace], slow=plot.slow)
    await slack.start()
    prepare(url, slack, plot.deliveries)
    running = [start(url, slack, needless=plot.needless) for _ in range(plot.replicas)]
    began, kills = time.monotonic(), 0
    try:
        while time.monotonic() - began < plot.patience:
            await asyncio.sleep(0.05)
            called = len(slack.api.called("chat.postMessage"))
            if kills < plot.kills and called >= (kills + 1) * plot.deliveries / (plot.kills + 1):
                chosen = random.randrange(len(running))
                running[chosen] = await _hit(running[chosen], url, slack, plot)
                kills += 1
            if kills == plot.kills and await asyncio.to_thread(is_over, url, plot.deliveries):
                break
    finally:
        for process in running:
            with_signal(process, signal.SIGTERM)
        await asyncio.gather(*(asyncio.to_thread(process.join, 30) for process in running))
        for process in running:
            with_signal(process, signal.SIGKILL)
        await slack.stop()
    return count(url, slack, plot, kills, time.monotonic() - began)


async def _hit(process: Running, url: str, slack: LocalSlack, plot: Plot) -> Running:
    if plot.frozen:
        with_signal(process, signal.SIGSTOP)
        await asyncio.sleep(FROZEN_SECONDS)
        with_signal(process, signal.SIGCONT)
        return process
    with_signal(process, signal.SIGKILL)
    await asyncio.to_thread(process.join)
    return start(url, slack, needless=plot.needless)


def with_signal(process: Running, what: signal.Signals) -> None:
    if process.pid is not None and process.is_alive():
        os.kill(process.pid, what)


def start(url: str, slack: LocalSlack, *, needless: bool = False, timing: Timing = SHORT) -> Running:
    """A process of its own, forked from one that has all modules loaded: else a kill would mostly hit a start."""
    FORKS.set_forkserver_preload(["tests.chaos.replica"])
    process = FORKS.Process(target=deliver, args=(url, slack.api_url, needless, timing))
    process.start()
    return process


def prepare(url: str, slack: LocalSlack, deliveries: int, *, own: bool = False) -> None:
    """So many channels that each get a digest a minute ago; or so many people who get their `own`."""
    database = Database(url)
    store = database.of(None)
    before = datetime.now(UTC) - timedelta(days=8)
    author = Author(
        person=store.people.record(Sender(platform=Platform.COMMAND_LINE)), platform=Platform.COMMAND_LINE, at=before
    )
    zone = far_from_midnight(datetime.now(UTC))
    now = datetime.now(ZoneInfo(zone)) - timedelta(minutes=1)
    for number in range(deliveries):
        place = f"{'U' if own else 'C'}{number:06d}"
        if own:
            slack.workspace.add_user(User(place, f"Person {number}"))
        else:
            slack.workspace.add_channel(Channel(place, f"kanal-{number}", {names.BOT_USER}))
        wanted = Subscription(
            id=None,
            platform=Platform.SLACK,
            channel=f"{names.TEAM}:{place}",
            is_own=own,
            weekday=now.weekday(),
            at=now.time().replace(second=0, microsecond=0),
            zone=zone,
        )
        store.digests.subscribe(wanted, author)
    database.close()


def far_from_midnight(now: datetime) -> str:
    """A zone where the day goes on for some hours yet: what is a day late is not sent at all."""
    return "UTC" if 6 <= now.hour < 18 else "Etc/GMT-12"


def is_over(url: str, deliveries: int) -> bool:
    database = Database(url)
    try:
        counts = database.ledger.counts()
    finally:
        database.close()
    ended = sum(number for (_, state), number in counts.items() if state not in OPEN)
    return ended >= 2 * deliveries


def count(url: str, slack: LocalSlack, plot: Plot, kills: int, seconds: float) -> Count:
    """By what stands in the channels, whatever anybody believes."""
    standing = Counter(one.channel for one in slack.workspace.messages if one.metadata)
    database = Database(url)
    states = {str(state): number for (_, state), number in database.ledger.counts().items()}
    database.close()
    return Count(
        posted=len(standing),
        lost=plot.deliveries - len(standing),
        doubled=sum(number - 1 for number in standing.values()),
        kills=kills,
        seconds=seconds,
        states=states,
    )
