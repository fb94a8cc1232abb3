"""What a slash command costs until it is acknowledged: Planvakt's `/tiltak` beside a trivial listener of slack-bolt.

Both are served by the same server, each in a process of its own, as is the Slack that Planvakt answers to. The two
are asked by turns, so that whatever else the machine does meets both.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.connection import Connection

import aiohttp

from handlers.slack.manifest import PATH
from storage.database import Database
from tests.bench.trivial import serve_trivial
from tests.ports import free_port
from tests.slack.local import payloads
from tests.slack.local import workspace as names
from tests.slack.local.clock import Clock
from tests.slack.local.delivery import OverHttp
from tests.slack.local.people import KARI, PLANNING, populate
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import Workspace

ROUNDS = 5
ONE_AT_A_TIME = 80
AT_ONCE = 32
BURSTS = 6
MOST = 2 * (ROUNDS * (ONE_AT_A_TIME + AT_ONCE * BURSTS) + 100)
HIGHEST = {"p50": 1.5, "p99": 2.0}
"""How many times the trivial listener's time ours may take."""
LONGEST_SECONDS = 1.0
REST_SECONDS = 1
SECONDS_TO_START = SECONDS_TO_WORK_OFF = 60
_SPAWN = multiprocessing.get_context("spawn")

Ask = Callable[[str], Awaitable[float]]
"""Gives the command at an address, and returns the seconds to its acknowledgement."""


@dataclass
class Taken:
    """The seconds to each acknowledgement, one at a time and 32 at once."""

    alone: list[float] = field(default_factory=list)
    at_once: list[float] = field(default_factory=list)


def percentile(taken: Sequence[float], percent: float) -> float:
    """The time that so many of a hundred are within."""
    ordered = sorted(taken)
    return ordered[min(len(ordered) - 1, int(percent / 100 * len(ordered)))]


def is_met(trivial: Sequence[float], ours: Sequence[float]) -> bool:
    """Whether ours is within both bars."""
    return all(ratio(name, trivial, ours) <= highest for name, highest in HIGHEST.items())


def ratio(name: str, trivial: Sequence[float], ours: Sequence[float]) -> float:
    """How many times the trivial listener's time ours takes, at `p50` or `p99`."""
    percent = float(name[1:])
    return percentile(ours, percent) / percentile(trivial, percent)


def show(trivial: Taken, ours: Taken, database: str) -> None:
    """Print the times, the ratios, and whether each bar is met."""
    for way, floor, taken in (
        ("one at a time", trivial.alone, ours.alone),
        (f"{AT_ONCE} at once", trivial.at_once, ours.at_once),
    ):
        _show_times(f"a trivial listener, {way}", floor)
        _show_times(f"/tiltak ({database}), {way}", taken)
        for name, highest in HIGHEST.items():
            found = ratio(name, floor, taken)
            print(f"  {name} to the floor's, {way:15} {found:5.2f} ×   bar {highest} ×   {_verdict(found <= highest)}")
    longest = max(ours.alone + ours.at_once)
    told = f"  the longest of {len(ours.alone + ours.at_once)} acknowledgements"
    print(f"{told} {longest * 1000:.0f} ms   bar {LONGEST_SECONDS} s   {_verdict(longest < LONGEST_SECONDS)}")


def _show_times(name: str, taken: Sequence[float]) -> None:
    p50, p99, longest = (1000 * value for value in (percentile(taken, 50), percentile(taken, 99), max(taken)))
    print(f"{name:44} p50 {p50:7.2f} ms   p99 {p99:7.2f} ms   longest {longest:7.2f} ms")


def _verdict(is_so: bool) -> str:
    return "met" if is_so else "NOT MET"


async def measured(database_url: str) -> tuple[Taken, Taken]:
    """The times of the trivial listener and of ours, with the plans that stand in a database."""
    trivial, ours = Taken(), Taken()
    with _slack() as (slack, urls), _trivial() as floor, _planvakt(database_url, slack) as planvakt:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE)) as session:
            ask = _asking(session, urls)
            for address in (floor, planvakt):
                await _until_served(session, address)
                await _warm(ask, address)
                await _worked_off(database_url)
            for _ in range(ROUNDS):
                for address, taken in ((floor, trivial), (planvakt, ours)):
                    taken.alone += [await ask(address) for _ in range(ONE_AT_A_TIME)]
                    await _worked_off(database_url)
                    for _ in range(BURSTS):
                        taken.at_once += await asyncio.gather(*(ask(address) for _ in range(AT_ONCE)))
                    await _worked_off(database_url)
    return trivial, ours


def _asking(session: aiohttp.ClientSession, urls: Iterator[str]) -> Ask:
    """The way to give Kari's `/tiltak`: each is another one, signed as Slack signs."""
    workspace = Workspace(Clock(datetime.now(UTC)))
    populate(workspace)
    kari, place = workspace.users[KARI], workspace.channels[PLANNING]
    signing = OverHttp(workspace.clock, "")

    async def ask(address: str) -> float:
        told = payloads.command(workspace, kari, place, ("/tiltak", ""), next(urls))
        body, content_type = signing.encoded("slash_commands", told)
        headers = {"content-type": content_type, **signing.signed(body)}
        begun = time.perf_counter()
        async with session.post(address, data=body, headers=headers) as answer:
            await answer.read()
        taken = time.perf_counter() - begun
        assert answer.status == 200, answer.status
        return taken

    return ask


async def _warm(ask: Ask, address: str) -> None:
    """Ask what is not counted, and open the connections."""
    for _ in range(50):
        await ask(address)
    await asyncio.gather(*(ask(address) for _ in range(AT_ONCE)))


async def _worked_off(database_url: str) -> None:
    """Rest until nothing waits in the inbox: what is left of one would take time from the other."""
    database = Database(database_url)
    try:
        for _ in range(SECONDS_TO_WORK_OFF):
            await asyncio.sleep(REST_SECONDS)
            if not (await asyncio.to_thread(database.figures, datetime.now(UTC))).waiting:
                return
    finally:
        database.close()
    raise TimeoutError(database_url)


async def _until_served(session: aiohttp.ClientSession, address: str) -> None:
    """Wait until somebody answers there."""
    for _ in range(SECONDS_TO_START * 20):
        with suppress(aiohttp.ClientError):
            async with session.get(address):
                return
        await asyncio.sleep(0.05)
    raise TimeoutError(address)


@contextmanager
def _slack() -> Iterator[tuple[tuple[str, str], Iterator[str]]]:
    """A Slack in a process of its own: where its API and its files are, and response_urls."""
    here, there = _SPAWN.Pipe()
    with _process(play_slack, there):
        where, urls = here.recv()
        yield where, iter(urls)


def play_slack(pipe: Connection) -> None:
    """Play Slack until the process is ended."""
    asyncio.run(_play_slack(pipe))


async def _play_slack(pipe: Connection) -> None:
    slack = LocalSlack(Clock(datetime.now(UTC)))
    populate(slack.workspace)
    await slack.start()
    pipe.send(((slack.api_url, slack.files.root), [slack.response_url(PLANNING, KARI) for _ in range(MOST)]))
    await asyncio.Event().wait()


@contextmanager
def _trivial() -> Iterator[str]:
    """The address of the trivial listener."""
    port = free_port()
    with _process(serve_trivial, port):
        yield f"http://127.0.0.1:{port}{PATH}"


@contextmanager
def _process(act: Callable[..., None], *arguments: object) -> Iterator[None]:
    process = _SPAWN.Process(target=act, args=arguments, daemon=True)
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join(10)


@contextmanager
def _planvakt(database_url: str, slack: tuple[str, str]) -> Iterator[str]:
    """The address of `planvakt serve`, as anybody starts it."""
    port = free_port()
    settings = {
        "DATABASE_URL": database_url,
        "SLACK_API_URL": slack[0],
        "SLACK_FILES_URL": slack[1],
        "SLACK_BOT_TOKEN": names.BOT_TOKEN,
        "SLACK_SIGNING_SECRET": names.SECRET,
        "ADMINS": f"{names.TEAM}:{KARI}",
        "PORT": str(port),
        "LOG_LEVEL": "WARNING",
    }
    environment = os.environ | {f"PLANVAKT_{name}": value for name, value in settings.items()}
    process = subprocess.Popen([sys.executable, "-m", "handlers.cli", "serve"], env=environment)
    try:
        yield f"http://127.0.0.1:{port}{PATH}"
    finally:
        process.terminate()
        process.wait(40)
