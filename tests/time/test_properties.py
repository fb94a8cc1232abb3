"""Whatever the text: an answer or none, never an error, and no span that ends before it begins."""

from __future__ import annotations

import sys
from datetime import date
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.time.lexicon import lexicon
from bot.time.parsing import Parsing
from bot.time.reading import Context, When, find, read, read_cell, read_sentence

_WORDS = sorted(
    {word for word in lexicon().words if word.isalpha()}
    | {" ".join(phrase) for phrase in lexicon().whole_phrases}
    | {"møte", "trinn", "Nilsen", "(", ")", "-", "–", "/", ",", ".", "?", ":", "14.", "3", "31.", "10.03.22", "30/2"}
    | {"2024", "2023/2024", "13.00", "4.2", "1/2", "uke", "8", "53", "kl", "9-15", "0830", "'23", "99", "2018-21"}
)
_SPOKEN = st.lists(st.sampled_from(_WORDS), max_size=9).map(" ".join)
_CONTEXTS = st.builds(
    Context,
    reference=st.dates(date(1950, 1, 1), date(2150, 1, 1)),
    month=st.none() | st.integers(1, 12),
    year=st.none() | st.integers(1990, 2060),
    school_year=st.none() | st.integers(1990, 2060).map(lambda year: f"{year}/{year + 1}"),
    section=st.none() | st.sampled_from(["VÅR 2022", "Høst", "Mars", "Fellessamlinger", "uke 8", "1. halvår 2023"]),
    looks_back=st.booleans(),
    calendar=st.just({}) | st.just({"vinterferie": (date(2024, 2, 26), date(2024, 3, 1))}),
)


def _is_sound(when: When | None) -> bool:
    if when is None:
        return True
    is_straight = when.start is None or when.end is None or when.start <= when.end
    return is_straight and (not when.impossible or not when.is_dated) and (not when.conflict or when.other is not None)


@settings(max_examples=400, deadline=None)
@given(text=_SPOKEN, context=_CONTEXTS)
def test_words_of_time_in_any_order_are_read_soundly(text: str, context: Context) -> None:
    assert _is_sound(read(text, context))
    assert _is_sound(read_cell(text, context))
    found = read_sentence(text, context)
    assert found is None or _is_sound(found[1])


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=60) | st.text("0123456789./-: ukeværås", max_size=30), context=_CONTEXTS)
def test_any_text_is_read_soundly(text: str, context: Context) -> None:
    assert _is_sound(read(text, context))


@settings(max_examples=300, deadline=None)
@given(text=_SPOKEN | st.text(max_size=60))
def test_found_times_lie_in_the_text_in_order(text: str) -> None:
    at = 0
    for found in find(text):
        assert at <= found.start_at < found.stop_at <= len(text)
        assert text[found.start_at : found.stop_at] == found.text
        at = found.stop_at


def _calls(text: str) -> int:
    """Count the calls that reading a text takes: the same on every machine."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        Parsing(text).times  # noqa: B018 - worked out when asked for
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "words",
    ["1. og 2. mars, ", "uke 1, 2, 3 og ", "før etter siden ", "mandag, ", "(mars ", "slutten av ", "fra 1. til "],
)
def test_work_grows_no_faster_than_the_text(words: str) -> None:
    assert _calls(words * 240) < 1.2 * 8 * _calls(words * 30)
