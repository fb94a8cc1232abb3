"""Every rule is alive, every word has a use, every value can be resolved, and no letter is a look-alike."""

from __future__ import annotations

import functools
import threading
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest

from bot.time import values
from bot.time.chart import Chart, Grammar, Rules
from bot.time.grammar import grammar
from bot.time.lexicon import Lexicon, lexicon
from bot.time.normal import normalised
from bot.time.patterns import expanded
from bot.time.resolve import resolvable
from bot.time.tokens import tokens_of
from tests.time.cases import cases

# Read by the guards, by the tense of a question and by nothing else.
_OUTSIDE_THE_GRAMMAR = {"counted", "done", "label", "modal", "out_verb", "past", "small"}


def test_every_rule_is_used_by_a_case() -> None:
    used: set[str] = set()

    def counting(build: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(build)
        def counted(*said: Any) -> Any:
            value = build(*said)
            if value is not None:
                used.add(f"{build.__module__}.{build.__name__}")
            return value

        return counted

    counted = Grammar(replace(rule, build=counting(rule.build)) for rule in grammar().rules)
    for _, text, _ in cases():
        chart = Chart(counted, tokens := tokens_of(normalised(text).text))
        for at in range(len(tokens)):
            chart.ends("time", at)
            chart.ends("cell", at)
    assert {f"{rule.build.__module__}.{rule.build.__name__}" for rule in grammar().rules} == used


def test_every_word_of_the_lexicon_has_a_use() -> None:
    assert lexicon().categories - grammar().readings == _OUTSIDE_THE_GRAMMAR


def test_no_part_of_the_grammar_goes_by_the_name_of_a_reading() -> None:
    assert {rule.symbol for rule in grammar().rules} & lexicon().categories == set()


def test_every_value_can_be_resolved() -> None:
    kinds = {kind for kind in vars(values).values() if isinstance(kind, type) and issubclass(kind, values.Value)}
    assert kinds - resolvable() == {values.Value}


def test_a_grammar_that_holds_itself_is_refused() -> None:
    rules = Rules()
    rules.either("a", "x it:b")
    rules.either("b", "it:a")
    with pytest.raises(ValueError, match="holds itself"):
        Grammar(rules.all)


def test_patterns_stand_for_all_their_sequences() -> None:
    plain = [[symbol for symbol, _ in steps] for steps in expanded("[a] (b|c d) e")]
    assert sorted(plain) == [["a", "b", "e"], ["a", "c", "d", "e"], ["b", "e"], ["c", "d", "e"]]


def test_whoever_reads_the_same_text_meanwhile_finds_all_of_it() -> None:
    rules, has_begun, goes_on = Rules(), threading.Event(), threading.Event()

    @rules("time", "it:day")
    def slow(it: Any) -> Any:
        if not has_begun.is_set():
            has_begun.set()
            assert goes_on.wait(30)
        return it

    text = "mandag"
    category = next(iter(tokens_of(text)[0].said.readings))[0]
    rules.either("day", f"it:{category}")
    chart = Chart(Grammar(rules.all), tokens_of(text))
    with ThreadPoolExecutor(1) as other:
        first = other.submit(chart.longest, "time", 0)
        assert has_begun.wait(30)
        meanwhile = chart.longest("time", 0)
        goes_on.set()
        assert meanwhile == first.result(30)
        assert meanwhile is not None


@pytest.mark.parametrize("pattern", ["[a", "a]", "(a|b"])
def test_a_pattern_that_is_not_closed_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="close"):
        expanded(pattern)


def _tables() -> dict[str, Any]:
    return tomllib.loads(files("bot.norwegian").joinpath("lexicon", "time.toml").read_text(encoding="utf-8"))


def _strings(table: Any) -> Iterator[str]:
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict):
        for key, value in table.items():
            yield key
            yield from _strings(value)
    elif isinstance(table, list):
        for value in table:
            yield from _strings(value)


def test_the_word_lists_hold_latin_letters_only() -> None:
    for text in _strings(_tables()):
        assert unicodedata.is_normalized("NFC", text)
        for letter in filter(str.isalpha, text):
            assert unicodedata.name(letter).startswith("LATIN SMALL LETTER"), text


def test_no_word_stands_twice_in_a_list() -> None:
    for name, table in _tables().items():
        for key, words in table.items():
            if isinstance(words, list):
                assert [word for word in words if words.count(word) > 1] == [], (name, key)


def test_words_that_are_nobodys_slip_would_be_taken_for_one() -> None:
    tables = _tables()
    never = tables["typos"]["never"]["words"]
    tables["typos"]["never"]["words"] = []
    free = Lexicon(tables)
    assert [word for word in never if not free.said(word)] == []
    assert [word for word in never if lexicon().said(word)] == []
