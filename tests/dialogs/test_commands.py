"""Commands are read as the table says, whatever the written standard."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.errors import NotOne, NotUnderstood
from bot.model import Language
from bot.understanding.commands import read_command, way_to_settle, ways_to_settle, without_command
from bot.understanding.plain_orders import Known

CASES = tomllib.loads((Path(__file__).parent / "commands.toml").read_text("utf-8"))["case"]
# What the plans have, of which some sentences must be to be commands.
THERE = {"fagdagen", "lesekurs", "fyr-3", "theme", "møtet", "den", "foreldremøtene", "kartlegging", "milepæl"}
KNOWN = Known(
    is_item=lambda words: not THERE.isdisjoint(words.casefold().split()),
    is_person=lambda words: words in ("jeg", "eg", "æ", "Kari", "I"),
)
SAID = [(text, case) for case in CASES for text in ([case["say"]] if isinstance(case["say"], str) else case["say"])]


@pytest.mark.parametrize(("text", "case"), SAID, ids=[text or "(nothing)" for text, _ in SAID])
def test_a_command_is_read_as_what_it_wants(text: str, case: Mapping[str, str]) -> None:
    if "unknown" in case:
        with pytest.raises(NotUnderstood):
            read_command(text, Language.NB, KNOWN)
        return
    if "many" in case:
        with pytest.raises(NotOne):
            read_command(text, Language.NB, KNOWN)
        return
    frame = read_command(text, Language(case.get("language", "nb")), KNOWN)
    read = (frame.intent, frame.argument) if frame else (None, "")
    assert read == (case.get("intent"), case.get("argument", ""))
    assert frame is None or frame.language == case.get("language", frame.language)


@pytest.mark.parametrize(
    ("said", "asked"),
    [("/plan", "Kva skjer denne veka?"), ("/plan  når er SUT?", "når er SUT?"), (" hva skjer? ", "hva skjer?")],
)
def test_what_stands_behind_plan_is_a_question_and_nothing_is_this_week(said: str, asked: str) -> None:
    assert without_command(said, Language.NN) == asked


@pytest.mark.parametrize("language", Language)
def test_what_a_button_says_settles_in_just_that_way(language: Language) -> None:
    ways = ways_to_settle(language)
    assert {way: way_to_settle(said) for way, said in ways.items()} == {way: way for way in ways}
    assert way_to_settle("torsdag 8. februar 2024") is None


def test_the_word_of_one_standard_decides_which_the_answer_is_in() -> None:
    said = {"/rolle gje Rektor Kari": "nn", "/rolle give Rektor Kari": "en", "/tiltak angre": "nb"}
    frames = {text: read_command(text, Language.NB) for text in said}
    assert {text: frame.language for text, frame in frames.items() if frame} == said
