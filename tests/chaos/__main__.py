"""The long form: 400 deliveries and 18 kills, on each store, with and without needless resumes, and frozen.

With --faults one thing goes wrong at a time, at Slack or in the process that posts, with the times that
`planvakt serve` has, and a table tells what came. Some are played at once, for most of it is waiting.

python -m tests.chaos [--faults] [--deliveries 400] [--kills 18] [--only WORD]
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handlers.delivering.timing import Timing
from storage.database import Database
from tests.chaos.faults import CASES, Case, played
from tests.chaos.killing import Plot, killed
from tests.postgres import server

# So many deliveries with each thing that goes wrong, and so many things at once.
FAULTY, AT_ONCE = 40, 2


@contextmanager
def store(name: str) -> Iterator[str]:
    """The address of an empty plan database."""
    if name == "sqlite":
        with tempfile.TemporaryDirectory() as place:
            yield _made(f"sqlite:///{Path(place) / 'planvakt.db'}")
    else:
        with server() as postgres, postgres.database() as database:
            yield _made(postgres.url(database))


def _made(url: str) -> str:
    database = Database(url)
    database.bring_up_to_date()
    database.close()
    return url


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deliveries", type=int, default=400)
    parser.add_argument("--kills", type=int, default=18)
    parser.add_argument("--only", default="")
    parser.add_argument("--faults", action="store_true")
    chosen = parser.parse_args()
    return asyncio.run(all_faults(chosen.only)) if chosen.faults else all_kills(chosen)


def all_kills(chosen: argparse.Namespace) -> int:
    """Kill on each store, and print each count; 1 where anything was lost or came twice."""
    bad = 0
    for name, replicas in (("postgresql", 3), ("sqlite", 1)):
        for how in ({}, {"needless": True}, {"frozen": True}):
            told = f"{name}, {replicas} process(es), {' '.join(how) or 'plain'}"
            if chosen.only not in told:
                continue
            plot = Plot(deliveries=chosen.deliveries, kills=chosen.kills, replicas=replicas, patience=400, **how)
            with store(name) as url:
                counted = asyncio.run(killed(url, plot))
            print(f"{told}: {counted}", flush=True)
            bad += counted.lost + counted.doubled
    return 1 if bad else 0


async def all_faults(only: str) -> int:
    """Let each thing go wrong, and print what came; 1 where anything was lost, or came twice that need not have."""
    told = [(name, case) for name in ("postgresql", "sqlite") for case in CASES if only in f"{name}, {case.name}"]
    at_once = asyncio.Semaphore(AT_ONCE)

    async def is_good(name: str, case: Case) -> bool:
        async with at_once:
            with store(name) as url:
                came = await played(url, case, Timing(), FAULTY)
        counts = f"{came.posted:>7} {came.lost:>5} {came.doubled:>8} {came.repaired:>9} {came.seconds:>5.0f}"
        is_allowed = came.is_allowed(case)
        print(f"{name + ', ' + case.name:<70} {counts}{'' if is_allowed else '  NOT AS IT SHOULD BE'}", flush=True)
        return is_allowed

    print(f"{'':<70} {'posted':>7} {'lost':>5} {'doubled':>8} {'repaired':>9} {'s':>5}", flush=True)
    return 0 if all(await asyncio.gather(*(is_good(*one) for one in told))) else 1


if __name__ == "__main__":
    sys.exit(main())
