"""`make bench-nation`: what a question costs where others have very many plans, and what a nation's Monday does.

python -m tests.bench.questions_in_a_nation [--municipalities 357] [--plans 10000] [--rounds 60] [--only digests]
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Sequence

from bot.core import Bot
from bot.messages import Message, Sender
from bot.model import Platform
from storage.database import Database
from tests.bench.__main__ import QUESTIONS
from tests.bench.digests_in_a_nation import deliver
from tests.bench.digests_in_a_nation import show as show_digests
from tests.bench.nation import CHANNEL, NOW, SEED, Size, five_plans, generate, name_of
from tests.postgres import server

SENDER = Sender(platform=Platform.SLACK, account="T00001:U1", name="Kari Nordmann")


def asked(bot: Bot, organisation: str | None, text: str, channel: str | None = None) -> float:
    """How long an answer takes, in seconds."""
    message = Message(text=text, now=NOW, sender=SENDER, organisation=organisation, channel=channel)
    begun = time.perf_counter()
    reply = bot.reply(message)
    taken = time.perf_counter() - begun
    assert reply.text
    return taken


def show(name: str, taken: Sequence[float]) -> float:
    """Print and return the median."""
    median, ordered = statistics.median(taken), sorted(taken)
    worst = ordered[int(len(ordered) * 0.99)]
    print(f"{name:58} p50 {median * 1000:7.2f} ms   p99 {worst * 1000:7.2f} ms", flush=True)
    return median


def measure(five: str, nation: str, size: Size, rounds: int) -> None:
    small, large = Database(five), Database(nation)
    few, many = Bot(small), Bot(large)
    items = len(small.of(None).plans.book().items)
    own = len(large.of(name_of(1)).plans.book().items)
    for text in QUESTIONS:
        asked(few, None, text), asked(many, name_of(1), text), asked(many, name_of(1), text, CHANNEL)
    alone, among, followed = [], [], []
    for _ in range(rounds):
        for text in QUESTIONS:
            alone.append(asked(few, None, text))
            among.append(asked(many, name_of(1), text))
            followed.append(asked(many, name_of(1), text, CHANNEL))
    first = show(f"a question over {items} items, alone in the database", alone)
    second = show(f"a question over {own} items among {size.items}", among)
    third = show("the same in a channel that follows five of its plans", followed)
    print(f"{'the second to the first, p50 (the bar is 2)':58} {second / first:.2f} ×")
    print(f"{'the third to the first, p50':58} {third / first:.2f} ×")
    chance = random.Random(SEED)
    others = [name_of(chance.randrange(2, size.municipalities + 1)) for _ in range(3 * rounds)]
    show("a question in a municipality drawn by lot", [asked(many, one, chance.choice(QUESTIONS)) for one in others])
    small.close()
    large.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--municipalities", type=int, default=357)
    parser.add_argument("--plans", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--only", choices=("questions", "digests"))
    chosen = parser.parse_args()
    size = Size(municipalities=chosen.municipalities, plans=chosen.plans)
    with server() as postgres, postgres.database() as small, postgres.database() as large:
        five, nation = postgres.url(small), postgres.url(large)
        five_plans(five)
        begun = time.perf_counter()
        generate(nation, five, size)
        taken = time.perf_counter() - begun
        print(f"{size.municipalities} municipalities, {size.plans} plans, {size.items} items in {taken:.0f} s")
        if chosen.only != "digests":
            measure(five, nation, size, chosen.rounds)
        if chosen.only != "questions":
            show_digests(deliver(nation, size), size)


if __name__ == "__main__":
    main()
