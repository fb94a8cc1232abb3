"""The pages of a PDF to a document, read in order; what goes on over a page's end is put together."""

from __future__ import annotations

from collections.abc import Sequence

from bot.documents.document import Document
from bot.documents.lists import with_numbers
from bot.documents.pdf_habits import habits_of
from bot.documents.pdf_layout import Thing, outside, ruled_tables, things_of, without_letterheads
from bot.documents.pdf_lines import lines_of
from bot.documents.pdf_markers import with_markers
from bot.documents.pdf_page import Page
from bot.documents.pdf_pages import gone_on
from bot.documents.pdf_running import Rows, names_year, without_running
from bot.documents.pdf_tables import PdfTable
from bot.documents.pdf_writing import blocks_of


def document_of(pages: Sequence[Page], name: str) -> Document:
    """Return what the pages say in reading order, without what they repeat at their edges."""
    ruled = [ruled_tables(page) for page in pages]
    free = [with_markers(lines_of(outside(page, found))) for page, found in zip(pages, ruled, strict=True)]
    tables = without_letterheads(ruled)
    has_year = any(names_year(lines) for found in tables for table in found for lines in table.columns())
    rows = without_running(pages, free, has_year=has_year)
    things = _over_pages(pages, tables, rows)
    habits = habits_of(column for thing in things for column in thing.columns())
    edges = [line.text for row in free[0] if row not in rows[0] for line in row] if free else []
    return Document(name=name, blocks=tuple(with_numbers(blocks_of(things, habits))), edges=tuple(edges))


def _over_pages(pages: Sequence[Page], tables: Sequence[Sequence[PdfTable]], rows: Sequence[Rows]) -> list[Thing]:
    """Return what stands on all pages; a table at a page's end and one at the next one's beginning may be one."""
    found: list[Thing] = []
    for page, ruled, lines in zip(pages, tables, rows, strict=True):
        last = found[-1] if found else None
        things = list(things_of(page, ruled, lines, last.reaches if isinstance(last, PdfTable) else ()))
        first = things[0] if things else None
        joined = gone_on(last, first) if isinstance(last, PdfTable) and isinstance(first, PdfTable) else None
        if joined:
            found[-1:] = [joined, *things[1:]]
        else:
            found.extend(things)
    return found
