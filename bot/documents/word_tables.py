"""The cells of Word's tables, with what spans several columns or goes on in the rows below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from bot.documents.document import Cell, Paragraph, Place
from bot.documents.lists import joined, numbered
from bot.documents.word_notes import Notes
from bot.documents.word_paragraphs import boxes, flat, said
from bot.documents.word_styles import Styles

Inside: TypeAlias = "list[BaseOxmlElement]"
_WIDEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A cell as Word has it, put in its column."""

    element: BaseOxmlElement
    column: int
    width: int

    def made(self, place: Place, styles: Styles, notes: Notes) -> Cell:
        """Return the cell with its text; one that goes on from above has none of its own."""
        merge = self.element.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        continues = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
        words = () if continues else numbered(joined(_paragraphs(self.element, place, styles, notes)))
        return Cell(paragraphs=words, column=self.column, width=self.width, continues=continues)


def rows_of(table: BaseOxmlElement, inside: Inside) -> Iterator[list[Raw]]:
    """Yield the cells of each row; tables and text boxes that stand in cells are put into `inside`."""
    for row in flat(table):
        if row.tag == qn("w:tr"):
            cells: list[Raw] = []
            column = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
            elements = [element for element in flat(row) if element.tag == qn("w:tc")]
            for element in elements:
                width = _number(element.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)
                if cells and _is_covered(element):
                    cells[-1] = replace(cells[-1], width=cells[-1].width + width)
                else:
                    cells.append(Raw(element=element, column=column, width=width))
                column += width
                if len(elements) > 1:
                    _open_frames(element)
                inside.extend(_bodies_in(element))
            if cells:
                yield cells


def _is_covered(cell: BaseOxmlElement) -> bool:
    """Whether the cell to the left reaches over this one, in the way that old versions of Word write it."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:hMerge')}")
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _open_frames(cell: BaseOxmlElement) -> None:
    """Put what stands in a table with one column, inside a cell, into that cell itself: it only has a frame around."""
    for table in [child for child in flat(cell) if child.tag == qn("w:tbl")]:
        rows = [[one for one in flat(row) if one.tag == qn("w:tc")] for row in flat(table) if row.tag == qn("w:tr")]
        if all(len(row) == 1 for row in rows):
            for row in rows:
                for child in list(flat(row[0])):
                    table.addprevious(child)
            table.getparent().remove(table)


def _bodies_in(cell: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield a cell that holds a table of its own, once, as a body with that table alone; and its text boxes."""
    for child in flat(cell):
        if child.tag == qn("w:tbl"):
            body = cell.makeelement(qn("w:body"))
            body.append(child)
            yield body
        elif child.tag == qn("w:p"):
            yield from boxes(child)


def _paragraphs(cell: BaseOxmlElement, place: Place, styles: Styles, notes: Notes) -> Iterator[Paragraph]:
    """Yield the paragraphs of a cell, each with its footnotes behind it: there they say when and for whom it holds."""
    for child in flat(cell):
        if child.tag == qn("w:p"):
            for one in (child, *notes.of(child)):
                yield from (line for _, line in said(one, styles.of(one), place))


def _number(element: BaseOxmlElement | None, default: int) -> int:
    written = None if element is None else element.get(qn("w:val"))
    return min(int(written), _WIDEST) if written and written.isdecimal() else default
