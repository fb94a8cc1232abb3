"""Word files (.docx) to a neutral document."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from docx import Document as open_word
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import XmlchemyError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from bot.documents.document import Block, Document, Heading, Place, Row, Table
from bot.documents.lists import with_numbers
from bot.documents.word_changes import take_changes
from bot.documents.word_headers import edges_of, headers_of, with_year
from bot.documents.word_notes import Notes
from bot.documents.word_paragraphs import boxes, flat, said
from bot.documents.word_styles import Styles
from bot.documents.word_tables import Inside, rows_of
from bot.documents.word_tabs import with_tab_tables
from bot.errors import BadFile

_END = 40
_PAGE_NUMBER = re.compile(r"(\t|\.{3,}|…)\s*\d{1,3}\s*$")
_DEEPEST = 6
_KINDS = "[Content_Types].xml"
_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_KINDS = re.compile(
    rb"application/vnd\.(?:ms-word\.(?:document|template)\.macroEnabled(?:Template)?"
    rb"|openxmlformats-officedocument\.wordprocessingml\.template)\.main\+xml"
)
_MOST = (
    (re.compile(rb"</\w+:tr>"), 20_000),
    (re.compile(rb"</\w+:tc>"), 150_000),
    (re.compile(rb"</\w+:p>"), 200_000),
    (re.compile(rb"</\w+:r>|<\w+:(?:br|tab|cr)\b"), 500_000),
)
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
    XmlchemyError,
)


def read_word(content: bytes, name: str) -> Document:
    """Return what a Word file holds; text boxes and tables inside tables follow what they stand in.

    Raises BadFile if it cannot be opened: the library tells of a broken file in many ways.
    """
    opened = _open(content, name)
    take_changes(opened.body)
    blocks = tuple(_Reader(opened.styles, opened.notes).blocks(opened.body))
    return Document(name=name, blocks=tuple(with_year(blocks, opened.headers)), edges=opened.edges)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """What is read of a Word file."""

    body: BaseOxmlElement
    styles: Styles
    notes: Notes
    headers: tuple[BaseOxmlElement, ...]
    edges: tuple[str, ...]


def _open(content: bytes, name: str) -> _Opened:
    try:
        if _is_too_long(content):
            raise BadFile("bad_file_too_long", name=name)
        opened = open_word(BytesIO(_as_document(content)))
        body: BaseOxmlElement | None = opened.element.body
        if body is not None:
            return _Opened(
                body=body,
                styles=Styles(opened),
                notes=Notes(opened),
                headers=headers_of(opened),
                edges=tuple(dict.fromkeys(edges_of(opened))),
            )
    except _BROKEN as error:
        raise BadFile("bad_file_unreadable", name=name) from error
    raise BadFile("bad_file_unreadable", name=name)


def _as_document(content: bytes) -> bytes:
    """Return a template, or a document with macros, as the plain document that it is besides."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        kinds = archive.read(_KINDS)
        if not _OTHER_KINDS.search(kinds):
            return content
        made = BytesIO()
        with zipfile.ZipFile(made, "w") as plain:
            for part in archive.namelist():
                is_kinds = part == _KINDS
                plain.writestr(part, _OTHER_KINDS.sub(_DOCUMENT, kinds) if is_kinds else archive.read(part))
    return made.getvalue()


def _is_too_long(content: bytes) -> bool:
    """Whether the text has more rows or paragraphs than any plan; counted before anything makes objects of them."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        xml = archive.read("word/document.xml")
    return any(sum(1 for _ in end.finditer(xml)) > most for end, most in _MOST)


class _Reader:
    """Walks through a body in reading order and counts tables and paragraphs, so that each has a place."""

    def __init__(self, styles: Styles, notes: Notes) -> None:
        self._styles = styles
        self._notes = notes
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
        if style.is_contents:
            return
        for written, line in said(paragraph, style, Place.at_paragraph(self._paragraphs + 1)):
            self._paragraphs += 1
            place = Place.at_paragraph(self._paragraphs)
            if style.heading is None:
                yield written, replace(line, place=place)
            else:
                yield written, Heading(text=line.text, place=place, level=style.heading)

    def _table(self, table: BaseOxmlElement, depth: int) -> Iterator[Block]:
        """Yield a table and what stands inside it; one with a single cell is a frame around that."""
        self._tables += 1
        number = self._tables
        inside: Inside = []
        rows: list[Row] = []
        for cells in rows_of(table, inside):
            place = Place.at_row(number, len(rows) + 1)
            rows.append(Row(cells=tuple(cell.made(place, self._styles, self._notes) for cell in cells), place=place))
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
    for text, block in with_tab_tables(lines):
        if _PAGE_NUMBER.search(text[-_END:]):
            run.append(block)
            continue
        kept.extend(run if len(run) < 3 else ())
        run = []
        kept.append(block)
    kept.extend(run if len(run) < 3 else ())
    return with_numbers(kept)
