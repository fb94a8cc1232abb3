"""The longest messages that are read, made to be slow: long.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
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


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_none_takes_a_second(database: Database) -> None:
    take_in_plans(database.of(None))
    slow = []
    for case in [{"repeats": "hei"}, *CASES]:
        said = (case.get("begins", "") + case["repeats"] * LONGEST)[:LONGEST]
        begun = process_time()
        Bot(database).reply(Message(text=said, now=NOW, sender=Sender(platform=Platform.COMMAND_LINE)))
        slow += [said[:30]] if process_time() - begun > 1 else []
    assert slow == []
