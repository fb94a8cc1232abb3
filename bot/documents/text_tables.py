"""Tables in a text file: rows of tabs or of pipes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.documents.document import Cell, Place, Row, Table
from bot.documents.markup import paragraphs

_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_END = 40
_PAGE_NUMBER = re.compile(r"(\t|\.{3,}|…)\s*\d{1,3}\s*$")
_TABS = re.compile(r"\t+")
_PIPE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a text file, as it stands; the first has number 1."""

    number: int
    text: str

    @property
    def is_blank(self) -> bool:
        """A line with a tab or a hard space is not blank: it is an empty cell or an empty paragraph of one."""
        return not self.text.strip(" \r\n\f\v") and "\t" not in self.text

    @property
    def place(self) -> Place:
        return Place.at_line(self.number)


def contents_lines(lines: Sequence[Line], start: int) -> int:
    """Return where the table of contents that begins at `start` ends: three lines or more that end with a page."""
    end = _run(lines, start, lambda line: _PAGE_NUMBER.search(line.text[-_END:]) is not None)
    return end if end - start >= 3 else start


def tab_rows(lines: Sequence[Line], start: int) -> int:
    """Return where the rows with tabs between words that begin at `start` end; `start` where there are none."""
    if _inner_tabs(lines[start]) == 0 and lines[start].text.count("\t") < 2:
        return start
    end = _run(lines, start, lambda line: "\t" in line.text)
    between = [count for line in lines[start:end] if (count := _inner_tabs(line))]
    return end if len(between) >= 2 or any(count >= 3 for count in between) else start


def _inner_tabs(line: Line) -> int:
    return line.text.strip().count("\t")


def pipe_rows(lines: Sequence[Line], start: int) -> int:
    """Return where the rows of pipes that begin at `start` end; `start` where there are none."""

    following = lines[start + 1].text if start + 1 < len(lines) else ""
    has_rule = "|" in following and _RULE.match(following) is not None

    def is_row(line: Line) -> bool:
        return len(_PIPE.findall(line.text)) >= (1 if has_rule or line.text.lstrip().startswith("|") else 2)

    end = start
    while end < len(lines) and is_row(lines[end]):
        end += 1
    has_rule = any(_RULE.match(line.text) for line in lines[start : min(end, start + 2)])
    return end if end - start >= 2 or has_rule else start


def tab_table(lines: Iterable[Line]) -> Table:
    """Return the table; where several tabs only move words into line, as many of them as there are part two cells."""
    rows = [(line, line.text.strip("\r\n").lstrip(" ")) for line in lines if not line.is_blank]
    single = {len(text.split("\t")) for _, text in rows}
    several = {len(_TABS.split(text)) for _, text in rows}
    is_moved = len(single) > 1 and len(several) == 1
    return _table((line, _TABS.split(text) if is_moved else text.split("\t")) for line, text in rows)


def pipe_table(lines: Iterable[Line]) -> Table:
    return _table((line, _pipe_cells(line.text)) for line in lines if not _RULE.match(line.text))


def _run(lines: Sequence[Line], start: int, is_row: Callable[[Line], bool]) -> int:
    """Return the end of the rows from `start`; one blank line may stand between two rows, as at a page's end."""
    end = at = start
    while at < len(lines) and at - end <= 1:
        if is_row(lines[at]):
            end = at + 1
        elif not lines[at].is_blank:
            break
        at += 1
    return end


def _pipe_cells(text: str) -> list[str]:
    text = text.strip()
    text = text.removeprefix("|")
    if text.endswith("|") and not text.endswith("\\|"):
        text = text[:-1]
    return [cell.replace("\\|", "|") for cell in _PIPE.split(text)]


def _table(rows: Iterable[tuple[Line, list[str]]]) -> Table:
    made = tuple(
        Row(
            cells=tuple(
                Cell(paragraphs=paragraphs(cell, line.place), column=column) for column, cell in enumerate(cells)
            ),
            place=line.place,
        )
        for line, cells in rows
    )
    return Table(rows=made, place=made[0].place if made else Place.at_line(1))
