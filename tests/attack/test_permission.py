"""What strangers, owners of another plan and a plan's own text try to be allowed: permission.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.core import Bot
from bot.messages import Message, Sender
from bot.model import Platform
from storage.database import Database
from tests.dialogs.plans import take_in_plans

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Oslo"))
ATTACKS = tomllib.loads((HERE / "permission.toml").read_text("utf-8"))["attack"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("turns", [pytest.param(attack["turns"], id=attack["name"]) for attack in ATTACKS])
def test_nobody_gets_more_than_is_theirs(database: Database, turns: list[Mapping[str, Any]]) -> None:
    take_in_plans(database.of(None), HERE / "plans.toml")
    south = database.of(None).plans.book().plans[1].short
    for turn in turns:
        said = turn["say"].replace("{SØR}", south).replace("{many}", "og " * 300)
        sender = Sender(platform=Platform.COMMAND_LINE, name=turn.get("as"))
        reply = Bot(database).reply(Message(text=said, now=NOW, sender=sender))
        assert len(reply.changes) == turn["changes"], f"{said}\n{reply.text}"
        assert turn.get("has", "") in reply.text
        assert set(turn.get("says", ())) <= {button.says for button in reply.buttons}, reply.buttons
