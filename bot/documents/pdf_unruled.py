"""Columns without rules: whether they are a table or text set in columns, and which lines are one row of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import fmean

from bot.documents.pdf_columns import SideBySide
from bot.documents.pdf_grid import Grid, GridBox, grid_between
from bot.documents.pdf_habits import is_rest
from bot.documents.pdf_lines import Line, is_bullet
from bot.documents.pdf_page import Box
from bot.documents.pdf_rows import Column, Reach, RowLines, rows_of
from bot.documents.pdf_tables import PdfCell, PdfRow, PdfTable

# In points: how exactly lines of one row stand level. In parts of a distance or a width: what is farther, or alike.
_LEVEL = 2.0
_FAR = 1.3
_ALIKE_PITCH = 0.9
_ALIKE_WIDTH = 0.7
_MOST = 0.6
# In sizes: how far above its line the middle of a sign is, and how high small letters are.
_MIDDLE = 0.3
_HEIGHT = 0.7
_FEWEST_ROWS = 3
_NEARLY_ALL = 0.8
_FULL = 0.7
_ENOUGH_WORDS = 3.0


def is_table(side: SideBySide) -> bool:
    """Whether the columns belong together row by row. Text in columns has columns alike, each read by itself."""
    columns = [side.lines_in(index) for index in range(len(side.columns))]
    if not are_alike(side.columns) or not all(columns):
        return True
    if all(_share_of_items(lines) >= _MOST for lines in columns):
        return False
    if any(share_level(*sorted((lines, columns[0]), key=len)) < _MOST for lines in columns[1:]):
        return stand_in_rows(columns)
    ends = [_ends(lines) for lines in columns]
    if sum(map(len, ends)) >= 2:
        shared = sum(any(_is_among(end, other) for other in ends if other is not own) for own in ends for end in own)
        return shared >= _MOST * sum(map(len, ends))
    words = fmean(len(line.words) for lines in columns for line in lines)
    full = fmean((line.right - line.left) / column.width for column, lines in _with(side, columns) for line in lines)
    return full < _FULL or words < _ENOUGH_WORDS


def _with(side: SideBySide, columns: Sequence[list[Line]]) -> Iterator[tuple[Column, list[Line]]]:
    return zip(side.columns, columns, strict=True)


def are_alike(columns: Sequence[Column]) -> bool:
    """Whether columns begin at even distances, or two of them are equally wide."""
    if len(columns) == 2:
        widths = sorted(column.width for column in columns)
        return widths[0] >= _ALIKE_WIDTH * widths[1]
    pitches = sorted(after.left - before.left for before, after in pairwise(columns))
    return pitches[0] >= _ALIKE_PITCH * pitches[-1]


def _share_of_items(lines: Sequence[Line]) -> float:
    """Return how much of a column begins as the items of a list do: with a figure or a bullet; lines go on below."""
    begun = [line for line in lines if not is_rest(line)] or lines
    return fmean(line.text[0].isdigit() or is_bullet(line.text) for line in begun)


def share_level(lines: Sequence[Line], others: Sequence[Line]) -> float:
    """Return how many lines of a column stand level with one of another."""
    bases = [other.base for other in others]
    return fmean(_is_among(line.base, bases) for line in lines)


def stand_in_rows(columns: Sequence[Sequence[Line]]) -> bool:
    """Whether most of what white parts from top to bottom is cells set in the middle of one row."""
    pieces = [(index, line) for index, lines in enumerate(columns) for line in lines]
    groups: list[list[tuple[int, Line]]] = []
    bottom = float("-inf")
    for index, line in sorted(pieces, key=lambda piece: piece[1].base):
        if line.base - line.size * _HEIGHT > bottom:
            groups.append([])
        groups[-1].append((index, line))
        bottom = max(bottom, line.base)
    several = [middles for group in groups if len(middles := _middles(group)) > 1]
    return len(several) >= _FEWEST_ROWS and sum(map(_agree, several)) >= _NEARLY_ALL * len(several)


def _middles(group: Iterable[tuple[int, Line]]) -> list[float]:
    """Return where the middle of each column's lines is."""
    bases: dict[int, list[float]] = {}
    for index, line in group:
        bases.setdefault(index, []).append(line.base)
    return [fmean((min(found), max(found))) for found in bases.values()]


def _agree(middles: Sequence[float]) -> bool:
    return max(middles) - min(middles) <= _LEVEL


def _is_among(base: float, bases: Iterable[float]) -> bool:
    return any(abs(base - other) <= _LEVEL for other in bases)


def _ends(lines: Sequence[Line]) -> list[float]:
    """Return where the lines below a wider distance than usual stand."""
    distances = [after.base - before.base for before, after in pairwise(lines)]
    usual = min((distance for distance in distances if distance > _LEVEL), default=0.0)
    return [after.base for before, after in pairwise(lines) if after.base - before.base > usual * _FAR]


def unruled_table(side: SideBySide, lines: Iterable[Box], page: int) -> PdfTable:
    """Return the table; level lines across it part its rows where there are such, else how its words stand."""
    box = Box(
        left=side.columns[0].left,
        top=min(line.top for line in side.rows[0]),
        right=side.columns[-1].right,
        bottom=max(line.base for line in side.rows[-1]),
    )
    floors = [line for line in lines if line.right > box.left and box.right > line.left]
    inside = [floor for floor in floors if box.top < floor.top < box.bottom]
    is_ruled = sum(floor.width >= _MOST * box.width for floor in inside) >= 2
    grid = grid_between(_between(side.columns), inside, box) if is_ruled else None
    rows = _grid_rows(side, grid, page) if grid else _rows(side, page)
    xs = tuple(column.left for column in side.columns)
    return PdfTable(box=box, xs=xs, rows=tuple(rows), reaches=side.columns)


def _between(columns: Sequence[Column]) -> list[float]:
    return [(before.right + after.left) / 2 for before, after in pairwise(columns)]


def _grid_rows(side: SideBySide, grid: Grid, page: int) -> Iterator[PdfRow]:
    """Yield the rows that level lines part; a cell that no line crosses reaches over several of them."""
    inside: dict[GridBox, list[Line]] = {cell: [] for cell in grid.cells}
    widths: dict[GridBox, int] = {}
    for line in (line for row in side.rows for line in row):
        first, width = side.reach(line)
        cell = next(
            cell
            for cell in grid.cells
            if cell.column <= first < cell.column + cell.width and cell.box.bottom >= line.base - line.size * _MIDDLE
        )
        inside[cell].append(line)
        widths[cell] = max(widths.get(cell, 1), width)
    for row in range(len(grid.ys) - 1):
        cells = [
            _cell(side, (cell.column, widths.get(cell, 1)), inside[cell])
            if cell.row == row
            else PdfCell(column=cell.column, continues=True)
            for cell in sorted(grid.cells, key=lambda cell: cell.column)
            if cell.row <= row < cell.row + cell.height
        ]
        made = PdfRow(cells=tuple(cells), page=page, bottom=grid.ys[row + 1])
        if made.filled:
            yield made


def _rows(side: SideBySide, page: int) -> Iterator[PdfRow]:
    for row in rows_of(_columns(side), _Sides(side)):
        bottom = max(line.base for lines in row.values() for line in lines)
        yield PdfRow(cells=tuple(_cell(side, reach, row[reach]) for reach in sorted(row)), page=page, bottom=bottom)


def _cell(side: SideBySide, reach: Reach, lines: Sequence[Line]) -> PdfCell:
    first, width = reach
    return PdfCell(column=first, width=width, lines=tuple(lines), right=side.columns[first + width - 1].right)


def _columns(side: SideBySide) -> RowLines:
    found: RowLines = {}
    for row in side.rows:
        for line in row:
            found.setdefault(side.reach(line), []).append(line)
    return found


class _Sides(dict[Reach, Column]):
    """How far to each side every cell may reach, also one over several columns."""

    def __init__(self, side: SideBySide) -> None:
        count = len(side.columns)
        for first in range(count):
            for width in range(1, count - first + 1):
                last = side.columns[first + width - 1]
                self[first, width] = Column(left=side.columns[first].left, right=last.right)
