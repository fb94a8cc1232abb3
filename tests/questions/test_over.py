"""A plan that is over answers where it, its items or its time are named; else an empty answer says when it ended."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import datetime

import pytest

from bot.answers.registry import QUESTIONS
from bot.core import Bot
from bot.errors import PlanvaktError
from bot.messages import Message
from bot.model import Book, Language
from bot.understanding.commands import typed
from bot.understanding.frame import Frame, Intent
from bot.understanding.reading import read
from tests.questions.plans import HERE, OSLO
from tests.questions.test_questions import a_message

LATER = datetime(2031, 1, 7, 9, tzinfo=OSLO)
ENDS = ("31. juli 2027", "31 July 2027", "juli 2027")
ASKED = [
    pytest.param(say, id=f"{intent}: {say}")
    for intent in sorted(QUESTIONS - {Intent.SOURCE})
    for case in tomllib.loads((HERE / f"cases/{intent}.toml").read_text("utf-8"))["case"]
    for say in case["say"][:2]
]


def frame_of(message: Message, book: Book) -> Frame | None:
    """The frame, None where the message names a plan, an item or a time, or cannot be read then."""
    try:
        frame = read(message, book, None)
    except PlanvaktError:
        return None
    return None if frame.plans or frame.items or frame.when or frame.intent not in QUESTIONS else frame


@pytest.mark.parametrize("say", ASKED)
def test_where_all_are_over_an_answer_is_empty_and_says_when_they_ended(bot: Bot, book: Book, say: str) -> None:
    message = replace(a_message(say), now=LATER)
    if frame_of(message, book) is None:
        return
    reply = bot.reply(message)
    assert reply.items == (), reply.text
    assert any(end in reply.text for end in ENDS), reply.text
    asks = tuple(typed(Intent.ASK_PLAN, language) for language in Language)
    assert any(button.says.startswith(asks) for button in reply.buttons), reply.buttons


@pytest.mark.parametrize("say", ASKED)
def test_a_plan_that_is_over_says_nothing_beside_those_that_hold(bot: Bot, book: Book, say: str) -> None:
    if frame_of(a_message(say), book) is None:
        return
    over = {plan.id for plan in book.plans if plan.title.startswith("Trivselsplan")}
    reply = bot.reply(a_message(say))
    assert [item.title for item in reply.items if item.plan_id in over] == [], reply.text


@pytest.mark.parametrize("say", ASKED)
def test_a_plan_that_is_asked_by_name_answers_alone_even_when_it_is_over(bot: Bot, book: Book, say: str) -> None:
    named = book.plans[0]
    reply = bot.reply(replace(a_message(f"/plan spør {named.short} {say}"), now=LATER))
    assert {item.plan_id for item in reply.items} <= {named.id}, reply.text


def test_all_kinds_of_questions_are_among_those_that_name_nothing(book: Book) -> None:
    frames = (frame_of(replace(a_message(str(param.values[0])), now=LATER), book) for param in ASKED)
    asked = {frame.intent for frame in frames if frame}
    always_named = {Intent.SOURCE, Intent.RESPONSIBLE_FOR, Intent.AUDIENCE_OF, Intent.LAST_OCCURRENCE}
    assert QUESTIONS - asked <= always_named  # of these tests/dialogs/over.toml asks


def test_what_is_pressed_asks_the_plan(bot: Bot) -> None:
    reply = bot.reply(replace(a_message("Hvilke tiltak er åpne?"), now=LATER))
    says = [button.says for button in reply.buttons]
    assert says[0] == "/plan spør LUV Hvilke tiltak er åpne?"
    asked = bot.reply(replace(a_message(says[0]), now=LATER))
    assert "Lage felles språkplan" in asked.text
