"""What `planvakt serve` takes while nobody asks anything, and how soon it and `planvakt say` are there.

python -m tests.bench.idle [--seconds 30]. Run by `make bench-idle`, alone on the machine: the times are by the wall.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from handlers.web.examples import load_examples
from storage.database import Database
from tests.operating.replicas import ROOT, Replica, ready, start
from tests.slack.local.clock import Clock
from tests.slack.local.people import populate
from tests.slack.local.server import LocalSlack

TICKS = os.sysconf("SC_CLK_TCK")
TIMES = 7
"""How often each is started. The median is told, and the least of the processor, which others on a machine add to."""


def spent(process: int) -> float:
    """The processor seconds of a process and of those it has waited for."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, told[11:15])) / TICKS


def megabytes(process: int) -> float:
    """What it has in memory now."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def told(what: str, took: list[tuple[float, float]], bar: float) -> None:
    """Print what was measured, by the wall and of a processor; not the first time, which writes what Python keeps."""
    wall, own = (list(each) for each in zip(*took[1:], strict=True))
    print(
        f"{what} after {statistics.median(wall):.2f} s (the bar is {bar:g} s), "
        f"{statistics.median(own):.2f} s of a processor, {min(own):.2f} s at least",
        flush=True,
    )


async def started(folder: Path, slack: LocalSlack, url: str) -> tuple[Replica, tuple[float, float]]:
    """One that is ready, and what that took."""
    begun = time.perf_counter()
    replica = start(folder, slack, url)
    try:
        await ready(replica)
    except AssertionError:
        replica.process.kill()
        raise
    return replica, (time.perf_counter() - begun, spent(replica.process.pid))


async def served(folder: Path, url: str, seconds: float) -> None:
    """Start it some times, let the last one be, and tell what that took."""
    slack = LocalSlack(Clock(datetime.now(ZoneInfo("Europe/Oslo"))))
    populate(slack.workspace)
    await slack.start()
    took = []
    try:
        for _ in range(TIMES - 1):
            replica, measured = await started(folder, slack, url)
            took.append(measured)
            replica.stop()
        replica, measured = await started(folder, slack, url)
        told("planvakt serve is ready", [*took, measured], 3)
        await idle(replica, seconds)
        replica.stop()
    finally:
        await slack.stop()


async def idle(replica: Replica, seconds: float) -> None:
    """Let it be, and tell what it takes meanwhile."""
    own = replica.process.pid
    await asyncio.sleep(5)
    before, begun = spent(own), time.perf_counter()
    await asyncio.sleep(seconds)
    share = (spent(own) - before) / (time.perf_counter() - begun)
    print(f"idle {share:.2%} of a core (the bar is 2 %), {megabytes(own):.0f} MB (the bar is 170 MB)", flush=True)


def said(url: str) -> None:
    """The command line's answer."""
    command = [sys.executable, "-m", "handlers.cli", "say", "Hva skjer neste uke?"]
    took = []
    for _ in range(TIMES):
        before, begun = os.times(), time.perf_counter()
        subprocess.run(command, env={**os.environ, "PLANVAKT_DATABASE_URL": url}, cwd=ROOT, check=True, stdout=-3)
        after = os.times()
        own = after.children_user + after.children_system - before.children_user - before.children_system
        took.append((time.perf_counter() - begun, own))
    told("planvakt say answers", took, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    chosen = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as everywhere: what is compiled once is kept
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'planvakt.db'}"
        database = Database(url, web_administrator=True)
        load_examples(database.of(None), datetime.now(ZoneInfo("Europe/Oslo")))
        database.close()
        said(url)
        asyncio.run(served(Path(name), url, chosen.seconds))


if __name__ == "__main__":
    main()
