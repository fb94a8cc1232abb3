"""Lines on a page to grids of cells: each line is snapped to those beside it, and cells without one between are one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.documents.pdf_page import Box

# Lines nearer each other than this are one line, and meet.
_NEAR = 3.5
_SHORTEST = 6.0
# More lines on one page are a drawing.
_MOST = 4_000
_MOST_CELLS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class GridBox:
    """A cell of a grid: where it is on the page, and which rows and columns it covers."""

    box: Box
    row: int
    column: int
    height: int = 1
    width: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A ruled table: the sides of its columns and rows, and its cells in reading order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridBox, ...]

    @property
    def box(self) -> Box:
        return Box(left=self.xs[0], top=self.ys[0], right=self.xs[-1], bottom=self.ys[-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edge:
    """A line at a coordinate, from one to another."""

    at: float
    start: float
    end: float


def grids_of(lines: Iterable[Box], fills: Iterable[Box]) -> tuple[Grid, ...]:
    """Return the ruled tables, from the top; boxes of colour make one only where no lines do."""
    ruled = list(_grids([line for line in lines if max(line.width, line.height) >= 1.0]))
    around = [grid.box for grid in ruled]
    loose = [fill for fill in fills if not any(_overlap(fill, box) for box in around)]
    coloured = (grid for grid in _grids([side for fill in loose for side in _sides(fill)]) if len(grid.ys) > 2)
    found = [*ruled, *coloured]
    outermost = [grid for grid in found if not any(_is_inside(grid, other) for other in found)]
    return tuple(sorted(outermost, key=lambda grid: (grid.ys[0], grid.xs[0])))


def grid_between(sides: Sequence[float], floors: Iterable[Box], box: Box) -> Grid | None:
    """Return the grid of columns with these inner sides, where only the rows are ruled; None where they are not."""
    xs = [box.left - _NEAR, *sides, box.right + _NEAR]
    down = [_Edge(at=x, start=box.top, end=box.bottom) for x in xs]
    across = [_Edge(at=floor.top, start=floor.left, end=floor.right) for floor in floors]
    ys = _sides_of(across, down)
    return next(_grid(xs, ys, set(range(len(xs))), (across, down)), None)


def level_lines(lines: Iterable[Box], fills: Iterable[Box]) -> tuple[Box, ...]:
    """Return the level lines and the upper and lower sides of colour: those outside grids may part rows of a table."""
    sides = [*lines, *(side for fill in fills for side in _sides(fill))]
    edges = _joined(_Edge(at=side.top, start=side.left, end=side.right) for side in sides if side.height <= _NEAR)
    return tuple(Box(left=edge.start, top=edge.at, right=edge.end, bottom=edge.at) for edge in edges)


def _sides(box: Box) -> Iterator[Box]:
    yield Box(left=box.left, top=box.top, right=box.right, bottom=box.top)
    yield Box(left=box.left, top=box.bottom, right=box.right, bottom=box.bottom)
    yield Box(left=box.left, top=box.top, right=box.left, bottom=box.bottom)
    yield Box(left=box.right, top=box.top, right=box.right, bottom=box.bottom)


def _overlap(one: Box, other: Box) -> bool:
    is_beside = one.right < other.left or other.right < one.left
    return not is_beside and not (one.bottom < other.top or other.bottom < one.top)


def _is_inside(grid: Grid, other: Grid) -> bool:
    if grid is other or grid.box.width * grid.box.height >= other.box.width * other.box.height:
        return False
    return other.box.holds((grid.xs[0], grid.ys[0]), _NEAR) and other.box.holds((grid.xs[-1], grid.ys[-1]), _NEAR)


def _grids(lines: Sequence[Box]) -> Iterator[Grid]:
    if len(lines) > _MOST:
        return
    level = _joined(
        _Edge(at=(line.top + line.bottom) / 2, start=line.left, end=line.right)
        for line in lines
        if line.width > line.height
    )
    upright = _joined(
        _Edge(at=(line.left + line.right) / 2, start=line.top, end=line.bottom)
        for line in lines
        if line.height > line.width
    )
    for across, down in _meeting(level, upright):
        xs = _sides_of(down, across)
        ys = _sides_of(across, down)
        if len(xs) * len(ys) <= _MOST_CELLS:
            yield from _parts(xs, ys, across, down)


def _joined(edges: Iterable[_Edge]) -> list[_Edge]:
    """Snap edges to those beside them, and put those together that touch end to end."""
    found: list[_Edge] = []
    for group in _near(sorted(edges, key=lambda edge: edge.at)):
        at = sum(edge.at for edge in group) / len(group)
        ordered = sorted(group, key=lambda edge: edge.start)
        start, end = ordered[0].start, ordered[0].end
        for edge in ordered[1:]:
            if edge.start > end + _NEAR:
                found.append(_Edge(at=at, start=start, end=end))
                start = edge.start
            end = max(end, edge.end) if edge.start <= end + _NEAR else edge.end
        found.append(_Edge(at=at, start=start, end=end))
    return [edge for edge in found if edge.end - edge.start >= _SHORTEST]


def _near(edges: Sequence[_Edge]) -> Iterator[list[_Edge]]:
    group: list[_Edge] = []
    for edge in edges:
        if group and edge.at - group[0].at > _NEAR:
            yield group
            group = []
        group.append(edge)
    if group:
        yield group


def _meeting(level: Sequence[_Edge], upright: Sequence[_Edge]) -> Iterator[tuple[list[_Edge], list[_Edge]]]:
    """Yield the level and the upright edges that hang together, three or more, some of each."""
    left = dict.fromkeys(level)
    while left:
        across, down = [next(iter(left))], dict[_Edge, None]()
        del left[across[0]]
        waiting = list(across)
        while waiting:
            edge = waiting.pop()
            met = [other for other in upright if other not in down and _meet(edge, other)]
            down |= dict.fromkeys(met)
            for other in [other for other in left if any(_meet(other, one) for one in met)]:
                del left[other]
                across.append(other)
                waiting.append(other)
        if down and len(across) + len(down) >= 3:
            yield across, list(down)


def _meet(across: _Edge, down: _Edge) -> bool:
    is_on = across.start - _NEAR <= down.at <= across.end + _NEAR
    return is_on and down.start - _NEAR <= across.at <= down.end + _NEAR


def _sides_of(edges: Sequence[_Edge], crossing: Sequence[_Edge]) -> list[float]:
    """Return where the edges are, and where those that cross them begin and end, each place once."""
    ends = (min(edge.start for edge in crossing), max(edge.end for edge in crossing))
    found: list[float] = []
    for at in sorted((*(edge.at for edge in edges), *ends)):
        if not found or at - found[-1] > _NEAR:
            found.append(at)
    return found


class _Walls:
    """The edges that lie at the sides of columns, or of rows."""

    def __init__(self, sides: Sequence[float], edges: Iterable[_Edge]) -> None:
        self.sides = sides
        self._edges: list[list[_Edge]] = [[] for _ in sides]
        for edge in edges:
            index = min(range(len(sides)), key=lambda index: abs(sides[index] - edge.at))
            if abs(sides[index] - edge.at) <= _NEAR:
                self._edges[index].append(edge)

    def stand(self, index: int, start: float, end: float) -> bool:
        """Whether edges at a side cover most of the way from start to end."""
        covered = sum(max(0.0, min(edge.end, end) - max(edge.start, start)) for edge in self._edges[index])
        return covered * 2 >= end - start


def _parts(xs: Sequence[float], ys: Sequence[float], across: Sequence[_Edge], down: Sequence[_Edge]) -> Iterator[Grid]:
    """Yield the grids between the lines: tables that touch each other are told apart by their columns."""
    walls = _Walls(xs, down)
    begun = 0
    sides: set[int] = set()
    for row in range(len(ys) - 1):
        inside = {at for at in range(1, len(xs) - 1) if walls.stand(at, ys[row], ys[row + 1])}
        if len(sides) > 1 and len(inside) > 1 and len(sides & inside) * 2 < min(len(sides), len(inside)):
            yield from _grid(xs, ys[begun : row + 1], sides, (across, down))
            begun, sides = row, set()
        sides |= inside
    yield from _grid(xs, ys[begun:], sides, (across, down))


def _grid(
    xs: Sequence[float], ys: Sequence[float], inside: set[int], edges: tuple[Sequence[_Edge], Sequence[_Edge]]
) -> Iterator[Grid]:
    """Yield the grid of the cells between two sides, with only the columns that have walls; none for a single cell."""
    kept = [x for at, x in enumerate(xs) if at in inside or at in (0, len(xs) - 1)]
    across, down = edges
    walls, floors = _Walls(kept, down), _Walls(ys, across)
    covered: set[tuple[int, int]] = set()
    cells: list[GridBox] = []
    for row in range(len(ys) - 1):
        for column in range(len(kept) - 1):
            if (row, column) in covered:
                continue
            width = 1
            while not _is_walled(walls, floors, row, column + width) and (row, column + width) not in covered:
                width += 1
            height = 1
            while _goes_on(walls, floors, row + height, (column, width)):
                height += 1
            covered |= {(row + below, column + right) for below in range(height) for right in range(width)}
            box = Box(left=kept[column], top=ys[row], right=kept[column + width], bottom=ys[row + height])
            cells.append(GridBox(box=box, row=row, column=column, height=height, width=width))
    if len(cells) > 1:
        yield Grid(xs=tuple(kept), ys=tuple(ys), cells=tuple(cells))


def _is_walled(walls: _Walls, floors: _Walls, row: int, side: int) -> bool:
    """Whether there is a wall at a side of a row; where the table ends there always is."""
    if side in (0, len(walls.sides) - 1):
        return True
    return walls.stand(side, floors.sides[row], floors.sides[row + 1])


def _goes_on(walls: _Walls, floors: _Walls, row: int, across: tuple[int, int]) -> bool:
    """Whether the cell over these columns has no floor above this row, and the same walls in it."""
    column, width = across
    if row >= len(floors.sides) - 1:
        return False
    if any(floors.stand(row, walls.sides[at], walls.sides[at + 1]) for at in range(column, column + width)):
        return False
    is_open = not any(_is_walled(walls, floors, row, at) for at in range(column + 1, column + width))
    return is_open and _is_walled(walls, floors, row, column) and _is_walled(walls, floors, row, column + width)
