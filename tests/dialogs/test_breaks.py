"""Which titles of a plan tell of a break, what a file of breaks says, and how breaks are called."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.breaks import BreakName
from bot.errors import BadFile
from bot.model import Language
from bot.school_calendar import break_of_title, example_in_words, name_in_words, the_name_in_words
from bot.time.breaks import ANY_BREAK
from bot.time.lexicon import lexicon
from bot.time.reading import Context
from bot.understanding.break_lines import breaks_in_lines
from bot.understanding.breaks import breaks_said, read_named

TABLE = tomllib.loads((Path(__file__).parent / "break_words.toml").read_text("utf-8"))
SEEN = Context(reference=date(2026, 11, 23), school_year="2026/2027")


@pytest.mark.parametrize(("title", "name"), [(title, name) for name, some in TABLE["titles"].items() for title in some])
def test_title_is_just_a_break(title: str, name: str) -> None:
    assert break_of_title(title) == (None if name == "none" else BreakName(name))


@pytest.mark.parametrize("case", TABLE["file"], ids=lambda case: case["text"].strip().splitlines()[0])
def test_file_of_breaks(case: Mapping[str, Any]) -> None:
    if "refused" in case:
        with pytest.raises(BadFile) as refused:
            breaks_in_lines(case["text"], "ferier.csv", SEEN)
        assert [refused.value.template, refused.value.values.get("number", 0)] == case["refused"]
        return
    found = [[one.name.value, one.first, one.last] for one in breaks_in_lines(case["text"], "ferier.csv", SEEN)]
    assert found == case["breaks"]


def test_the_lexicon_names_just_the_breaks_that_there_are() -> None:
    assert {value for _, value in lexicon().saying("break", "school_event")} == {*BreakName, ANY_BREAK}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", BreakName)
def test_what_a_break_is_called_is_read_back(name: BreakName, language: Language) -> None:
    for called in (name_in_words(name, language), the_name_in_words(name, language)):
        named = read_named(f"{called} {example_in_words(name, language)}")
        assert named is not None
        assert named.name is name
        assert len(breaks_said(name, named.behind, SEEN)) == 1


def test_both_norwegian_standards_are_there_for_each_name() -> None:
    names = [[name_in_words(name, language) for language in Language] for name in BreakName]
    assert all(one != other for one, other in pairwise(names))
