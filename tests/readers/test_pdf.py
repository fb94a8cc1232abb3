"""PDF files come to headings, paragraphs and tables, however they are set."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.documents.document import Document, Paragraph
from bot.documents.pdf import read_pdf
from bot.errors import BadFile
from handlers.reading import read_plan
from tests.readers.paper import pdf
from tests.readers.showing import shown

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "pdf.toml").read_text("utf-8"))["case"]
PRINTED = tomllib.loads((HERE / "printed" / "printed.toml").read_text("utf-8"))["case"]


def refusal(content: bytes) -> str:
    with pytest.raises(BadFile) as refused:
        read_pdf(content, "plan.pdf")
    return refused.value.template


def places(document: Document) -> list[str]:
    return [block.place.words for block in document.blocks]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_pages_come_to_their_blocks(case: dict[str, Any]) -> None:
    assert shown(read_pdf(pdf(case["pages"], case.get("turned", 0)), "plan.pdf")) == case["shows"]


@pytest.mark.parametrize("case", PRINTED, ids=lambda case: case["file"])
def test_what_was_printed_comes_to_what_it_was_printed_from(case: dict[str, Any]) -> None:
    assert shown(read_pdf((HERE / "printed" / f"{case['file']}.pdf").read_bytes(), "plan.pdf")) == case["shows"]


def test_every_block_knows_its_page() -> None:
    assert places(read_pdf(pdf(["50 100 Mål", "50 100 Tiltak"]), "plan.pdf")) == ["side 1", "side 2"]


def test_what_a_line_goes_all_through_is_told() -> None:
    found = read_pdf(pdf(["50 100 Møte\n-- 50 97 76 97\n50 130 Kurs\n-- 50 131.5 72 131.5"]), "plan.pdf").blocks
    assert [block.is_struck for block in found if isinstance(block, Paragraph)] == [True, False]


def test_a_picture_of_a_page_is_said_to_be_one() -> None:
    assert refusal(pdf(["~", "~", "50 100 Forside"])) == "bad_file_scanned"


def test_a_cover_that_is_a_picture_does_no_harm() -> None:
    assert shown(read_pdf(pdf(["~", "50 100 Mål"]), "plan.pdf")) == ["Mål"]


def test_pages_that_are_pictures_are_told_of_where_others_are_read() -> None:
    words = "\n".join(f"50 {100 + 20 * line} Ord i mengder" for line in range(10))
    pages = ["50 100 Mål", "~", "~\n50 800 Dokument 23/1234", "50 100 Tiltak", f"~\n{words}"]
    document = read_pdf(pdf(pages), "plan.pdf")
    assert [place.words for place in document.unread] == ["side 2", "side 3"]


def test_a_picture_of_a_plan_with_a_stamp_is_said_to_be_scanned() -> None:
    with pytest.raises(BadFile) as refused:
        read_plan(pdf(["~\n50 800 Dokument 23/1234"]), "plan.pdf")
    assert refused.value.template == "bad_file_scanned"


def test_words_that_stand_beyond_all_paper_are_nowhere() -> None:
    content = pdf(["50 100 Mål\n50 120 Tiltak"])
    assert shown(read_pdf(content.replace(b" 722.0 Tm", b" " + b"9" * 42 + b".0 Tm"), "plan.pdf")) == ["Mål"]


def test_a_page_with_nothing_on_it_says_nothing() -> None:
    assert shown(read_pdf(pdf([""]), "plan.pdf")) == []


def test_a_locked_file_is_said_to_be_locked() -> None:
    assert refusal((HERE / "locked.pdf").read_bytes()) == "bad_file_password"


def test_more_pages_than_any_plan_has_are_too_many() -> None:
    assert refusal(pdf(["50 100 Side"] * 401)) == "bad_file_too_long"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.7\nstartxref\n0\n%%EOF", pdf(["50 100 Mål"])[:200]])
def test_a_broken_file_is_said_to_be_unreadable(content: bytes) -> None:
    assert refusal(content) == "bad_file_unreadable"
