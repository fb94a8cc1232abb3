"""Questions as people type them, dialect and slips included, get their answer or a kind no."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import pytest

from bot.core import Bot
from bot.messages import Message, Sender
from bot.model import Platform
from tests.questions.plans import HERE, OSLO
from tests.questions.test_questions import NOW, named

CASES = [
    pytest.param(file.stem, say, case, id=f"{file.stem}: {say}")
    for file in sorted((HERE / "fresh").glob("*.toml"))
    for case in tomllib.loads(file.read_text("utf-8"))["case"]
    for say in case["say"]
]


@pytest.mark.parametrize(("intent", "say", "case"), CASES)
def test_what_people_type_is_answered(bot: Bot, intent: str, say: str, case: Mapping[str, Any]) -> None:
    now = case["at"].replace(tzinfo=OSLO) if "at" in case else NOW
    reply = bot.reply(Message(text=say, now=now, sender=Sender(platform=Platform.COMMAND_LINE)))
    assert (reply.intent, [named(item) for item in reply.items]) == (intent, case["items"]), reply.text
    if "period" in case:
        assert reply.period is not None
        assert [reply.period.start, reply.period.end] == case["period"]
