"""Short names and groups are read from a plan with what it says of them, in every format, and never without end."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import pytest

from bot.documents.reader import read
from bot.proposals.terms import terms_of
from bot.terms import Term
from tests.readers.paper import pdf
from tests.readers.word_files import paragraph, word
from tests.readers.workbooks import workbook

CASES = tomllib.loads((Path(__file__).parent / "terms.toml").read_text("utf-8"))["case"]
LINES = (
    "Skolens lesegruppe (SLG) består av to lærere og rektor.",
    "Gruppa ledes av rektor.",
)

# With the length, it is eight times as long; with its square, sixty-four.
MOST_TIMES = 32


def read_from(content: str | bytes) -> tuple[Term, ...]:
    return terms_of(read(content.encode() if isinstance(content, str) else content, "plan"))


def told(terms: Iterable[Term]) -> list[dict[str, Any]]:
    """The terms that are explained, in the words of the cases."""
    return [
        {
            "name": term.name,
            **({"stands_for": term.stands_for} if term.stands_for else {}),
            "says": [f"{', '.join(saying.tells)}: {saying.text}" for saying in term.sayings],
        }
        for term in terms
        if term.is_explained
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_plan_explains_its_words(case: dict[str, Any]) -> None:
    terms = read_from(f"# Plan for Storvik 2026/2027\n\n{case['document']}")
    in_order = sorted(told(terms), key=lambda term: term["name"])
    assert in_order == sorted(case.get("term", []), key=lambda term: term["name"])
    assert [term.name for term in terms if not term.is_explained] == case.get("used", [])


FILES = {
    "text": ("\n\n".join(LINES).encode(), ["linje 1", "linje 3"]),
    "word": (word("".join(map(paragraph, LINES))), ["avsnitt 1", "avsnitt 2"]),
    "excel": (workbook(["Om gruppene", " ".join(LINES)]), ["Ark1!B1", "Ark1!B1"]),
    "pdf": (pdf(["\n".join(f"50 {100 + 30 * at} {line}" for at, line in enumerate(LINES))]), ["side 1", "side 1"]),
}


@pytest.mark.parametrize(("content", "sources"), FILES.values(), ids=list(FILES))
def test_every_format_tells_where_it_stands(content: bytes, sources: list[str]) -> None:
    (term,) = read_from(content)
    assert (term.name, term.stands_for) == ("SLG", "Skolens lesegruppe")
    assert [saying.text for saying in term.sayings] == list(LINES)
    assert [saying.source for saying in term.sayings] == sources


def test_used_words_are_told_with_some_of_the_places() -> None:
    (term,) = read_from("\n\n".join(f"Samling {number} for alle i PPT" for number in range(1, 9)))
    assert [saying.source for saying in term.sayings] == ["linje 1", "linje 3", "linje 5"]


def test_a_stranger_s_file_has_no_more_of_them_than_a_plan_has() -> None:
    letters = "ABDEGHIJKLMNOPRSTUVY"
    names = [a + b + c for a in letters for b in letters for c in letters][:3000]
    lines = [
        f"{name} = ord for {name.lower()}. {name} skal {'gjøre mye ' * 90}. {name} består av alle." for name in names
    ]
    lines += [f"SUT skal gjøre {number} ting." for number in range(3000)]
    assert grows(lambda of: "\n\n".join(lines[:: 8 // of])) < MOST_TIMES
    terms = read_from("\n\n".join(lines))
    assert len(terms) <= 160
    assert max(len(term.sayings) for term in terms) <= 8
    assert max(len(saying.text) for term in terms for saying in term.sayings) <= 602


@pytest.mark.parametrize(
    "text",
    [
        "SUT, " * 9_000,
        "SUT = " * 8_000,
        "(SUT) " * 8_000,
        "a (" * 16_000,
        "Gruppa av " * 4_900,
        "SUT. " * 9_000,
        "A" * 49_000,
    ],
    ids=lambda text: text[:10],
)
def test_no_text_keeps_the_reader_at_work(text: str) -> None:
    assert grows(lambda of: f"SUT består av rektor.\n\n{text[: len(text) * of // 8]}") < MOST_TIMES


def grows(text: Callable[[int], str]) -> float:
    """How many times as long the whole text takes as an eighth of it; `text` gives so many eighths."""
    return _seconds(text(8)) / median(_seconds(text(1)) for _ in range(3))


def _seconds(text: str) -> float:
    """The processor's time for one reading."""
    began = process_time()
    read_from(text)
    return process_time() - began
