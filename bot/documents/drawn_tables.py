"""Tables that are drawn with signs: "+---+" and bars, or the signs for boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.documents.document import Cell, Paragraph, Row, Table
from bot.documents.lists import joined, numbered
from bot.documents.markup import paragraphs
from bot.documents.text_tables import Line

_RULE = re.compile(r"^\s*(?=.*[+┌├└┏┣┗╔╠╚╒╞╘╟╭╰]).[+\-=:|─━═┄┅┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╒╕╘╛╞╡╤╧╪╟╢╫╭╮╰╯ ]+$")
_BARS = re.compile(r"[|│┃║]")
_FEWEST_RULES = 2


def drawn_rows(lines: Sequence[Line], start: int) -> int:
    """Return where the drawn table that begins with its upper rule at `start` ends; `start` where there is none."""
    if not _RULE.match(lines[start].text) or start + 1 == len(lines) or not _is_row(lines[start + 1]):
        return start
    end = start
    while end < len(lines) and (_RULE.match(lines[end].text) or _is_row(lines[end])):
        end += 1
    rules = sum(_RULE.match(line.text) is not None for line in lines[start:end])
    return end if rules >= _FEWEST_RULES and end - start > rules else start


def drawn_table(lines: Sequence[Line]) -> Table:
    """Return the table; where rules part all rows, the lines between two of them are one."""
    groups = list(_groups(lines))
    if len(groups) <= _FEWEST_RULES:
        groups = [part for group in groups for part in _parted(group)]
    rows = tuple(_row(group) for group in groups)
    return Table(rows=rows, place=rows[0].place)


def _is_row(line: Line) -> bool:
    text = line.text.strip()
    return len(text) > 1 and _BARS.match(text[0]) is not None and _BARS.match(text[-1]) is not None


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines between rules."""
    group: list[Line] = []
    for line in lines:
        if not _RULE.match(line.text):
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _parted(group: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield each line as a row; one with an empty first cell goes on with the row above."""
    row: list[Line] = []
    for line in group:
        if row and _values(line)[0].strip():
            yield row
            row = []
        row.append(line)
    yield row


def _values(line: Line) -> list[str]:
    return _BARS.split(line.text.strip()[1:-1])


def _row(group: Sequence[Line]) -> Row:
    values = [_values(line) for line in group]
    width = max(map(len, values))
    return Row(
        cells=tuple(Cell(paragraphs=_paragraphs(group, values, column), column=column) for column in range(width)),
        place=group[0].place,
    )


def _paragraphs(group: Sequence[Line], values: Sequence[list[str]], column: int) -> tuple[Paragraph, ...]:
    found = zip(group, values, strict=True)
    return numbered(
        joined(
            paragraph for line, row in found if column < len(row) for paragraph in paragraphs(row[column], line.place)
        )
    )
