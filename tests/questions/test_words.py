"""Words are compared in one form for both standards; the word lists hold only our letters."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations
from pathlib import Path

import pytest

import bot
from bot.understanding.spelling import meant
from bot.understanding.words import forms_of
from tests.questions.plans import HERE

PAIRS = tomllib.loads((HERE / "words.toml").read_text("utf-8"))
LISTS = sorted((Path(bot.__file__).parent / "norwegian/lexicon").rglob("*.toml"))


@pytest.mark.parametrize("words", PAIRS["same"], ids=" ".join)
def test_inflections_of_both_standards_are_one_word(words: list[str]) -> None:
    assert [(one, other) for one, other in combinations(words, 2) if not is_same(one, other)] == []


@pytest.mark.parametrize("words", PAIRS["different"], ids=" ".join)
def test_other_words_are_not(words: list[str]) -> None:
    assert not is_same(*words)


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.name)
def test_word_list_has_no_letter_from_another_alphabet(file: Path) -> None:
    text = file.read_text("utf-8")
    assert set(re.findall(r"[^\W\d_]", text)) <= set(
        "abcdefghijklmnopqrstuvwxyzæøåABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅéèòôóöäüá"
    )


def test_one_slip_in_a_long_word_is_understood() -> None:
    among = ("skoleledermøte", "milepæl", "tiltak")
    assert [meant(word, among) for word in ("skolledermøte", "mielpæl", "titlak")] == list(among)
    assert [meant(word, among) for word in ("skoledermte", "elepæl", "tak", "piltak")] == [None] * 4


def is_same(one: str, other: str) -> bool:
    return bool(set(forms_of(one)).intersection(forms_of(other)))
