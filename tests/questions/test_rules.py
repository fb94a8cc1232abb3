"""Every rule of rules.toml is taken by some case: none is dead, and none hides behind another."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from bot.errors import PlanvaktError
from bot.model import Book
from bot.time.reading import Context
from bot.understanding.frame import Frame
from bot.understanding.language import language_of
from bot.understanding.lexicon import concept_tables, table
from bot.understanding.names import names_of
from bot.understanding.pointing import point
from bot.understanding.question import rule_for
from bot.understanding.reading import read
from bot.understanding.sentence import take_apart
from tests.questions.plans import HERE
from tests.questions.test_followups import DIALOGS
from tests.questions.test_questions import NOW, a_message

SLOTS = {
    "TIME",
    "NAME",
    "TEXT",
    "ROLE",
    "ROLE_ALONE",
    "GROUP",
    "REGION",
    "AREA",
    "PLAN",
    "UNKNOWN",
    "NUMBER",
    "SEVERAL",
    "CALLED",
    "WHICH_GROUP",
    "GROUP_WORD",
}
SLOTS |= {"KIND", "ONLY", "WEEKDAYS", "BEFORE", "NOTHING", "WORK", "AIM", "FOR", "after milestones", "after goals"}
SLOTS |= {"TERM", "TERM_TOLD", "TERM_ALONE", "LEADS", "BEFORE_TERM"}


def test_every_rule_is_taken_by_a_case(book: Book) -> None:
    rules = table("rules")["rule"]
    taken = set(rules_taken(book))
    assert [rule for number, rule in enumerate(rules) if number not in taken] == []


def test_rules_speak_only_of_what_there_is() -> None:
    known = SLOTS | concept_tables().keys()
    named = {
        name
        for rule in table("rules")["rule"]
        for either in [*rule["all"], *rule.get("none", ())]
        for name in either.split("|")
    }
    assert named - known == set()
    assert set(table("rules")["about_plans"]) <= concept_tables().keys()


def test_every_meaning_is_asked_for() -> None:
    rules = (HERE / "../../bot/norwegian/lexicon/rules.toml").read_text("utf-8")
    code = "".join(file.read_text("utf-8") for file in (HERE / "../../bot/understanding").glob("*.py"))
    assert [name for name in concept_tables() if f'"{name}' not in rules + code and f"|{name}" not in rules] == []


def rules_taken(book: Book) -> Iterator[int | None]:
    for say, before in said(book):
        try:
            sentence = take_apart(say, names_of(book), language_of(say), Context(reference=NOW.date()))
        except PlanvaktError:
            continue
        yield rule_for(sentence, point(sentence, names_of(book)), before)


def said(book: Book) -> Iterator[tuple[str, Frame | None]]:
    for file in sorted((HERE / "cases").glob("*.toml")):
        for case in tomllib.loads(file.read_text("utf-8"))["case"]:
            yield from ((say, None) for say in case["say"])
    for dialog in DIALOGS:
        before: Frame | None = None
        for turn in dialog["turn"]:
            yield turn["say"], before
            before = went_on(turn, book, before)


def went_on(turn: Mapping[str, Any], book: Book, before: Frame | None) -> Frame | None:
    """What the conversation is about after a turn; what hangs on the answer's list cannot be read without it."""
    if "at" in turn:
        return None
    try:
        return read(a_message(turn["say"]), book, before)
    except PlanvaktError:
        return before
