"""A message may go on from those before it in its conversation, kept in the database."""

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

DIALOGS = [
    dialog
    for file in ("followups.toml", "threads.toml")
    for dialog in tomllib.loads((HERE / file).read_text("utf-8"))["dialog"]
]


@pytest.mark.parametrize("dialog", [pytest.param(dialog, id=dialog["name"]) for dialog in DIALOGS])
def test_conversation(bot: Bot, dialog: Mapping[str, Any]) -> None:
    for turn in dialog["turn"]:
        now = turn["at"].replace(tzinfo=OSLO) if "at" in turn else NOW
        sender = Sender(platform=Platform.COMMAND_LINE)
        reply = bot.reply(Message(text=turn["say"], now=now, sender=sender, conversation=dialog["name"]))
        told = f"{turn['say']}\n{reply.text}"
        assert reply.intent == turn.get("intent", reply.intent), told
        assert reply.language == turn.get("language", reply.language), told
        if "items" in turn:
            assert [named(item) for item in reply.items] == turn["items"], told
        if "period" in turn:
            assert reply.period is not None, told
            assert [reply.period.start, reply.period.end] == turn["period"], told
        assert [piece for piece in turn.get("has", ()) if piece not in reply.text] == [], told
