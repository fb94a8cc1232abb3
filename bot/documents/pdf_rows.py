"""Which lines in columns side by side are one row of a table, where no rule tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from bot.documents.pdf_lines import Line, is_bullet

# In points: how much more than usual lies between two cells, and how exactly lines of one row stand level.
_MORE = 1.0
_LEVEL = 2.0
# In sizes: how high small letters are, how wide a space is; in parts: what is most, what is full.
_HEIGHT = 0.7
_SPACE = 0.25
_MOST = 0.6
_FEW = 0.4
_NEARLY_ALL = 0.8
_LEADING = 2
_NEARLY_FULL = 0.15
_SEVERAL = 2.5

_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")

Reach: TypeAlias = tuple[int, int]
"""The first column that something stands in, and how many it reaches over."""
RowLines: TypeAlias = "dict[Reach, list[Line]]"
Piece: TypeAlias = tuple[Reach, Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: how far to each side the words in it reach, or may."""

    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """Lines of one column that stand as near each other as any do."""

    reach: Reach
    lines: tuple[Line, ...]

    @property
    def top(self) -> float:
        return self.lines[0].base - self.lines[0].size * _HEIGHT

    @property
    def bottom(self) -> float:
        return self.lines[-1].base


def rows_of(columns: Mapping[Reach, Sequence[Line]], sides: Mapping[Reach, Column]) -> list[RowLines]:
    """Return the lines of each row, from the top.

    Lines with no more than usual between them are a cell, and cells beside each other a row, however they are set.
    Where rows stand as near each other as lines do, a row ends where its lines do not go on.
    """
    groups = list(_beside(_cells(columns)))
    if _is_told(groups, sides) and not any(map(_is_tight, groups)):
        return [_row(group) for group in groups]
    return [row for group in groups for row in _by_sense(group, sides)]


def told_rows(columns: Mapping[Reach, Sequence[Line]], sides: Mapping[Reach, Column]) -> list[RowLines]:
    """Return the rows where the distances between them tell, and most have something in several columns; else none."""
    groups = list(_beside(_cells(columns)))
    several = sum(len({cell.reach for cell in group}) > 1 for group in groups)
    if len(groups) <= _LEADING or several < _NEARLY_ALL * len(groups) or not _is_told(groups, sides):
        return []
    return [_row(group) for group in groups]


def _cells(columns: Mapping[Reach, Sequence[Line]]) -> Iterator[_Cell]:
    distances = [after.base - before.base for lines in columns.values() for before, after in pairwise(lines)]
    usual = min((distance for distance in distances if distance > _LEVEL), default=0.0)
    for reach, lines in columns.items():
        begun = 0
        for at in range(1, len(lines) + 1):
            if at == len(lines) or lines[at].base - lines[at - 1].base > usual + _MORE:
                yield _Cell(reach=reach, lines=tuple(lines[begun:at]))
                begun = at


def _beside(cells: Iterator[_Cell]) -> Iterator[list[_Cell]]:
    """Yield the cells that stand beside each other, or beside the same one."""
    group: list[_Cell] = []
    for cell in sorted(cells, key=lambda cell: cell.top):
        if group and cell.top >= max(other.bottom for other in group):
            yield group
            group = []
        group.append(cell)
    if group:
        yield group


def _is_told(groups: Sequence[Sequence[_Cell]], sides: Mapping[Reach, Column]) -> bool:
    """Whether the distances part the rows: few of the lines inside them look like the beginning of one.

    Where they do not, most lines have something in a leading column and in another; or else, in the longest cell of
    each group, most lines go on with the one above.
    """
    inside = [level for group in groups for level in list(_levels(_pieces(group)))[1:]]
    leading = sorted({cell.reach[0] for group in groups for cell in group})[:_LEADING]
    if sum(len(level) > 1 and level[0][0][0] in leading for level in inside) < _FEW * len(inside):
        return True
    said: list[bool] = []
    for group in groups:
        longest = max(group, key=lambda cell: len(cell.lines))
        said += [_flows(before, line, sides[longest.reach]) for before, line in pairwise(longest.lines)]
    return sum(said) >= _MOST * len(said)


def _is_tight(group: Sequence[_Cell]) -> bool:
    """Whether rows stand as near each other as lines: inside a group, cells begin on one level in several columns."""
    first = {cell.reach: cell for cell in reversed(group)}
    begun = sorted(cell.lines[0].base for cell in group if cell is not first[cell.reach])
    return any(after - before <= _LEVEL for before, after in pairwise(begun))


def _row(cells: Sequence[_Cell]) -> RowLines:
    made: RowLines = {}
    for cell in sorted(cells, key=lambda cell: (cell.reach, cell.top)):
        made.setdefault(cell.reach, []).extend(cell.lines)
    return made


def _by_sense(cells: Sequence[_Cell], sides: Mapping[Reach, Column]) -> Iterator[RowLines]:
    """Yield rows that stand close: a new one begins where some piece of a line does not go on with what is above."""
    made: RowLines = {}
    above = 0.0
    for level in _levels(_pieces(cells)):
        goes_on = all(
            reach in made and made[reach][-1].base >= above and _flows(made[reach][-1], line, sides[reach])
            for reach, line in level
        )
        above = level[0][1].base - _LEVEL
        if made and not goes_on:
            yield made
            made = {}
        for reach, line in level:
            made.setdefault(reach, []).append(line)
    if made:
        yield made


def _pieces(cells: Sequence[_Cell]) -> list[Piece]:
    return sorted(((cell.reach, line) for cell in cells for line in cell.lines), key=lambda piece: piece[1].base)


def _levels(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces that stand on one level, each level from left to right."""
    level: list[Piece] = []
    for piece in pieces:
        if level and piece[1].base - level[0][1].base > _LEVEL:
            yield sorted(level, key=lambda piece: piece[0])
            level = []
        level.append(piece)
    if level:
        yield sorted(level, key=lambda piece: piece[0])


def _flows(before: Line, line: Line, column: Column) -> bool:
    """Whether a line may be the rest of the one above it: that one is full, and this is no new beginning."""
    if is_bullet(line.text):
        return False
    room = column.right - before.right
    needed = _SPACE * line.size + line.first
    if line.text[0].islower():
        return room <= needed + column.width * _NEARLY_FULL
    if line.text[0].isdigit():
        is_year = _YEAR.match(line.text) is not None
        return room <= needed and (is_year or not any(sign.isdigit() for sign in before.text))
    return room <= needed and column.width > _SEVERAL * line.first
