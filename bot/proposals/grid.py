"""A table as a grid: every cell in its column, and what a merged cell says wherever it reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.documents.document import Cell, Paragraph, Place, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """What stands in one column of a row; `is_inherited`: it is said once, by a merged cell further up."""

    paragraphs: tuple[Paragraph, ...] = ()
    width: int = 1
    is_inherited: bool = False

    @property
    def text(self) -> str:
        return " ".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """The cells of a row by column; a column that a wide cell covers, or that the row lacks, is not there."""

    cells: dict[int, GridCell]
    place: Place

    def filled(self) -> Iterator[tuple[int, GridCell]]:
        """Yield the cells that this row itself says something in."""
        return ((column, cell) for column, cell in self.cells.items() if cell.paragraphs and not cell.is_inherited)

    def text(self, column: int) -> str:
        return self.cells[column].text if column in self.cells else ""

    @property
    def is_empty(self) -> bool:
        return next(self.filled(), None) is None

    @property
    def alone(self) -> GridCell | None:
        """The one cell with words in it, where it stands first in the row or reaches over most of it."""
        filled = list(self.filled())
        if len(filled) != 1:
            return None
        column, cell = filled[0]
        return cell if column == min(self.cells) or cell.width > 1 else None

    @property
    def first(self) -> Place:
        """Where the row's own words begin."""
        return next((cell.paragraphs[0].place for _, cell in self.filled()), self.place)


def grid(table: Table) -> tuple[GridRow, ...]:
    rows: list[GridRow] = []
    for row in table.rows:
        above = rows[-1] if rows else None
        rows.append(GridRow(cells={cell.column: _cell(cell, above) for cell in row.cells}, place=row.place))
    return tuple(rows)


def _cell(cell: Cell, above: GridRow | None) -> GridCell:
    if cell.continues and above and cell.column in above.cells:
        return GridCell(paragraphs=above.cells[cell.column].paragraphs, width=cell.width, is_inherited=True)
    return GridCell(paragraphs=cell.paragraphs, width=cell.width)
