"""Times are told as planners say them, in each written standard."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from bot.messages import Period
from bot.model import Entry, Kind, Language, Precision, Span
from bot.wording import (
    audience_in_words,
    length_in_words,
    list_in_words,
    period_in_words,
    source_in_words,
    span_in_words,
)
from tests.questions.plans import HERE

TODAY = date(2023, 8, 30)
CASES = tomllib.loads((HERE / "wording.toml").read_text("utf-8"))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("case", CASES["period"], ids=lambda case: case["nb"])
def test_period(case: Mapping[str, Any], language: Language) -> None:
    first, last = case["days"]
    assert period_in_words(Period(start=first, end=last), language, TODAY) == case[language]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("case", CASES["span"], ids=lambda case: case["nb"])
def test_span(case: Mapping[str, Any], language: Language) -> None:
    known = {name: case[name] for name in ("start", "end", "other", "text", "uncertain") if name in case}
    span = Span(**known, precision=Precision(case.get("precision", "none")))
    assert span_in_words(span, language, TODAY) == case[language]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("case", CASES["length"], ids=lambda case: case["nb"])
def test_length(case: Mapping[str, Any], language: Language) -> None:
    opens, closes = case["time"]
    entry = Entry(kind=Kind.EVENT, title="Møte", time_start=opens, time_end=closes)
    assert length_in_words(entry, language) == case[language]


def test_a_place_in_a_document_is_told_in_the_words_of_the_answer() -> None:
    entry = Entry(kind=Kind.EVENT, title="Møte", source="tabell 2, rad 7")
    assert [source_in_words(entry, language) for language in Language] == [
        "tabell 2, rad 7",
        "tabell 2, rad 7",
        "table 2, row 7",
    ]


def test_whom_it_is_for_is_left_out_where_the_title_says_it_or_the_list_is_long() -> None:
    assert audience_in_words(Entry(kind=Kind.EVENT, title="Møte", audience=("a", "b", "c")), Language.NN) == "a, b og c"
    assert audience_in_words(Entry(kind=Kind.EVENT, title="LUF", audience=("LUF",)), Language.NB) == ""
    many = tuple(f"gruppe nummer {number}" for number in range(9))
    assert audience_in_words(Entry(kind=Kind.EVENT, title="Møte", audience=many), Language.NB) == ""


def test_the_last_of_several_is_joined_by_and() -> None:
    assert [list_in_words(names, Language.EN) for names in ((), ("a",), ("a", "b"))] == ["", "a", "a and b"]
