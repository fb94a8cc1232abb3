"""Pieces of lines that stand side by side: which columns they are in, and how far down that holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.documents.pdf_lines import Line, joined_line, line_of
from bot.documents.pdf_rows import Column, Reach

# In points: the narrowest gap between columns. In sizes: the narrowest gap that may part them inside a piece, what
# stands by itself because it is so far down, and where a paragraph ends.
_GAP = 6.0
_CUT = 0.45
_FARTHEST = 4.0
_APART = 1.9
_LARGER = 1.14
_AHEAD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """Rows of pieces in columns, from the top."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]

    def reach(self, line: Line) -> Reach:
        reached = [index for index, column in enumerate(self.columns) if _touches(column, line)]
        return reached[0], len(reached)

    def lines_in(self, index: int) -> list[Line]:
        return [line for row in self.rows for line in row if self.reach(line)[0] == index]


def _touches(column: Column, line: Line) -> bool:
    return line.left < column.right + _GAP and line.right > column.left - _GAP


def stretches(rows: Sequence[Sequence[Line]], before: Sequence[Column] = ()) -> Iterator[SideBySide | list[Line]]:
    """Yield what stands side by side, and the lines between that do not, from the top.

    `before` are the columns of a table that the page before ends with: the first rows may go on in them.
    """
    text: list[Line] = []
    at = 0
    while at < len(rows):
        found = _side_by_side(rows, at, before if at == 0 else ())
        if found is None:
            text.append(joined_line(rows[at]))
            at += 1
            continue
        at += len(found.rows)
        found = _with_above(found, text)
        if text:
            yield text
            text = []
        yield found
    if text:
        yield text


def _with_above(found: SideBySide, text: list[Line]) -> SideBySide:
    """Take the lines along that stand right above in one of the columns to the right: its first ones."""
    rows = list(found.rows)
    while text:
        line, below = text[-1], rows[0][0]
        reached = [index for index, column in enumerate(found.columns) if _touches(column, line)]
        is_inside = len(reached) == 1 and reached[0] > 0 and line.right <= found.columns[reached[0]].right + _GAP
        if not is_inside or below.base - line.base > _APART * line.size:
            break
        rows.insert(0, (text.pop(),))
    return SideBySide(columns=found.columns, rows=tuple(rows))


def _side_by_side(rows: Sequence[Sequence[Line]], start: int, before: Sequence[Column]) -> SideBySide | None:
    """Return the rows from one on that stand in the same columns; None where they are too few to tell."""
    is_going_on = bool(before) and _fitted(before, rows[start]) is not None
    if not is_going_on and len(rows[start]) < 2:
        return None
    columns = list(before) if is_going_on else [Column(left=line.left, right=line.right) for line in rows[start]]
    columns, taken = _taken(columns, rows, start)
    while len(taken) > 1 and _stands_below(taken, columns):
        taken.pop()
    several = sum(len(pieces) > 1 for pieces in taken)
    if several < (1 if is_going_on else 2 if len(columns) > 2 else 3):
        return None
    return SideBySide(columns=tuple(columns), rows=tuple(tuple(pieces) for pieces in taken))


def _taken(columns: list[Column], rows: Sequence[Sequence[Line]], start: int) -> tuple[list[Column], list[list[Line]]]:
    """Return the rows from one on that stand in columns, and how far each column then reaches."""
    taken: list[list[Line]] = []
    for at in range(start, len(rows)):
        if taken and not _is_below(rows[at], taken):
            break
        fitted = _fitted(columns, rows[at])
        if fitted:
            columns, pieces = fitted
            taken.append(pieces)
        elif taken and _goes_on_after(columns, rows, at):
            taken.append(list(rows[at]))
        else:
            break
    return columns, taken


def _is_below(row: Sequence[Line], taken: Sequence[Sequence[Line]]) -> bool:
    """Whether a row is near enough to the last one; one line alone in larger signs is a heading."""
    if row[0].base - taken[-1][0].base > _FARTHEST * row[0].size:
        return False
    return len(row) > 1 or row[0].size <= _LARGER * max(line.size for pieces in taken for line in pieces)


def _fitted(columns: Sequence[Column], row: Sequence[Line]) -> tuple[list[Column], list[Line]] | None:
    """Return the columns with a row added, and its pieces; None where one reaches over several columns."""
    made = list(columns)
    pieces = [piece for line in row for piece in _cut(line, columns)]
    for piece in pieces:
        touched = [index for index, column in enumerate(made) if _touches(column, piece)]
        if len(touched) > 1:
            return None
        if touched:
            column = made[touched[0]]
            made[touched[0]] = Column(left=min(column.left, piece.left), right=max(column.right, piece.right))
        else:
            made.append(Column(left=piece.left, right=piece.right))
    made.sort(key=lambda column: column.left)
    if any(after.left - before.right < _GAP for before, after in pairwise(made)):
        return None
    return made, pieces


def _cut(line: Line, columns: Sequence[Column]) -> Iterator[Line]:
    """Yield a piece that reaches over several columns in parts, where words stand apart between the columns."""
    begun = 0
    for at in range(1, len(line.words)):
        left, right = line.words[at - 1].right, line.words[at].left
        is_wide = right - left >= _CUT * line.size
        if is_wide and any(
            before.right <= right and left <= after.left and before.left < left and right < after.right
            for before, after in pairwise(columns)
        ):
            part = line_of(line.words[begun:at], line.base, line.size)
            if part:
                yield part
            begun = at
    rest = line_of(line.words[begun:], line.base, line.size)
    if rest:
        yield rest


def _goes_on_after(columns: Sequence[Column], rows: Sequence[Sequence[Line]], at: int) -> bool:
    """Whether a line over several columns only parts rows of one table: the next rows stand in the same columns."""
    if len(rows[at]) > 1:
        return False
    for row in rows[at + 1 : at + 1 + _AHEAD]:
        if len(row) > 1:
            fitted = _fitted(columns, row)
            return fitted is not None and len(fitted[0]) == len(columns)
    return False


def _stands_below(taken: Sequence[Sequence[Line]], columns: Sequence[Column]) -> bool:
    """Whether the last row is no more than a line of text below: alone, at the left, and set apart."""
    last, before = taken[-1], taken[-2]
    if len(last) > 1 or not _touches(columns[0], last[0]):
        return False
    is_wide = sum(_touches(column, last[0]) for column in columns) > 1
    return is_wide or last[0].base - before[0].base > _APART * last[0].size
