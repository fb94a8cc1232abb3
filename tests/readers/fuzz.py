"""Reads damaged documents of one format for some seconds: `python -m tests.readers.fuzz pdf 30 SEED`.

It runs within the limits of the child that reads documents, in a process of its own: some of the libraries are no
Python, and may end more than themselves. What is raised and is no BadFile ends it, and tells how to repeat it.
"""

from __future__ import annotations

import random
import sys
from contextlib import suppress
from itertools import takewhile
from time import monotonic

from bot.errors import BadFile
from handlers.reading import read_plan
from handlers.reading_child import Limits, give_up_rights
from tests.readers.damage import damaged, seeds

LONGEST = 20.0


def main(format_name: str, seconds: float, seed: str) -> None:
    whole = seeds()[format_name]
    give_up_rights(Limits(seconds=seconds + LONGEST))
    until = monotonic() + seconds
    chance = random.Random(f"{seed} {format_name}")
    read = 0
    for number in takewhile(lambda _: monotonic() < until, range(10**9)):
        content = damaged(chance.choice(whole), format_name, chance)
        begun = monotonic()
        try:
            # A document that is too heavy is foreseen as well.
            with suppress(BadFile, MemoryError, RecursionError):
                read_plan(content, "plan")
                read += 1
            if monotonic() - begun > LONGEST:
                raise TimeoutError
        except Exception as error:
            error.add_note(f"{format_name} {number} of seed {seed}")
            raise
    print(f"{format_name}: {number + 1} documents, {read} of them read")


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), sys.argv[3])
