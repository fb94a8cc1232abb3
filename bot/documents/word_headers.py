"""What the pages of a Word document have at the top: no part of it, but perhaps all that tells its year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from bot.documents.document import Block, Place, Table, plain
from bot.documents.word_paragraphs import lines_of, said
from bot.documents.word_styles import Style

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MOST_SECTIONS = 50


def headers_of(document: WordDocument) -> tuple[BaseOxmlElement, ...]:
    """Return the headers of all sections, as far as they have their own."""
    return tuple(
        header._element
        for section in islice(document.sections, _MOST_SECTIONS)
        for header in (section.first_page_header, section.header)
        if not header.is_linked_to_previous
    )


def edges_of(document: WordDocument) -> Iterator[str]:
    """Yield what stands at the top of the pages, then what stands at the bottom, each side of a tab for itself."""
    parts = [relation for relation in document.part.rels.values() if not relation.is_external]
    for kind in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
        for part in (relation.target_part for relation in parts if relation.reltype == kind):
            element = part.element if isinstance(part, XmlPart) else None
            for paragraph in element.iter(qn("w:p")) if element is not None else ():
                texts = (plain(piece) for line in lines_of(paragraph) for piece in line.text.split("\t"))
                yield from filter(None, texts)


def with_year(blocks: Sequence[Block], headers: Sequence[BaseOxmlElement]) -> Iterator[Block]:
    """Yield the blocks; where none of them names a year, what the headers say of one stands before them, once."""
    if blocks and not any(_YEAR.search(text) for text in _texts(blocks)):
        lines = (
            line
            for header in headers
            for paragraph in header.iter(qn("w:p"))
            for _, line in said(paragraph, Style(), Place.at_paragraph(1))
        )
        yield from {line.text: line for line in lines if _YEAR.search(line.text)}.values()
    yield from blocks


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell.text for row in block.rows for cell in row.cells)
        else:
            yield block.text
