"""What `planvakt serve` takes while nobody asks anything, and how soon it and `planvakt say` are there.

python -m tests.bench.idle [--seconds 30]. Run by `make bench-idle`, alone on the machine: the times are by the wall.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from handlers.web.examples import load_examples
from storage.database import Database
from tests.operating.replicas import ROOT, ready, start
from tests.slack.local.clock import Clock
from tests.slack.local.people import populate
from tests.slack.local.server import LocalSlack

TICKS = os.sysconf("SC_CLK_TCK")


def spent(process: int) -> float:
    """The processor seconds of a process and of those it has waited for."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, told[11:15])) / TICKS


def megabytes(process: int) -> float:
    """What it has in memory now."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


async def served(folder: Path, url: str, seconds: float) -> None:
    """Start one, let it be, and tell what that took."""
    slack = LocalSlack(Clock(datetime.now(ZoneInfo("Europe/Oslo"))))
    populate(slack.workspace)
    await slack.start()
    begun = time.perf_counter()
    replica = start(folder, slack, url)
    try:
        await ready(replica)
        took = time.perf_counter() - begun
        own = replica.process.pid
        print(f"ready after {took:.2f} s, {spent(own):.2f} s of a processor (the bar is 3 s)")
        await asyncio.sleep(5)
        before, begun = spent(own), time.perf_counter()
        await asyncio.sleep(seconds)
        share = (spent(own) - before) / (time.perf_counter() - begun)
        print(f"idle {share:.2%} of a core (the bar is 2 %), {megabytes(own):.0f} MB (the bar is 170 MB)", flush=True)
    finally:
        replica.process.terminate()
        replica.process.wait()
        await slack.stop()


def said(url: str) -> None:
    """The command line's answer, the second time: the first writes what Python keeps."""
    command = [sys.executable, "-m", "handlers.cli", "say", "Hva skjer neste uke?"]
    took = []
    for _ in range(4):
        before, begun = os.times(), time.perf_counter()
        subprocess.run(command, env={**os.environ, "PLANVAKT_DATABASE_URL": url}, cwd=ROOT, check=True, stdout=-3)
        after = os.times()
        own = after.children_user + after.children_system - before.children_user - before.children_system
        took.append((time.perf_counter() - begun, own))
    wall, own = min(took[1:])
    print(f"planvakt say answers after {wall:.2f} s, {own:.2f} s of a processor (the bar is 1 s)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'planvakt.db'}"
        database = Database(url, web_administrator=True)
        load_examples(database.of(None), datetime.now(ZoneInfo("Europe/Oslo")))
        database.close()
        said(url)
        asyncio.run(served(Path(name), url, chosen.seconds))


if __name__ == "__main__":
    main()
