"""The longest messages that are read, made to be slow: long.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from statistics import median
from time import process_time

import pytest

from bot.core import Bot
from bot.languages import LONGEST
from bot.messages import Message, Sender
from bot.model import Platform
from storage.database import Database
from tests.attack.test_permission import NOW
from tests.dialogs.plans import take_in_plans

CASES = tomllib.loads((Path(__file__).parent / "long.toml").read_text("utf-8"))["case"]


# The work grows with the length and not with its square: a message a hundred times as long takes a hundred times as
# much at most. Held against a question asked in the same run, the bar is the same on a slow machine.
ORDINARY = "hva skjer i neste uke for rektorene?"
MOST_TIMES = LONGEST / len(ORDINARY)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_none_takes_long_for_its_length(database: Database) -> None:
    take_in_plans(database.of(None))
    _seconds(database, ORDINARY)
    ordinary = median(_seconds(database, ORDINARY) for _ in range(15))
    slow = {}
    for case in [{"repeats": "hei"}, *CASES]:
        said = (case.get("begins", "") + case["repeats"] * LONGEST)[:LONGEST]
        # What is slow once may have met a collection of garbage; what is slow thrice is slow.
        if all((times := _seconds(database, said) / ordinary) > MOST_TIMES for _ in range(3)):
            slow[said[:30]] = round(times)
    assert slow == {}


def _seconds(database: Database, said: str) -> float:
    """The processor's time for one answer."""
    begun = process_time()
    Bot(database).reply(Message(text=said, now=NOW, sender=Sender(platform=Platform.COMMAND_LINE)))
    return process_time() - begun
