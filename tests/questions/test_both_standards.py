"""The same words in bokmål and in nynorsk are the same question."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.errors import PlanvaktError
from bot.model import Book, Language
from bot.understanding.frame import Asked, Frame
from bot.understanding.language import language_of
from bot.understanding.reading import read
from tests.questions.plans import HERE
from tests.questions.test_questions import a_message


def pairs() -> Iterator[tuple[str, str]]:
    """Each first saying of a case with the first in the other standard."""
    for file in sorted((HERE / "cases").glob("*.toml")):
        for case in tomllib.loads(file.read_text("utf-8"))["case"]:
            first, others = case["say"][0], case["say"][1:]
            if language_of(first) is Language.NB:
                yield from ((first, say) for say in others[:1] if language_of(say) is Language.NN)


@pytest.mark.parametrize(("bokmål", "nynorsk"), list(pairs()))
def test_a_question_means_the_same_in_both_standards(book: Book, bokmål: str, nynorsk: str) -> None:
    assert meaning(book, bokmål) == meaning(book, nynorsk)


def test_there_are_many_pairs() -> None:
    assert len(list(pairs())) > 100


def meaning(book: Book, say: str) -> Frame | str:
    """What is asked, without the words it is asked with."""
    try:
        frame = read(a_message(say), book, None)
    except PlanvaktError as error:
        return type(error).__name__
    when = Asked(text="", period=frame.when.period) if frame.when else None
    return replace(frame, language=Language.NB, names=(), when=when)
