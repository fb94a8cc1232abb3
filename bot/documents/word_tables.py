"""The cells of Word's tables, with what spans several columns or goes on in the rows below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from bot.documents.document import Cell, Paragraph, Place, plain
from bot.documents.lists import joined, numbered
from bot.documents.markup import says_something, unbulleted
from bot.documents.word_paragraphs import Styles, boxes, flat, lines_of

Inside: TypeAlias = "list[BaseOxmlElement]"
_WIDEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A cell as Word has it, put in its column."""

    element: BaseOxmlElement
    column: int
    width: int

    def made(self, place: Place, styles: Styles) -> Cell:
        """Return the cell with its text; one that goes on from above has none of its own."""
        merge = self.element.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        continues = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
        words = () if continues else numbered(joined(_paragraphs(self.element, place, styles)))
        return Cell(paragraphs=words, column=self.column, width=self.width, continues=continues)


def rows_of(table: BaseOxmlElement, inside: Inside) -> Iterator[list[Raw]]:
    """Yield the cells of each row; tables and text boxes that stand in cells are put into `inside`."""
    for row in flat(table):
        if row.tag == qn("w:tr"):
            cells: list[Raw] = []
            column = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
            for element in flat(row):
                if element.tag == qn("w:tc"):
                    width = _number(element.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)
                    cells.append(Raw(element=element, column=column, width=width))
                    column += width
                    inside.extend(_bodies_in(element))
            if cells:
                yield cells


def _bodies_in(cell: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield a cell that holds a table of its own, once, as a body with that table alone; and its text boxes."""
    for child in flat(cell):
        if child.tag == qn("w:tbl"):
            body = cell.makeelement(qn("w:body"))
            body.append(child)
            yield body
        elif child.tag == qn("w:p"):
            yield from boxes(child)


def _paragraphs(cell: BaseOxmlElement, place: Place, styles: Styles) -> Iterator[Paragraph]:
    for child in flat(cell):
        if child.tag != qn("w:p"):
            continue
        style = styles.of(child)
        for line in lines_of(child):
            depth, words = unbulleted(line.text)
            text = plain(words)
            if says_something(text):
                yield Paragraph(
                    text=text,
                    place=place,
                    bullet=max(depth, style.depth),
                    number=style.number,
                    strong=min(len(plain(line.strong)), len(text)),
                )


def _number(element: BaseOxmlElement | None, default: int) -> int:
    written = None if element is None else element.get(qn("w:val"))
    return min(int(written), _WIDEST) if written and written.isdecimal() else default
