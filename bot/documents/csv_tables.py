"""Tables as spreadsheets save and copy them: values between semicolons, commas or tabs, some of them in quotes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.documents.document import Cell, Paragraph, Row, Table
from bot.documents.lists import numbered
from bot.documents.markup import paragraphs
from bot.documents.text_tables import Line

_FEWEST_ROWS = 3
# How far on there is looked for a value that begins with a quote, behind a tab.
_MOST_ROWS = 300
_OPENED = re.compile(r'(?:^|\t)"[^"\t]*$')
# A value with more lines than this is a quote that nobody closed.
_MOST_LINES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """The values of one row, the line that it begins on, and the index behind its last line."""

    values: list[str]
    line: Line
    end: int


def csv_rows(lines: Sequence[Line], start: int) -> int:
    """Return where at least three rows of as many values each, that begin at `start`, end; `start` where none do."""
    records = _records(lines, start)
    return records[-1].end if records else start


def csv_table(lines: Sequence[Line]) -> Table:
    rows = tuple(
        Row(
            cells=tuple(
                Cell(paragraphs=_paragraphs(value, record.line), column=column)
                for column, value in enumerate(record.values)
            ),
            place=record.line.place,
        )
        for record in _records(lines, 0)
    )
    return Table(rows=rows, place=rows[0].place)


def _paragraphs(value: str, line: Line) -> tuple[Paragraph, ...]:
    return numbered(paragraph for part in value.splitlines() for paragraph in paragraphs(part, line.place))


def _records(lines: Sequence[Line], start: int) -> list[_Record]:
    """Return the rows in the first way of keeping values apart that makes a table of them."""
    for delimiter in ";,\t":
        if _may_begin(lines, start, delimiter):
            records = list(_alike(_read(lines, start, delimiter)))
            has_lines = any("\n" in value for record in records for value in record.values)
            if len(records) >= _FEWEST_ROWS and (has_lines or delimiter != "\t"):
                return records
    return []


def _may_begin(lines: Sequence[Line], start: int, delimiter: str) -> bool:
    """Whether a line may begin a table. Sentences have commas, too, but with spaces; tabs alone are read elsewhere."""
    first = lines[start].text
    if delimiter == "\t":
        near = lines[start : start + _MOST_ROWS] if "\t" in first else ()
        return any(_OPENED.search(line.text) for line in near)
    is_close = f"{delimiter} " not in first and f" {delimiter}" not in first
    fewest = 1 if delimiter == ";" and is_close else 2
    return first.count(delimiter) >= fewest and (is_close or delimiter == ";")


def _alike(records: Iterator[_Record]) -> Iterator[_Record]:
    """Yield the rows with as many values as the first."""
    width = 0
    for record in records:
        width = width or len(record.values)
        if width < 2 or len(record.values) != width:
            return
        yield record


def _read(lines: Sequence[Line], start: int, delimiter: str) -> Iterator[_Record]:
    begun = start
    reader = csv.reader(_fed(lines, start), delimiter=delimiter)
    try:
        for values in reader:
            end = start + reader.line_num
            if end - begun > _MOST_LINES:
                return
            yield _Record(values=values, line=lines[begun], end=end)
            begun = end
    except csv.Error:
        return


def _fed(lines: Sequence[Line], start: int) -> Iterator[str]:
    """Yield the lines with their ends; none after a quote that is not closed in good time."""
    opened = 0
    for at in range(start, len(lines)):
        line = lines[at]
        opened = opened + 1 if opened or line.text.count('"') % 2 else 0
        if line.text.count('"') % 2 and opened > 1:
            opened = 0
        if opened > _MOST_LINES:
            return
        yield line.text + "\n"
