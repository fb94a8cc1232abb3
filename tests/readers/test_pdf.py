"""PDF files come to headings, paragraphs and tables, however they are set."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.documents.document import Document
from bot.documents.pdf import read_pdf
from bot.errors import BadFile
from tests.readers.paper import pdf
from tests.readers.showing import shown

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "pdf.toml").read_text("utf-8"))["case"]


def refusal(content: bytes) -> str:
    with pytest.raises(BadFile) as refused:
        read_pdf(content, "plan.pdf")
    return refused.value.template


def places(document: Document) -> list[str]:
    return [block.place.words for block in document.blocks]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_pages_come_to_their_blocks(case: dict[str, Any]) -> None:
    assert shown(read_pdf(pdf(case["pages"], case.get("turned", 0)), "plan.pdf")) == case["shows"]


def test_every_block_knows_its_page() -> None:
    assert places(read_pdf(pdf(["50 100 Mål", "50 100 Tiltak"]), "plan.pdf")) == ["side 1", "side 2"]


def test_a_picture_of_a_page_is_said_to_be_one() -> None:
    assert refusal(pdf(["~", "~", "50 100 Forside"])) == "bad_file_scanned"


def test_a_cover_that_is_a_picture_does_no_harm() -> None:
    assert shown(read_pdf(pdf(["~", "50 100 Mål"]), "plan.pdf")) == ["Mål"]


def test_a_page_with_nothing_on_it_says_nothing() -> None:
    assert shown(read_pdf(pdf([""]), "plan.pdf")) == []


def test_a_locked_file_is_said_to_be_locked() -> None:
    assert refusal((HERE / "locked.pdf").read_bytes()) == "bad_file_password"


def test_more_pages_than_any_plan_has_are_too_many() -> None:
    assert refusal(pdf(["50 100 Side"] * 401)) == "bad_file_too_long"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.7\nstartxref\n0\n%%EOF", pdf(["50 100 Mål"])[:200]])
def test_a_broken_file_is_said_to_be_unreadable(content: bytes) -> None:
    assert refusal(content) == "bad_file_unreadable"
