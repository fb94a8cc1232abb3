"""One page in reading order: its tables, ruled or not, and the text above, beside and below them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from bot.documents.pdf_columns import SideBySide, stretches
from bot.documents.pdf_grid import grids_of, level_lines
from bot.documents.pdf_lines import Line
from bot.documents.pdf_page import Box, Glyph, Page
from bot.documents.pdf_rows import Column
from bot.documents.pdf_running import Rows
from bot.documents.pdf_tables import PdfTable, ruled_table
from bot.documents.pdf_unruled import is_table, unruled_table
from bot.documents.pdf_zones import Strand, strands_of

# In points: how far what stands in a column is from the next one, and how far outside its lines a table reaches.
_BETWEEN = 12.0
_MARGIN = 1.0
_LEAST_COLUMN = 3
# In parts of the width there is: a line that may be full.
_LONG = 0.6
_PAGE = re.compile(r"\d{1,3}")
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Lines below each other on one page; a full one ends at `right`."""

    lines: tuple[Line, ...]
    right: float
    page: int

    def columns(self) -> Iterator[tuple[Line, ...]]:
        yield self.lines


Thing: TypeAlias = PdfTable | Text


def ruled_tables(page: Page) -> list[PdfTable]:
    return [table for grid in grids_of(page.lines, page.fills) if (table := ruled_table(grid, page)).rows]


def outside(page: Page, tables: Sequence[PdfTable]) -> list[Glyph]:
    """Return the signs of a page that stand in none of its ruled tables."""
    return [glyph for glyph in page.glyphs if not any(table.box.holds(glyph.middle, _MARGIN) for table in tables)]


def without_letterheads(pages: Sequence[Sequence[PdfTable]]) -> list[list[PdfTable]]:
    """Return the tables of each page but those that most pages repeat."""
    said = Counter(key for tables in pages for key in {_key(table) for table in tables})
    repeated = {key for key, count in said.items() if count > 1 and count * 2 > len(pages)}
    return [[table for table in tables if _key(table) not in repeated] for tables in pages]


def _key(table: PdfTable) -> tuple[str, ...]:
    return tuple(_FIGURES.sub("0", text) for row in table.rows for text in row.text)


def things_of(page: Page, tables: Sequence[PdfTable], rows: Rows, before: Sequence[Column] = ()) -> Iterator[Thing]:
    """Yield what stands on a page from the top; what is beside a table follows it.

    `before` are the columns of the unruled table that the page before ends with.
    """
    floors = level_lines(page.lines, page.fills)
    for strands in strands_of(rows, tables, page.width):
        for strand in strands:
            yield from _in_order(page, strand, floors, before)
            before = ()


def _in_order(page: Page, strand: Strand, floors: Sequence[Box], before: Sequence[Column]) -> Iterator[Thing]:
    rest = list(strand.rows)
    for table in strand.tables:
        above = [row for row in rest if row[0].base <= table.box.top]
        yield from _between_tables(page, replace(strand, rows=above), floors, before)
        yield table
        rest, before = rest[len(above) :], ()
    yield from _between_tables(page, replace(strand, rows=rest), floors, before)


def _between_tables(page: Page, strand: Strand, floors: Sequence[Box], before: Sequence[Column]) -> Iterator[Thing]:
    for stretch in stretches(strand.rows, before):
        if isinstance(stretch, list):
            farthest = strand.right or page.width - min(line.left for line in stretch)
            yield Text(lines=tuple(stretch), right=_right(stretch, farthest), page=page.number)
        elif _is_contents(stretch):
            continue
        elif is_table(stretch):
            yield unruled_table(stretch, floors, page.number)
        else:
            yield from _columns(page, stretch)


def _right(lines: Sequence[Line], farthest: float) -> float:
    """Return where a full line ends: no farther to the right than where the next word had no room any more."""
    end = farthest
    for before, after in pairwise(lines):
        is_long = before.right - before.left >= _LONG * (farthest - before.left)
        if is_long and after.text[0].islower():
            end = min(end, before.right + after.first)
    return max(end, *(line.right for line in lines))


def _columns(page: Page, side: SideBySide) -> Iterator[Text]:
    pitch = min(after.left - before.left for before, after in pairwise(side.columns))
    for index, column in enumerate(side.columns):
        lines = side.lines_in(index)
        right = _right(lines, max(column.right, column.left + pitch - _BETWEEN))
        yield Text(lines=tuple(lines), right=right, page=page.number)


def _is_contents(side: SideBySide) -> bool:
    """Whether the rows are a table of contents: all that stands at the right are page numbers, and they grow."""
    last = [row[-1].text for row in side.rows if len(row) > 1]
    if len(side.columns) != 2 or len(last) < _LEAST_COLUMN or not all(map(_PAGE.fullmatch, last)):
        return False
    numbers = [int(text) for text in last]
    return numbers == sorted(numbers) and numbers[0] < numbers[-1]
