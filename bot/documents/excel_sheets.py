"""The rows of one sheet as blocks: what stands above the table, the table, and what stands below it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise, takewhile

from bot.documents.document import Block, Cell, Heading, Paragraph, Place, Row, Table, plain
from bot.documents.lists import joined, numbered
from bot.documents.markup import says_something, unbulleted

_LONGEST_HEADING = 120
_LONGEST_COLUMN_HEADING = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCell:
    """A cell as it is shown, `column` and `coordinate` those of the sheet; `strong` counts its first bold signs."""

    column: int
    coordinate: str
    text: str = ""
    strong: int = 0
    width: int = 1
    continues: bool = False
    is_struck: bool = False

    @property
    def is_filled(self) -> bool:
        return says_something(self.text)

    @property
    def is_short(self) -> bool:
        """Whether it may be a column's heading: a few words without figures."""
        return len(self.text) <= _LONGEST_COLUMN_HEADING and not any(sign.isdigit() for sign in self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """The cells of a row from left to right; `number` is the sheet's, 1-based."""

    number: int
    cells: tuple[SheetCell, ...]

    @property
    def is_filled(self) -> bool:
        return any(cell.is_filled for cell in self.cells)

    @property
    def alone(self) -> SheetCell | None:
        """The one cell that is not empty."""
        filled = [cell for cell in self.cells if cell.is_filled]
        is_whole = len(filled) == 1 and not any(cell.continues for cell in self.cells)
        return filled[0] if is_whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is shown of a sheet: the rows that are not empty."""

    title: str
    rows: tuple[SheetRow, ...]


def sheet_blocks(sheet: Sheet, *, is_alone: bool) -> Iterator[Block]:
    """Yield the sheet's name where it says something, and its tables, each with what stands above and below it."""
    if not is_alone and not _is_unnamed(sheet.title):
        first = sheet.rows[0].cells[0].coordinate
        yield Heading(text=plain(sheet.title), place=_place(sheet, first))
    for rows in _tables(sheet.rows):
        top = list(takewhile(lambda row: row.alone, rows))
        yield from _lines(sheet, top, is_top=True)
        rest = rows[len(top) :]
        bottom = _below(rest)
        if len(rest) > len(bottom):
            yield _table(sheet, rest[: len(rest) - len(bottom)])
        yield from _lines(sheet, bottom, is_top=False)


def _tables(rows: Sequence[SheetRow]) -> Iterator[Sequence[SheetRow]]:
    """Yield the rows of each table with its headings: one begins behind an empty row, with a row of column headings.

    Other rows behind an empty one are a part of the same table, such as the next month.
    """
    begun = 0
    for at in range(1, len(rows)):
        if rows[at].number > rows[at - 1].number + 1 and _begins_table(rows[at:]):
            yield rows[begun:at]
            begun = at
    yield rows[begun:]


def _begins_table(rows: Sequence[SheetRow]) -> bool:
    """Whether rows begin with column headings, lines of their own before them or not.

    Headings are short, have no figures, and one for each column that the rows below, down to an empty one, use.
    """
    top = list(takewhile(lambda row: row.alone, rows))
    rest = rows[len(top) :]
    headings = [cell for cell in rest[0].cells if cell.is_filled] if len(rest) > 1 else []
    if not headings or not all(cell.is_short for cell in headings):
        return False
    below = [rest[1], *(row for _, row in takewhile(_are_next, pairwise(rest[1:])))]
    used = {cell.column for row in below for cell in row.cells if cell.is_filled}
    return used <= {cell.column + at for cell in headings for at in range(cell.width)}


def _are_next(rows: tuple[SheetRow, SheetRow]) -> bool:
    return rows[1].number == rows[0].number + 1


def _is_unnamed(title: str) -> bool:
    """Whether a sheet has the name that the program gave it."""
    return re.sub(r"[\d\s()_-]+$", "", title).casefold() in _unnamed()


@cache
def _unnamed() -> frozenset[str]:
    words = tomllib.loads(files("bot").joinpath("norwegian/readers.toml").read_text("utf-8"))
    return frozenset(words["unnamed_sheets"])


def _below(rows: Sequence[SheetRow]) -> Sequence[SheetRow]:
    """Return the last rows with one cell, where an empty row sets them apart from the table."""
    start = len(rows)
    for at in range(len(rows) - 1, 0, -1):
        if rows[at].alone is None:
            break
        if rows[at].number > rows[at - 1].number + 1:
            start = at
    return rows[start:]


def _lines(sheet: Sheet, rows: Sequence[SheetRow], *, is_top: bool) -> Iterator[Block]:
    """Yield rows with one cell: the first one above a table, and short bold ones, are headings."""
    for index, row in enumerate(rows):
        cell = row.alone
        if cell is None:
            continue
        lines = _paragraphs(sheet, cell)
        is_bold = cell.strong >= len(cell.text.rstrip())
        is_heading = len(lines) == 1 and not lines[0].bullet and len(lines[0].text) <= _LONGEST_HEADING
        if is_heading and ((is_top and index == 0) or is_bold):
            yield Heading(text=lines[0].text, place=lines[0].place, level=1 if index == 0 else 2)
        else:
            yield from lines


def _table(sheet: Sheet, rows: Sequence[SheetRow]) -> Table:
    """Return the rows as a table; columns in which nothing begins do not count."""
    used = sorted({cell.column for row in rows for cell in row.cells})
    at = {column: index for index, column in enumerate(used)}
    made = tuple(
        Row(
            cells=tuple(
                Cell(
                    paragraphs=_paragraphs(sheet, cell),
                    column=at[cell.column],
                    width=max(1, sum(cell.column <= column < cell.column + cell.width for column in used)),
                    continues=cell.continues,
                )
                for cell in row.cells
            ),
            place=_place(sheet, next(cell.coordinate for cell in row.cells if cell.is_filled)),
        )
        for row in rows
    )
    return Table(rows=made, place=made[0].place)


def _paragraphs(sheet: Sheet, cell: SheetCell) -> tuple[Paragraph, ...]:
    place = _place(sheet, cell.coordinate)
    made: list[Paragraph] = []
    strong = cell.strong
    for line in cell.text.splitlines():
        depth, words = unbulleted(line)
        text = plain(words)
        if says_something(text):
            bold = max(0, min(strong, len(text)))
            made.append(Paragraph(text=text, place=place, bullet=depth, strong=bold, is_struck=cell.is_struck))
        strong -= len(line) + 1
    return numbered(joined(made))


def _place(sheet: Sheet, coordinate: str) -> Place:
    return Place(words=f"{plain(sheet.title)}!{coordinate}")
