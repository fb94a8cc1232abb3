"""Tables of a page: what stands in each cell, put together over pages, and as a table of the document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.documents.document import Cell, Row, Table
from bot.documents.lists import numbered
from bot.documents.pdf_grid import Grid, GridBox
from bot.documents.pdf_habits import Habits
from bot.documents.pdf_joining import paragraphs_of
from bot.documents.pdf_lines import Line, whole_lines
from bot.documents.pdf_page import Box, Glyph, Page
from bot.documents.pdf_places import at_page
from bot.documents.pdf_rows import Column, Reach, RowLines, told_rows
from bot.documents.pdf_struck import without_struck

_MARGIN = 1.0
_MOST_PADDING = 12.0
# In sizes: how near each other the signs of a word stand.
_TOUCHING = 0.1
# A table with no more rows than a heading and two may have rules between its columns alone.
_FEW_ROWS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfCell:
    """A cell with its lines; `right` is where a full line ends."""

    column: int
    width: int = 1
    lines: tuple[Line, ...] = ()
    right: float = 0.0
    continues: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfRow:
    """A row of cells from left to right, the page it begins on, and where on the page it ends."""

    cells: tuple[PdfCell, ...]
    page: int
    bottom: float

    @property
    def text(self) -> tuple[str, ...]:
        return tuple(" ".join(line.text for line in cell.lines) for cell in self.cells if cell.lines)

    @property
    def filled(self) -> dict[int, PdfCell]:
        """The cells with words in them, by column."""
        return {cell.column: cell for cell in self.cells if cell.lines}


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfTable:
    """A table as it stands on its pages; `box` is where it is on the first of them.

    `xs` are the sides of its columns where lines rule it, else where each begins; `reaches` is then how far the words
    in each reach.
    """

    box: Box
    xs: tuple[float, ...]
    rows: tuple[PdfRow, ...]
    reaches: tuple[Column, ...] = ()

    @property
    def is_ruled(self) -> bool:
        return not self.reaches

    def columns(self) -> Iterator[tuple[Line, ...]]:
        """Yield the lines of each cell."""
        return (cell.lines for row in self.rows for cell in row.cells)


def ruled_table(grid: Grid, page: Page) -> PdfTable:
    """Return the table that a grid comes to with the signs that stand inside it."""
    owners = {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.height)
        for column in range(cell.column, cell.column + cell.width)
    }
    inside: dict[GridBox, list[Glyph]] = {cell: [] for cell in grid.cells}
    before: Glyph | None = None
    cell: GridBox | None = None
    for glyph in page.glyphs:
        if not grid.box.holds(glyph.middle, _MARGIN):
            continue
        x, y = glyph.middle
        if not (before and cell and _is_one_word(before, glyph)):
            # A word that has no room in its cell reaches into the next one.
            cell = owners.get((_between(grid.ys, y), _between(grid.xs, x)))
        before = glyph
        if cell:
            inside[cell].append(glyph)
    made = {cell: _cell(cell, signs) for cell, signs in inside.items()}
    rows = [
        PdfRow(cells=tuple(_in_row(made, grid, row)), page=page.number, bottom=grid.ys[row + 1])
        for row in range(len(grid.ys) - 1)
    ]
    if len(rows) <= _FEW_ROWS:
        rows = [part for row in rows for part in _parted(row, grid.xs)]
    return PdfTable(box=grid.box, xs=grid.xs, rows=tuple(row for row in rows if row.filled))


def _is_one_word(before: Glyph, glyph: Glyph) -> bool:
    is_beside = abs(glyph.left - before.right) <= _TOUCHING * glyph.size and abs(glyph.base - before.base) < 1.0
    return is_beside and not before.is_spaced


def _parted(row: PdfRow, xs: Sequence[float]) -> list[PdfRow]:
    """Return a row as those it holds, where only the columns of a table are ruled."""
    columns = {(cell.column, cell.width): cell.lines for cell in row.filled.values()}
    sides = {reach: Column(left=xs[reach[0]], right=xs[sum(reach)]) for reach in columns}
    rights = {(cell.column, cell.width): cell.right for cell in row.cells}
    found = told_rows(columns, sides)
    return [_part(part, rights, row.page) for part in found] if len(found) > 1 else [row]


def _part(lines: RowLines, rights: Mapping[Reach, float], page: int) -> PdfRow:
    cells = tuple(
        PdfCell(column=reach[0], width=reach[1], lines=tuple(lines[reach]), right=rights[reach])
        for reach in sorted(lines)
    )
    return PdfRow(cells=cells, page=page, bottom=max(cell.lines[-1].base for cell in cells))


def _between(sides: Sequence[float], at: float) -> int:
    """Return which column or row a place is in; the outermost ones reach a little further."""
    return min(max(bisect_right(sides, at) - 1, 0), len(sides) - 2)


def _in_row(made: dict[GridBox, PdfCell], grid: Grid, row: int) -> Iterator[PdfCell]:
    for cell in sorted(grid.cells, key=lambda cell: cell.column):
        if cell.row == row:
            yield made[cell]
        elif cell.row < row < cell.row + cell.height:
            yield PdfCell(column=cell.column, width=cell.width, continues=True)


def _cell(cell: GridBox, signs: Sequence[Glyph]) -> PdfCell:
    lines = tuple(whole_lines(without_struck(signs)))
    return PdfCell(column=cell.column, width=cell.width, lines=lines, right=full_right(lines, cell.box))


def full_right(lines: Sequence[Line], box: Box) -> float:
    """Return where a full line ends: as far from the right side as lines begin from the left one."""
    if not lines:
        return box.right
    padding = min(max(min(line.left for line in lines) - box.left, 0.0), _MOST_PADDING)
    return max(box.right - padding, *(line.right for line in lines))


def table_of(table: PdfTable, habits: Habits) -> Table:
    """Return the table of the document; columns in which no words begin do not count."""
    used = sorted({cell.column for row in table.rows for cell in row.cells if cell.lines})
    at = {column: index for index, column in enumerate(used)}
    rows = []
    for row in table.rows:
        place = at_page(row.page)
        cells = tuple(
            Cell(
                paragraphs=numbered(paragraphs_of(cell.lines, cell.right, place, habits)),
                column=at[cell.column],
                width=max(1, sum(cell.column <= column < cell.column + cell.width for column in used)),
                continues=cell.continues,
            )
            for cell in row.cells
            if cell.column in at
        )
        rows.append(Row(cells=cells, place=place))
    return Table(rows=tuple(rows), place=rows[0].place)
