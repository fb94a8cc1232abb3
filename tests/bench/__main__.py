"""`make bench`: what Planvakt itself costs, as ratios of figures that are measured in one run."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dateparser

from bot.core import Bot
from bot.messages import Message, Sender
from bot.model import Platform
from bot.time.query import answer
from handlers.web.examples import load_examples
from storage.database import Database
from tests.bench.framework_floor import measured
from tests.bench.framework_floor import show as show_floor

NOW = datetime(2025, 9, 30, 9, 5, tzinfo=ZoneInfo("Europe/Oslo"))
QUESTIONS = (
    "Hva skjer neste uke?",
    "Kva skjer i oktober?",
    "Når er neste styrermøte?",
    "Hvem har ansvaret for fagdagen?",
    "Hvilke tiltak er åpne?",
    "hva blir været i morgen?",
)
EXPRESSIONS = (
    "neste uke",
    "uke 40",
    "14. oktober 2025",
    "i november",
    "mellom 1. og 15. november",
    "Uke 17, 18, 19",
    "våren 2026",
    "om fjorten dagar",
    "15. oktober – 30. november",
    "8.–10. trinn",
)


def seconds(act: Callable[[str], object], texts: Sequence[str], rounds: int) -> list[float]:
    """Return how long each call took, after a round that is not counted."""
    for text in texts:
        act(text)
    taken = []
    for _ in range(rounds):
        for text in texts:
            begun = time.perf_counter()
            act(text)
            taken.append(time.perf_counter() - begun)
    return taken


def show(name: str, taken: Sequence[float]) -> float:
    """Print and return the median."""
    median = statistics.median(taken)
    worst = sorted(taken)[int(len(taken) * 0.99)]
    print(f"{name:44} median {median * 1000:8.3f} ms   99 % {worst * 1000:8.3f} ms")
    return median


def questions(folder: Path) -> float:
    """One question in the core, with the example plans in a SQLite file."""
    database = Database(f"sqlite:///{folder / 'planvakt.db'}", web_administrator=True)
    load_examples(database.of(None), NOW)
    bot = Bot(database)
    sender = Sender(platform=Platform.COMMAND_LINE)
    items = len(database.of(None).plans.book().items)
    taken = seconds(lambda text: bot.reply(Message(text=text, now=NOW, sender=sender)), QUESTIONS, 50)
    database.close()
    return show(f"a question in the core, {items} items", taken)


def expressions() -> float:
    """One time expression, as import and questions read it."""
    return show(
        "a time expression",
        seconds(lambda text: answer({"text": text, "reference": "2025-09-30"}), EXPRESSIONS, 200),
    )


def yardstick() -> float:
    """The same expressions through dateparser, which knows few of them."""
    return show(
        "the same through dateparser",
        seconds(lambda text: dateparser.parse(text, languages=["nb", "nn"]), EXPRESSIONS, 50),
    )


def framework(folder: Path) -> None:
    """A slash command until it is acknowledged, beside the framework alone."""
    url = f"sqlite:///{folder / 'served.db'}"
    database = Database(url, web_administrator=True)
    load_examples(database.of(None), datetime.now(NOW.tzinfo))
    database.close()
    show_floor(*asyncio.run(measured(url)), "SQLite")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        question = questions(Path(folder))
        framework(Path(folder))
    expression, other = expressions(), yardstick()
    print(f"{'an expression to dateparser':44} {expression / other:.2f} ×")
    print(f"{'a question to an expression':44} {question / expression:.1f} ×")


if __name__ == "__main__":
    main()
