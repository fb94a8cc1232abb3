"""Questions asked in a process of its own, one after another at a steady pace, until somebody says that it is enough.

python -m tests.bench.asking_meanwhile DATABASE MUNICIPALITIES; it prints "ready", asks from the first line of its
input until the next, and then prints how long each answer took, in seconds, as JSON.
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from collections.abc import Iterator

from bot.core import Bot
from storage.database import Database
from tests.bench.__main__ import QUESTIONS
from tests.bench.nation import CHANNEL, SEED, name_of
from tests.bench.questions_in_a_nation import asked

A_SECOND = 10
# Whose plans are asked about: those that somebody asks about on a Monday morning, one after another.
ASKED = 12


def _ask(bot: Bot, municipalities: int, enough: threading.Event) -> Iterator[float]:
    chance, following = random.Random(SEED), time.monotonic()
    while not enough.wait(max(0.0, following - time.monotonic())):
        following = max(following + 1 / A_SECOND, time.monotonic())
        number = chance.randrange(1, 1 + min(ASKED, municipalities))
        yield asked(bot, name_of(number), chance.choice(QUESTIONS), CHANNEL if number == 1 else None)


def main(url: str, municipalities: int) -> None:
    database = Database(url)
    bot = Bot(database)
    for number in range(1, 1 + min(ASKED, municipalities)):
        for question in QUESTIONS:
            asked(bot, name_of(number), question, CHANNEL if number == 1 else None)
    print("ready", flush=True)
    sys.stdin.readline()
    enough = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), enough.set()), daemon=True).start()
    print(json.dumps(list(_ask(bot, municipalities, enough))), flush=True)
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
