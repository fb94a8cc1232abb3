"""Tables that stand as HTML in a text file."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

from bot.documents.document import Cell, Row, Table
from bot.documents.markup import paragraphs
from bot.documents.text_tables import Line


def html_rows(lines: Sequence[Line], start: int) -> int:
    """Return where the table that begins with its tag at `start` ends; `start` where there is none."""
    if not lines[start].text.lstrip().casefold().startswith("<table"):
        return start
    for end in range(start, len(lines)):
        if "</table" in lines[end].text.casefold():
            return end + 1
    return len(lines)


def html_table(lines: Sequence[Line]) -> Table:
    reader = _Reader()
    for line in lines:
        reader.line = line
        reader.feed(line.text + "\n")
    reader.close()
    return Table(rows=tuple(_rows(reader.rows)), place=lines[0].place)


class _Open:
    """A cell under way: what stands in it, and over how many columns and rows."""

    def __init__(self, line: Line, attributes: dict[str, str | None]) -> None:
        self.line = line
        self.html = ""
        self.width = _count(attributes.get("colspan"))
        self.height = _count(attributes.get("rowspan"))


class _Reader(HTMLParser):
    """Keeps the rows and cells of a table, and the HTML inside each cell as it stands."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.rows: list[list[_Open]] = []
        self.line = Line(number=1, text="")
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
            self._inside = False
        elif tag in ("td", "th"):
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append(_Open(self.line, dict(attrs)))
            self._inside = True
        else:
            self._add(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._inside = False
        else:
            self._add(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._add(f"&#{name};")

    def _add(self, html: str) -> None:
        if self._inside:
            self.rows[-1][-1].html += html


def _rows(rows: Sequence[Sequence[_Open]]) -> list[Row]:
    """Return the rows with each cell in its column; one over several rows goes on in those below."""
    made: list[Row] = []
    going_on: dict[int, tuple[int, int]] = {}
    for row in rows:
        if not row:
            continue
        cells: list[Cell] = []
        column, waiting, below = 0, list(row), dict[int, tuple[int, int]]()
        while waiting or column in going_on:
            if column in going_on:
                width, left = going_on[column]
                cells.append(Cell(paragraphs=(), column=column, width=width, continues=True))
            else:
                cell = waiting.pop(0)
                width, left = cell.width, cell.height
                words = paragraphs(" ".join(cell.html.split()), cell.line.place)
                cells.append(Cell(paragraphs=words, column=column, width=width))
            if left > 1:
                below[column] = (width, left - 1)
            column += width
        going_on = below
        made.append(Row(cells=tuple(cells), place=row[0].line.place))
    return made


def _count(written: str | None) -> int:
    return min(int(written), 100) if written and written.isdecimal() and int(written) else 1
