"""Tables in a text file whose columns are kept apart by two spaces or more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.documents.document import Cell, Row, Table
from bot.documents.markup import paragraphs
from bot.documents.text_tables import Line

_CELL = re.compile(r"\S+(?: \S+)*")
_GAP = re.compile(r"\S {2,}(?=\S)")
_FEWEST_GAPS, _MOST_GAPS = 2, 50
_FEWEST_ROWS = 3
# How far a cell may begin from its heading and still stand below it.
_NEAR = 3
_MOST = 0.8


def space_rows(lines: Sequence[Line], start: int) -> int:
    """Return where at least three rows with two gaps or more end; `start` where there are none."""
    end = start
    while end < len(lines) and _FEWEST_GAPS <= len(_GAP.findall(lines[end].text)) <= _MOST_GAPS:
        end += 1
    return end if end - start >= _FEWEST_ROWS else start


def space_table(lines: Sequence[Line]) -> Table:
    """Return the table; where its cells stand below the headings, an empty one is seen by that."""
    cells = [[(found.start(), found[0]) for found in _CELL.finditer(line.text)] for line in lines]
    starts = [start for start, _ in max(cells, key=len)]
    near = [_column(start, starts) for row in cells for start, _ in row]
    is_aligned = sum(column is not None for column in near) >= _MOST * len(near)
    rows = tuple(
        Row(cells=tuple(_cells(line, row, starts if is_aligned else [])), place=line.place)
        for line, row in zip(lines, cells, strict=True)
    )
    return Table(rows=rows, place=rows[0].place)


def _column(start: int, starts: Sequence[int]) -> int | None:
    return next((column for column, other in enumerate(starts) if abs(start - other) <= _NEAR), None)


def _cells(line: Line, row: Sequence[tuple[int, str]], starts: Sequence[int]) -> list[Cell]:
    made: list[Cell] = []
    for index, (start, text) in enumerate(row):
        column = _column(start, starts)
        last = made[-1].column if made else -1
        column = max(index if column is None else column, last + 1)
        made.append(Cell(paragraphs=paragraphs(text, line.place), column=column))
    return made
