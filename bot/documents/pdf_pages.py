"""Tables that go on from one page to the next: their rows put together, headings that are repeated left out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.documents.pdf_cuts import is_small
from bot.documents.pdf_lines import Line, is_bullet
from bot.documents.pdf_tables import PdfCell, PdfRow, PdfTable

# In points: how exactly columns on two pages agree. In sizes: how near to its row's end a cell's last line stands.
_AGREE = 6.0
_AT_END = 1.8
_PITCH = 1.2
_SPACE = 0.25
_HEADINGS = 3


def gone_on(table: PdfTable, following: PdfTable) -> PdfTable | None:
    """Return a table with what the next page has of it; None where the tables have different columns."""
    columns = _same_columns(table, following)
    if columns is None:
        return None
    rows = [_moved(row, columns) for row in following.rows]
    headings = [row.text for row in table.rows[:_HEADINGS] if len(row.filled) > 1]
    while rows and rows[0].text in headings:
        rows.pop(0)
    if rows and _is_rest(table.rows[-1], rows[0]):
        rows[0] = _put_together(table.rows[-1], rows[0])
        return replace(table, rows=(*table.rows[:-1], *rows))
    if rows:
        rows[0] = _continued(table.rows[-1], rows[0])
    return replace(table, rows=(*table.rows, *rows))


def _same_columns(table: PdfTable, following: PdfTable) -> Mapping[int, int] | None:
    """Return which column of the table each column of the following one is; None where one is none of them."""
    if table.is_ruled != following.is_ruled:
        ruled, other = (table, following) if table.is_ruled else (following, table)
        within = [bisect_right(ruled.xs, left) - 1 for left in other.xs]
        is_same = within == list(range(len(ruled.xs) - 1))
        return {index: index for index in within} if is_same else None
    if table.is_ruled:
        is_same = len(table.xs) == len(following.xs) and all(
            abs(one - other) <= _AGREE for one, other in zip(table.xs, following.xs, strict=True)
        )
        return {index: index for index in range(len(table.xs))} if is_same else None
    found: dict[int, int] = {}
    for index, left in enumerate(following.xs):
        reached = [column for column, other in enumerate(table.xs) if other <= left + _AGREE]
        if not reached or reached[-1] in found.values():
            return None
        found[index] = reached[-1]
    return found


def _moved(row: PdfRow, columns: Mapping[int, int]) -> PdfRow:
    return replace(row, cells=tuple(replace(cell, column=columns[cell.column]) for cell in row.cells))


def _continued(last: PdfRow, first: PdfRow) -> PdfRow:
    """Return a page's first row; an empty cell below one that already is the rest of another is its rest, too."""
    going_on = {cell.column for cell in last.cells if cell.continues}
    cells = (
        replace(cell, continues=True) if not cell.lines and cell.column in going_on else cell for cell in first.cells
    )
    return replace(first, cells=tuple(cells))


def _is_rest(last: PdfRow, first: PdfRow) -> bool:
    """Whether a row is what the page before had no room for: each cell goes on with one that reaches the row's end.

    A row of its own rarely begins in small letters, and has the words that lead the row before.
    """
    above, below = last.filled, first.filled
    if not below or any(column not in above or not _is_at_end(last, above[column]) for column in below):
        return False
    small = sum(1 if _goes_on(above[column], cell.lines[0]) else -1 for column, cell in below.items())
    return small + (min(above) not in below) > 0


def _is_at_end(row: PdfRow, cell: PdfCell) -> bool:
    return row.bottom - cell.lines[-1].base <= _AT_END * cell.lines[-1].size


def _goes_on(cell: PdfCell, line: Line) -> bool:
    """Whether a line goes on with what a cell ends with: a list, a sentence that is open, or a full line of words."""
    before = cell.lines[-1].text
    if is_bullet(line.text):
        return any(is_bullet(other.text) for other in cell.lines)
    if line.text[0] in ".,;:?!)" or before[-1] in "-/,:" or is_small(before.split()[-1]):
        return True
    is_full = cell.right - cell.lines[-1].right <= _SPACE * line.size + line.first + 1.0
    is_figure = line.text[0].isdigit() and before[-1].isalpha() and not cell.lines[0].text[0].isdigit()
    return is_full and (line.text[0].islower() or is_figure)


def _put_together(last: PdfRow, first: PdfRow) -> PdfRow:
    rest = first.filled
    cells = tuple(
        replace(cell, lines=(*cell.lines, *_below(cell.lines[-1], rest[cell.column].lines)))
        if cell.column in rest
        else cell
        for cell in last.cells
    )
    return replace(last, cells=cells, bottom=first.bottom)


def _below(line: Line, rest: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines of the next page as if they stood right below a line."""
    down = line.base + _PITCH * rest[0].size - rest[0].base
    return tuple(other.moved(down) for other in rest)
