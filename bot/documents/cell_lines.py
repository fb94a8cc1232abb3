"""Tables with one cell a line: a tab begins a cell, lines without one go on with it, and an empty line may end a row.

An empty line may also stand inside a cell. How many cells a row has is seen from the rows that are whole; then
pieces between empty lines are put together where just so many cells come of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.documents.document import Block, Cell, Paragraph, Row, Table
from bot.documents.lists import joined, numbered
from bot.documents.markup import one_paragraph
from bot.documents.text_tables import Line

# So many empty lines on end stand between two tables, never between two rows.
_APART = 5

_Cell = list[Line]
_Piece = list[_Cell]


def begins_cell(line: Line) -> bool:
    """Whether the line's only tab is at its beginning."""
    return re.match(r"^ *\t[^\t]*$", line.text.rstrip("\r\n")) is not None


def cell_lines(lines: Sequence[Line], start: int) -> int:
    """Return where the table with one cell a line that begins at `start` ends; `start` where there is none."""
    if not begins_cell(lines[start]):
        return start
    at, end, blanks, cells, widest = start, start, 0, 0, 0
    while at < len(lines):
        line = lines[at]
        if line.is_blank:
            blanks += 1
        elif begins_cell(line):
            if blanks >= _APART:
                break
            cells = 1 if blanks else cells + 1
            widest = max(widest, cells)
        elif blanks >= 2 or (blanks and cells >= max(widest, 2)) or "\t" in line.text.strip(" "):
            break
        if not line.is_blank:
            blanks, end = 0, at + 1
        at += 1
    return end


def cell_line_blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Return the table; cells that stand alone before or after its rows are paragraphs."""
    rows = _rows(_pieces(lines))
    whole = [index for index, row in enumerate(rows) if len(row) > 1]
    if not whole:
        return _loose(rows)
    first, last = whole[0], whole[-1] + 1
    made = tuple(_row(row) for row in rows[first:last])
    return (*_loose(rows[:first]), Table(rows=made, place=made[0].place), *_loose(rows[last:]))


def _loose(rows: list[_Piece]) -> tuple[Paragraph, ...]:
    return tuple(paragraph for row in rows for cell in row for paragraph in _paragraphs(cell))


def _pieces(lines: Sequence[Line]) -> list[_Piece]:
    """Return runs of cells with no empty line before any but the first."""
    pieces: list[_Piece] = []
    after_blank = True
    for line in lines:
        if begins_cell(line):
            if after_blank:
                pieces.append([])
            pieces[-1].append([line])
        elif not line.is_blank:
            pieces[-1][-1].append(line)
        after_blank = line.is_blank
    return pieces


def _rows(pieces: list[_Piece]) -> list[_Piece]:
    """Return the rows, so cut that as few as can be are short; a row is one piece, or several put together."""
    width = max(len(piece) for piece in pieces)
    best: list[tuple[float, int]] = [(0.0, 0)] * (len(pieces) + 1)
    for start in range(len(pieces) - 1, -1, -1):
        best[start] = (best[start + 1][0] + (len(pieces[start]) < width), start + 1)
        total = len(pieces[start])
        for end in range(start + 2, min(len(pieces), start + width) + 1):
            total += len(pieces[end - 1])
            if total > width:
                break
            cost = best[end][0] + _cost(pieces[start:end], total, width)
            if cost < best[start][0]:
                best[start] = (cost, end)
    rows, at = [], 0
    while at < len(pieces):
        end = best[at][1]
        rows.append([cell for piece in pieces[at:end] for cell in piece])
        at = end
    return rows


def _cost(pieces: list[_Piece], total: int, width: int) -> float:
    """Nothing where the row is whole; a short row is put together only where its first piece is no lone cell."""
    if total == width:
        return 0.0
    return 1.5 if len(pieces[0]) > 1 else float(len(pieces))


def _row(cells: _Piece) -> Row:
    return Row(
        cells=tuple(Cell(paragraphs=_paragraphs(cell), column=column) for column, cell in enumerate(cells)),
        place=cells[0][0].place,
    )


def _paragraphs(cell: _Cell) -> tuple[Paragraph, ...]:
    made = (one_paragraph(line.text, line.place) for line in cell)
    return numbered(joined(paragraph for paragraph in made if paragraph))
