"""Word files (.docx) to a neutral document."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO

from docx import Document as open_word
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from bot.documents.document import Block, Document, Heading, Paragraph, Place, Row, Table, plain
from bot.documents.lists import numbered
from bot.documents.markup import says_something, unbulleted
from bot.documents.word_paragraphs import Styles, boxes, flat, lines_of
from bot.documents.word_tables import Inside, rows_of
from bot.errors import BadFile

_END = 40
_PAGE_NUMBER = re.compile(r"(\t|\.{3,}|…)\s*\d{1,3}\s*$")
_DEEPEST = 6
_BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
    OpcError,
    PythonDocxError,
)


def read_word(content: bytes, name: str) -> Document:
    """Return what a Word file holds; text boxes and tables inside tables follow what they stand in.

    Raises BadFile if it cannot be opened: the library tells of a broken file in many ways.
    """
    try:
        opened = open_word(BytesIO(content))
        reader = _Reader(Styles(opened))
        return Document(name=name, blocks=tuple(reader.blocks(opened.element.body)))
    except _BROKEN as error:
        raise BadFile("bad_file_unreadable", name=name) from error


class _Reader:
    """Walks through a body in reading order and counts tables and paragraphs, so that each has a place."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._tables = 0
        self._paragraphs = 0

    def blocks(self, body: BaseOxmlElement, depth: int = 0) -> Iterator[Block]:
        """Yield headings, paragraphs and tables; what is nested too deep to be meant is left out."""
        waiting: list[tuple[str, Block]] = []
        for child in flat(body):
            if child.tag == qn("w:p"):
                waiting.extend(self._lines(child))
                for box in boxes(child):
                    yield from _without_contents(waiting)
                    waiting = []
                    yield from self.blocks(box, depth + 1) if depth < _DEEPEST else ()
            elif child.tag == qn("w:tbl"):
                yield from _without_contents(waiting)
                waiting = []
                yield from self._table(child, depth)
        yield from _without_contents(waiting)

    def _lines(self, paragraph: BaseOxmlElement) -> Iterator[tuple[str, Block]]:
        """Yield each line of a paragraph as it stands, and as a block."""
        style = self._styles.of(paragraph)
        for line in lines_of(paragraph):
            depth, words = unbulleted(line.text)
            text = plain(words)
            if not says_something(text) or style.is_contents:
                continue
            self._paragraphs += 1
            place = Place.at_paragraph(self._paragraphs)
            if style.heading is not None:
                yield line.text, Heading(text=text, place=place, level=style.heading)
            else:
                yield (
                    line.text,
                    Paragraph(
                        text=text,
                        place=place,
                        bullet=max(depth, style.depth),
                        number=style.number,
                        strong=min(len(plain(line.strong)), len(text)),
                    ),
                )

    def _table(self, table: BaseOxmlElement, depth: int) -> Iterator[Block]:
        """Yield a table and what stands inside it; one with a single cell is a frame around that."""
        self._tables += 1
        number = self._tables
        inside: Inside = []
        rows: list[Row] = []
        for cells in rows_of(table, inside):
            place = Place.at_row(number, len(rows) + 1)
            rows.append(Row(cells=tuple(cell.made(place, self._styles) for cell in cells), place=place))
        if sum(len(row.cells) for row in rows) > 1:
            yield Table(rows=tuple(rows), place=Place.at_row(number, 1))
        else:
            yield from (paragraph for row in rows for cell in row.cells for paragraph in cell.paragraphs)
        for body in inside if depth < _DEEPEST else ():
            yield from self.blocks(body, depth + 1)


def _without_contents(lines: Sequence[tuple[str, Block]]) -> Iterator[Block]:
    """Return the lines but those of a table of contents: three or more on end that end with a page number."""
    kept: list[Block] = []
    run: list[Block] = []
    for text, block in lines:
        if _PAGE_NUMBER.search(text[-_END:]):
            run.append(block)
            continue
        kept.extend(run if len(run) < 3 else ())
        run = []
        kept.append(block)
    kept.extend(run if len(run) < 3 else ())
    return _with_numbers(kept)


def _with_numbers(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks; the paragraphs between two headings may be lists with typed numbers."""
    run: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            run.append(block)
            continue
        yield from numbered(run)
        run = []
        yield block
    yield from numbered(run)
