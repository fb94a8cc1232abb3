"""Every answer is there in each written standard, and none has a word of another."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files

import pytest

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.registry import ANSWERS
from bot.model import Book, Language, Person
from bot.render import render
from bot.understanding.frame import Intent
from bot.understanding.reading import read
from storage.database import Database
from tests.questions.plans import HERE
from tests.questions.test_questions import a_message

FOLDER = files("bot").joinpath("norwegian/answers")
NAMES = sorted({file.name for language in Language for file in FOLDER.joinpath(language).iterdir()})
ALSO_ENGLISH = ("no", "open", "me")
QUESTIONS = [
    say
    for file in sorted((HERE / "cases").glob("*.toml"))
    for case in tomllib.loads(file.read_text("utf-8"))["case"]
    for say in case["say"][:1]
]


@pytest.mark.parametrize("name", NAMES)
def test_template_is_there_in_each_standard(name: str) -> None:
    assert all(FOLDER.joinpath(language, name).is_file() for language in Language)


@pytest.mark.parametrize("say", QUESTIONS)
def test_answer_mixes_no_standards(asked: Database, book: Book, say: str) -> None:
    read_as = read(a_message(say), book, None)
    for language in Language:
        frame, asker = replace(read_as, language=language), Person(id=None, name="Kari")
        asking = Asking(message=a_message(say), asker=asker, frame=frame, book=book, store=asked.of(None))
        words = own_words(ANSWERS[frame.intent](asking), frame.intent, language, book)
        assert {word for word in words if word in only_in_others(language)} == set(), (language, " ".join(words))


@pytest.mark.parametrize("name", ["not_understood", "unknown_name", "nothing_like_that", "nothing_before"])
def test_a_no_mixes_no_standards(name: str, book: Book) -> None:
    facts = Facts(template=name, values={"words": "", "when": None, "sentences": ()})
    for language in Language:
        words = own_words(facts, Intent.OUT_OF_SCOPE, language, book)
        assert not [word for word in words if word in only_in_others(language)]


def own_words(facts: Facts, intent: Intent, language: Language, book: Book) -> list[str]:
    """The words of an answer without what it quotes: titles, roles and the rest of the plans' own text."""
    text = render(facts, intent, language, date(2026, 9, 15)).text
    for quoted in plan_texts(book):
        text = text.replace(quoted, " ")
    return re.findall(r"[a-zæøå]+", re.sub(r"[«“][^»”]*[»”]", " ", text).casefold())


def plan_texts(book: Book) -> list[str]:
    items = book.items
    texts = {text for item in items for text in (item.title, item.comment, item.location, item.area, item.goal) if text}
    texts |= {text for item in items for text in (*item.responsible, *item.audience, item.resources or "")}
    texts |= {text for plan in book.plans for text in (plan.title, plan.organisation or "", plan.short)}
    return sorted(texts - {""}, key=len, reverse=True)


@cache
def only_in_others(language: Language) -> frozenset[str]:
    """Words that tell of another standard, and of this one never."""
    signs = tomllib.loads(files("bot").joinpath("norwegian/lexicon/languages.toml").read_text("utf-8"))
    others = {word for other in Language if other != language for word in signs[other]["words"]}
    mine = {*signs[language]["words"], *ALSO_ENGLISH} if language is Language.EN else set(signs[language]["words"])
    return frozenset(word for word in others - mine if " " not in word)
