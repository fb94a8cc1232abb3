"""Any text at all gets an answer or a clear no."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core import Bot
from bot.errors import PlanvaktError
from bot.languages import LONGEST
from bot.model import Language
from bot.understanding import memory
from bot.understanding.frame import Frame, Intent
from bot.understanding.lexicon import concept_tables
from bot.understanding.reading import read
from storage.database import Database
from tests.questions.plans import HERE
from tests.questions.test_questions import a_message, ask

SPOKEN = sorted(
    {word for entry in concept_tables().values() for key in ("words", "written") for word in entry.get(key, ())}
)
NAMED = [
    "LUF",
    "fagdag",
    "rektorene",
    "NORD",
    "lesing og skriving",
    "milepæl 2",
    "uke 42",
    "i oktober",
    "KF-1",
    "{{7*7}}",
    "'; --",
]
settings.register_profile("questions", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.load_profile("questions")


@given(st.text(max_size=200))
@settings(max_examples=80)
def test_any_text_gets_an_answer(bot: Bot, text: str) -> None:
    assert ask(bot, text).text


@given(st.lists(st.sampled_from([*SPOKEN, *NAMED]), min_size=1, max_size=8).map(" ".join))
@settings(max_examples=200)
def test_any_mix_of_known_words_gets_an_answer(bot: Bot, text: str) -> None:
    reply = ask(bot, text)
    assert reply.text
    assert all(line == line.strip() for line in reply.text.splitlines())


@given(st.lists(st.sampled_from([*SPOKEN, *NAMED]), min_size=1, max_size=5).map(" ".join))
@settings(max_examples=60)
def test_a_frame_is_the_same_after_it_was_kept(asked: Database, text: str) -> None:
    with suppress(PlanvaktError):  # what cannot be read is not kept
        frame = read(a_message(text), asked.of(None).plans.book(), None)
        assert memory.from_text(memory.as_text(frame)) == frame


def test_what_another_release_kept_is_forgotten() -> None:
    assert memory.from_text('{"intent": "of_long_ago"}') is None
    assert memory.from_text("no JSON") is None


@pytest.mark.parametrize("language", Language)
def test_a_text_that_is_too_long_gets_a_clear_no(bot: Bot, language: Language) -> None:
    say = {"nb": "Hva skjer neste uke? ", "nn": "Kva skjer neste veke? ", "en": "What happens next week? "}[language]
    reply = ask(bot, say * 300)
    assert (reply.intent, reply.language) == (Intent.OUT_OF_SCOPE, language)
    assert str(LONGEST) in reply.text


def test_time_grows_no_faster_than_the_text(bot: Bot) -> None:
    say = "hva skjer med fagdagen om lesing for rektorene i oktober "
    ask(bot, say)
    # What is slow once may have met a collection of garbage; what has been read before is quick.
    tries = (f"{number} {say}" for number in ("for det første", "for det andre", "for det tredje"))
    assert any(seconds(bot, one * 64) < 40 * seconds(bot, one * 8) for one in tries)


def test_what_a_person_writes_is_never_read_as_a_template(bot: Bot) -> None:
    text = ask(bot, "Når er neste {{7*7}}<b>julebord</b>?").text
    assert "49" not in text


def seconds(bot: Bot, say: str) -> float:
    """The processor's time for one answer."""
    start = process_time()
    ask(bot, say[:LONGEST])
    return process_time() - start


def test_the_cases_cover_every_kind_of_question() -> None:
    covered = {file.stem for file in (HERE / "cases").glob("*.toml")}
    asked_for = {intent for intent in Intent if intent.value in covered}
    examples = {file.stem for file in (HERE / "../../bot/norwegian/examples").glob("*.toml")}
    assert examples <= {intent.value for intent in asked_for}
    assert all(tomllib.loads((HERE / f"cases/{name}.toml").read_text("utf-8"))["case"] for name in covered)


def test_a_long_thread_is_cut_where_it_is_kept() -> None:
    frame = Frame(
        intent=Intent.EVENTS_IN_SPAN, language=Language.NB, items=tuple(range(1000)), choices=("a" * 5000,) * 99
    )
    for _ in range(50):
        frame = replace(frame, earlier=frame)
    kept = memory.as_text(frame)
    assert len(kept) < 100_000
    read_again = memory.from_text(kept)
    assert read_again is not None
    assert len(read_again.thread) == 4
