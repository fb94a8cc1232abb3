"""Excel workbooks (.xlsx, .xlsm) to a neutral document: what a planner sees in the sheets that are not hidden."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from bot.documents.document import Block, Document
from bot.documents.excel_archive import bare
from bot.documents.excel_formats import hides_year, shown
from bot.documents.excel_sheets import Sheet, SheetCell, SheetRow, sheet_blocks
from bot.errors import BadFile

if TYPE_CHECKING:
    from openpyxl.cell import Cell as ExcelCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_Position = tuple[int, int]


def read_excel(content: bytes, name: str) -> Document:
    """Return what a workbook shows: dates as their cells do, nothing of sheets, rows and columns hidden by hand.

    Raises BadFile if it cannot be opened, or has more cells than any plan.
    """
    sheets = [sheet for sheet in _open(content, name).worksheets if sheet.sheet_state == "visible"]
    with_year = not _YEAR.search(name) and not any(map(_names_year, sheets))
    read = [_Reader(sheet, with_year=with_year).sheet() for sheet in sheets]
    return Document(name=name, blocks=tuple(_blocks([sheet for sheet in read if sheet.rows])))


def _open(content: bytes, name: str) -> Workbook:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # The library tells of what it leaves out; all of that is left out on purpose.
        warnings.simplefilter("ignore")
        try:
            return load_workbook(bare(content, name), data_only=True, keep_links=False, rich_text=True)
        except _BROKEN as error:
            raise BadFile("bad_file_unreadable", name=name) from error


def _blocks(sheets: list[Sheet]) -> Iterator[Block]:
    for sheet in sheets:
        yield from sheet_blocks(sheet, is_alone=len(sheets) == 1)


def _cells(sheet: Worksheet) -> Iterable[ExcelCell]:
    """Return the cells that the file has. The library's own walk makes all others up to the last one, too."""
    return (cell for _, cell in sorted(sheet._cells.items()) if cell.value is not None)


def _names_year(sheet: Worksheet) -> bool:
    """Whether a sheet shows a year somewhere. Where none does, the days are given theirs, which the cells know."""
    if _YEAR.search(sheet.title):
        return True
    return any(map(_shows_year, _cells(sheet)))


def _shows_year(cell: ExcelCell) -> bool:
    if isinstance(cell.value, date):
        return not hides_year(cell.number_format)
    return isinstance(cell.value, str | int) and _YEAR.search(str(cell.value)) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Merge:
    """A cell over several: where its words stand, over how many columns that are shown, which are its rows."""

    words: _Position
    first: _Position
    width: int


class _Reader:
    """Reads one sheet: keeps what is shown, and puts merged cells where they begin."""

    def __init__(self, sheet: Worksheet, *, with_year: bool) -> None:
        self._sheet = sheet
        self._with_year = with_year
        self._hidden = [
            range(dimension.min or 0, (dimension.max or 0) + 1)
            for dimension in sheet.column_dimensions.values()
            if dimension.hidden or dimension.width == 0
        ]
        self._words = {(cell.row, cell.column): cell for cell in _cells(sheet)}
        self._columns = {column for _, column in self._words}
        self._merges = self._merged()

    def sheet(self) -> Sheet:
        """Return what is shown, row by row."""
        positions = sorted({*self._words, *self._merges})
        rows = []
        for number, inside in groupby(positions, key=lambda position: position[0]):
            if self._is_row_shown(number):
                cells = (self._cell(position) for position in inside if self._is_column_shown(position[1]))
                rows.append(SheetRow(number=number, cells=tuple(cell for cell in cells if cell)))
        return Sheet(title=self._sheet.title, rows=tuple(row for row in rows if row.is_filled))

    def _is_row_shown(self, number: int) -> bool:
        if number not in self._sheet.row_dimensions:
            return True
        dimension = self._sheet.row_dimensions[number]
        return not dimension.hidden and dimension.height != 0

    def _is_column_shown(self, number: int) -> bool:
        return not any(number in hidden for hidden in self._hidden)

    def _merged(self) -> Mapping[_Position, _Merge]:
        """Return the merged cell that each position belongs to, as far as it is shown and other cells reach."""
        found: dict[_Position, _Merge] = {}
        last = max((row for row, _ in self._words), default=0)
        for area in self._sheet.merged_cells.ranges:
            rows = [row for row in range(area.min_row, min(area.max_row, last) + 1) if self._is_row_shown(row)]
            columns = [column for column in range(area.min_col, area.max_col + 1) if self._is_column_shown(column)]
            words = (area.min_row, area.min_col)
            if rows and columns and words in self._words:
                merge = _Merge(words=words, first=(rows[0], columns[0]), width=len(columns))
                found |= {(row, column): merge for row in rows for column in columns}
        return found

    def _cell(self, position: _Position) -> SheetCell | None:
        """Return a cell; None where another covers it from the left."""
        merge = self._merges.get(position)
        if merge is None:
            return self._written(position, position, 1)
        if position[1] != merge.first[1]:
            return None
        if position == merge.first:
            return self._written(merge.words, position, merge.width)
        return SheetCell(column=position[1], coordinate=_coordinate(position), width=merge.width, continues=True)

    def _written(self, words: _Position, position: _Position, width: int) -> SheetCell:
        cell = self._words[words]
        text, strong = _text(cell, with_year=self._with_year)
        is_struck = bool(cell.font and cell.font.strike) or (isinstance(cell.value, list) and _is_struck(cell.value))
        return SheetCell(
            column=position[1],
            coordinate=_coordinate(position),
            text=text,
            strong=len(text) if cell.font and cell.font.b else strong,
            width=width,
            is_struck=is_struck,
        )


def _coordinate(position: _Position) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(position[1])}{position[0]}"


def _text(cell: ExcelCell, *, with_year: bool) -> tuple[str, int]:
    """Return what a cell shows, and how many of its first signs are bold."""
    value = cell.value
    if isinstance(value, date | time | timedelta | int | float):
        return shown(value, cell.number_format, with_year=with_year), 0
    if isinstance(value, str) and cell.data_type != "e":
        return _unescaped(value), 0
    return _rich(value) if isinstance(value, list) else ("", 0)


def _is_struck(pieces: Iterable[object]) -> bool:
    """Whether a line goes through all words of a text in several fonts."""
    runs = ((str(piece), getattr(piece, "font", None)) for piece in pieces)
    return all(getattr(font, "strike", False) for text, font in runs if text.strip())


def _rich(pieces: Sequence[object]) -> tuple[str, int]:
    """Put a text in several fonts together; struck-out words are left out where others stand beside them."""
    runs = [(str(piece), getattr(piece, "font", None)) for piece in pieces]
    if not _is_struck(pieces):
        runs = [(text, font) for text, font in runs if not getattr(font, "strike", False)]
    strong, is_strong = 0, True
    for text, font in runs:
        is_strong = is_strong and bool(getattr(font, "b", False))
        strong += len(text) if is_strong else 0
    return _unescaped("".join(text for text, _ in runs)), strong


def _unescaped(text: str) -> str:
    """Return a text without the way in which the format writes signs that XML cannot hold."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
