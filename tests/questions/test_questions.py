"""Each way of asking is read as its own kind of question, and answered with just the items it should be."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest

from bot.core import Bot
from bot.messages import Message, Reply, Sender
from bot.model import Item, Platform
from bot.understanding.frame import Intent
from tests.questions.plans import HERE, OSLO

NOW = datetime(2026, 9, 15, 9, tzinfo=OSLO)
CASES = [
    pytest.param(intent, say, case, id=f"{intent}: {say}")
    for intent in Intent
    if (HERE / f"cases/{intent}.toml").exists()
    for case in tomllib.loads((HERE / f"cases/{intent}.toml").read_text("utf-8"))["case"]
    for say in case["say"]
]
SILENT = tomllib.loads((HERE / "silent.toml").read_text("utf-8"))
LANGUAGES = [
    pytest.param(language, say, id=f"{language}: {say}")
    for language, sayings in tomllib.loads((HERE / "languages.toml").read_text("utf-8")).items()
    for say in sayings
]


@pytest.mark.parametrize(("intent", "say", "case"), CASES)
def test_question(bot: Bot, intent: Intent, say: str, case: Mapping[str, Any]) -> None:
    reply = ask(bot, say)
    assert reply.intent == intent, reply.text
    if "items" in case:
        assert [named(item) for item in reply.items] == case["items"], reply.text
    if "period" in case:
        assert reply.period is not None
        assert [reply.period.start, reply.period.end] == case["period"]
    assert [piece for piece in case.get("has", ()) if piece.casefold() not in reply.text.casefold()] == [], reply.text


@pytest.mark.parametrize("say", SILENT["say"])
def test_what_is_no_question_about_the_plans_gets_a_kind_no(bot: Bot, say: str) -> None:
    reply = ask(bot, say)
    assert reply.intent == Intent.OUT_OF_SCOPE, reply.text
    assert (reply.items, reply.period, reply.changes) == ((), None, ())
    assert any(word in reply.text for word in SILENT["no"][reply.language]), reply.text


@pytest.mark.parametrize(("language", "say"), LANGUAGES)
def test_the_answer_comes_in_the_standard_of_the_question(bot: Bot, language: str, say: str) -> None:
    assert ask(bot, say).language == language


def ask(bot: Bot, say: str) -> Reply:
    return bot.reply(a_message(say))


def a_message(say: str) -> Message:
    return Message(text=say, now=NOW, sender=Sender(platform=Platform.COMMAND_LINE))


def named(item: Item) -> str:
    """The item's title and first day, or last where it has no other."""
    return f"{item.title} {item.span.start or item.span.end or ''}".strip()
