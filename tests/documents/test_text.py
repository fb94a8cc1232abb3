"""Text files come to headings, paragraphs and tables, whatever wrote them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.documents.document import Block, Cell, Heading, Paragraph, Table
from bot.documents.reader import read

CASES = tomllib.loads((Path(__file__).parent / "text.toml").read_text("utf-8"))["case"]


def shown(block: Block) -> list[str]:
    """A block in the notation of the case file."""
    if isinstance(block, Heading):
        return ["#" * block.level + " " + block.text]
    if isinstance(block, Paragraph):
        return [line(block)]
    return ["| " + " | ".join(cell(one) for one in row.cells) for row in block.rows]


def line(paragraph: Paragraph) -> str:
    if paragraph.number:
        return f"{paragraph.number}) {paragraph.text}"
    return f"{'-' * paragraph.bullet} {paragraph.text}".lstrip()


def cell(one: Cell) -> str:
    return "^" if one.continues else " // ".join(map(line, one.paragraphs))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_text_comes_to_its_blocks(case: dict[str, str]) -> None:
    document = read(case["text"].encode(), "plan.txt")
    assert [text for block in document.blocks for text in shown(block)] == case["blocks"]


def test_every_row_and_paragraph_knows_its_line() -> None:
    document = read("Plan\n\nDato\tHva\n14.9\tMøte\n".encode(), "plan.txt")
    title, table = document.blocks
    assert isinstance(table, Table)
    assert (title.place.words, [row.place.line for row in table.rows]) == ("linje 1", [3, 4])
