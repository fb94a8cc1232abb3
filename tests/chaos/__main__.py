"""The long form: 400 deliveries and 18 kills, on each store, with and without needless resumes, and frozen.

python -m tests.chaos [--deliveries 400] [--kills 18] [--only WORD]
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.database import Database
from tests.chaos.killing import Plot, killed
from tests.postgres import server


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
    chosen = parser.parse_args()
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


if __name__ == "__main__":
    sys.exit(main())
