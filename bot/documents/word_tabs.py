"""Paragraphs of Word files that tabs put in columns: tables without any lines around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.documents.document import Block, Cell, Paragraph, Place, Row, Table
from bot.documents.text_tables import Line, tab_table

_FEWEST_TABS, _FEWEST_ROWS = 2, 3


def with_tab_tables(lines: Sequence[tuple[str, Block]]) -> list[tuple[str, Block]]:
    """Return the lines, those that tabs put in three columns or more as tables of text files are."""
    made: list[tuple[str, Block]] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and "\t" in lines[end][0] and isinstance(lines[end][1], Paragraph):
            end += 1
        rows = [Line(number=number, text=text) for number, (text, _) in enumerate(lines[at:end])]
        if sum(line.text.strip().count("\t") >= _FEWEST_TABS for line in rows) >= _FEWEST_ROWS:
            places = [block.place for _, block in lines[at:end]]
            made.append(("", _placed(tab_table(rows), places)))
        else:
            made.extend(lines[at : max(end, at + 1)])
        at = max(end, at + 1)
    return made


def _placed(table: Table, places: Sequence[Place]) -> Table:
    """Put each row where its paragraph stands."""
    rows = tuple(
        Row(cells=tuple(_cell_at(cell, place) for cell in row.cells), place=place)
        for row, place in zip(table.rows, places, strict=True)
    )
    return Table(rows=rows, place=places[0])


def _cell_at(cell: Cell, place: Place) -> Cell:
    return replace(cell, paragraphs=tuple(replace(line, place=place) for line in cell.paragraphs))
