"""Where a page is set in columns that are read one by one: strips of white from top to bottom part them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import median

from bot.documents.pdf_columns import SideBySide
from bot.documents.pdf_lines import Line
from bot.documents.pdf_rows import Column
from bot.documents.pdf_running import Rows
from bot.documents.pdf_tables import PdfTable
from bot.documents.pdf_unruled import are_alike, is_table, share_level, stand_in_rows

# In points: the narrowest strip of white between columns, and the narrowest column. In parts of the page: what is
# too wide for one. In sizes: the highest white across all columns, how near a line stands above the next one that
# belongs to it, how far below the columns it is none of theirs, and what is a heading of them all.
_GUTTER = 8.0
_NARROWEST = 60.0
_WIDEST = 0.6
_HIGHEST = 4.0
_NEAR = 2.2
_FAR = 3.0
_LARGER = 1.14
# How many lines a column has at the least, how many words its lines; and in parts: how many
# lines stand level in a table, and how far tables reach beside each other.
_FEWEST = 4
_WORDS = 1.5
_LEVEL = 0.8
_HARDLY = 0.4
_BESIDE = 0.5
# No page of a plan has more pieces of lines.
_PIECES = 2_000
_TRIES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """What stands in one column, or over the whole page; a full line in a column ends at `right`."""

    rows: Rows
    tables: tuple[PdfTable, ...]
    right: float | None = None


@dataclass(slots=True, kw_only=True)
class _Strip:
    """A stretch from left to right with something in it, from the top of a zone on."""

    left: float
    right: float
    count: int

    def meets(self, other: _Strip) -> bool:
        return self.left < other.right + _GUTTER and other.left < self.right + _GUTTER


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """The pieces of a line, or one ruled table."""

    top: float
    bottom: float
    size: float
    pieces: tuple[Line, ...] = ()
    table: PdfTable | None = None

    def strips(self) -> list[_Strip]:
        if self.table:
            return [_Strip(left=self.table.box.left, right=self.table.box.right, count=_FEWEST)]
        return [_Strip(left=piece.left, right=piece.right, count=1) for piece in self.pieces]


def strands_of(rows: Rows, tables: Sequence[PdfTable], width: float) -> Iterator[tuple[Strand, ...]]:
    """Yield what stands on a page of some width, from the top: the columns that it is cut into, or what is in none."""
    levels = _levels(rows, tables)
    begun = tries = 0
    at = 0 if sum(len(level.strips()) for level in levels) <= _PIECES else len(levels)
    while at < len(levels):
        strips, end = _grown(levels, at, width)
        columns = _columns(strips, levels[at:end])
        start = _first_in(columns, levels[at:end]) + at
        end = _last_in(columns, levels[at:end]) + at
        if columns and (_is_text(_side(columns, levels[start:end])) or _has_tables_beside(levels[start:end])):
            yield from _whole(levels[begun:start])
            yield tuple(_strands(columns, levels[start:end]))
            begun = end
        # A line over the columns hides them, so the next line is tried; what is one column for long stays one.
        is_one = len(strips) == 1 and end > at + 1 and tries < _TRIES
        tries = tries + 1 if is_one else 0
        at = at + 1 if is_one else end
    yield from _whole(levels[begun:])


def _levels(rows: Rows, tables: Sequence[PdfTable]) -> list[_Level]:
    found = [
        _Level(
            top=min(piece.top for piece in row),
            bottom=max(piece.base for piece in row),
            size=max(piece.size for piece in row),
            pieces=tuple(row),
        )
        for row in rows
    ]
    found += [_Level(top=table.box.top, bottom=table.box.bottom, size=0.0, table=table) for table in tables]
    return sorted(found, key=lambda level: level.top if level.table else level.bottom)


def _whole(levels: Sequence[_Level]) -> Iterator[tuple[Strand]]:
    if levels:
        rows = [list(level.pieces) for level in levels if level.pieces]
        yield (Strand(rows=rows, tables=tuple(level.table for level in levels if level.table)),)


def _grown(levels: Sequence[_Level], start: int, width: float) -> tuple[list[_Strip], int]:
    """Return the strips that levels from one on leave white between them, and where that ends."""
    strips: list[_Strip] = []
    bottom = levels[start].bottom
    for at in range(start, len(levels)):
        level = levels[at]
        met = [(new, [strip for strip in strips if strip.meets(new)]) for new in level.strips()]
        is_across = any(sum(strip.count >= _FEWEST for strip in found) > 1 for _, found in met)
        if is_across or level.top - bottom > _HIGHEST * (level.size or levels[start].size):
            return strips, at
        for new in level.strips():
            strips = _merged(strips, new)
        if len(strips) == 1 and strips[0].right - strips[0].left > _WIDEST * width:
            return strips, at + 1
        bottom = max(bottom, level.bottom)
    return strips, len(levels)


def _merged(strips: Sequence[_Strip], new: _Strip) -> list[_Strip]:
    met = [strip for strip in strips if strip.meets(new)]
    one = _Strip(
        left=min(strip.left for strip in (*met, new)),
        right=max(strip.right for strip in (*met, new)),
        count=sum(strip.count for strip in (*met, new)),
    )
    return sorted((*(strip for strip in strips if strip not in met), one), key=lambda strip: strip.left)


def _columns(strips: Sequence[_Strip], levels: Sequence[_Level]) -> list[Column]:
    """Return the columns that strips come to; where they are unlike, those whose lines stand level are one."""
    columns = [Column(left=strip.left, right=strip.right) for strip in strips]
    if len(columns) < 2 or are_alike(columns):
        return columns if len(columns) > 1 else []
    made = columns[:1]
    for column in columns[1:]:
        side = _side([made[-1], column], levels)
        one, other = side.lines_in(0), side.lines_in(1)
        if one and other and max(share_level(one, other), share_level(other, one)) >= _LEVEL:
            made[-1] = Column(left=made[-1].left, right=column.right)
        else:
            made.append(column)
    return made if len(made) > 1 else []


def _side(columns: Sequence[Column], levels: Sequence[_Level]) -> SideBySide:
    rows = (
        tuple(piece for piece in level.pieces if any(_is_in(piece, column) for column in columns)) for level in levels
    )
    return SideBySide(columns=tuple(columns), rows=tuple(row for row in rows if row))


def _is_in(thing: Line | _Strip, column: Column) -> bool:
    return column.left - 1.0 <= (thing.left + thing.right) / 2 <= column.right + 1.0


def _first_in(columns: Sequence[Column], levels: Sequence[_Level]) -> int:
    """Return the first level that stands in columns: a line alone above them may be a heading of them all."""
    first = next((at for at, level in enumerate(levels) if len(level.strips()) > 1), 0)
    if not columns:
        return first
    usual = _usual(levels)
    while first:
        above, below = levels[first - 1], levels[first]
        is_first = _is_in(above.strips()[0], columns[0])
        if above.size > usual * _LARGER or below.bottom - above.bottom > _NEAR * usual:
            return first if not is_first else 0
        first -= 1
    return 0


def _last_in(columns: Sequence[Column], levels: Sequence[_Level]) -> int:
    """Return where what stands in columns ends: a line alone at the left, far below or larger, is a heading below."""
    end = len(levels)
    if not columns:
        return end
    usual = _usual(levels)
    while end > 1 and len(levels[end - 1].strips()) == 1 and _is_in(levels[end - 1].strips()[0], columns[0]):
        last, above = levels[end - 1], levels[end - 2]
        if last.table or (last.size <= usual * _LARGER and last.bottom - above.bottom <= _FAR * usual):
            break
        end -= 1
    return end


def _usual(levels: Sequence[_Level]) -> float:
    return median([level.size for level in levels if level.pieces] or [0.0])


def _is_text(side: SideBySide) -> bool:
    """Whether columns are read one by one."""
    columns = [side.lines_in(index) for index in range(len(side.columns))]
    if not all(columns) or sum(len(lines) >= _FEWEST for lines in columns) < 2:
        return False
    if any(column.width < _NARROWEST for column in side.columns):
        return False
    if median(len(line.words) for lines in columns for line in lines) < _WORDS:
        return False
    if are_alike(side.columns):
        return not is_table(side)
    is_level = any(share_level(after, before) > _HARDLY for before, after in pairwise(columns))
    return not is_level and not stand_in_rows(columns)


def _has_tables_beside(levels: Sequence[_Level]) -> bool:
    """Whether ruled tables stand side by side."""
    boxes = [level.table.box for level in levels if level.table]
    return any(
        min(one.bottom, other.bottom) - max(one.top, other.top) > _BESIDE * min(one.height, other.height)
        for one, other in combinations(boxes, 2)
    )


def _strands(columns: Sequence[Column], levels: Sequence[_Level]) -> Iterator[Strand]:
    for column, right in zip(columns, _rights(columns), strict=True):
        inside = [[piece for piece in level.pieces if _is_in(piece, column)] for level in levels]
        tables = tuple(level.table for level in levels if level.table and _is_in(level.strips()[0], column))
        yield Strand(rows=[row for row in inside if row], tables=tables, right=right)


def _rights(columns: Sequence[Column]) -> Iterator[float]:
    """Yield where a full line of each column ends: columns that are alike are as wide as the widest one."""
    widest = max(column.width for column in columns)
    is_even = are_alike(columns)
    for column, following in zip(columns, (*columns[1:], None), strict=True):
        most = column.left + widest if is_even or not following else following.left - _GUTTER
        yield max(column.right, min(most, following.left - _GUTTER) if following else most)
