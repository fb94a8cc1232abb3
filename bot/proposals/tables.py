"""Which table is what: a plan, a calendar, a role table, a grid of times, or headings put side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeAlias

from bot.documents.document import Paragraph, Table
from bot.model import Entry
from bot.proposals.boxes import boxes_in
from bot.proposals.columns import TIMES, Column, heading_row, is_elsewhere
from bot.proposals.duties import DutyRows
from bot.proposals.forms import form_line, is_form
from bot.proposals.front import names_plan
from bot.proposals.grid import GridRow, grid
from bot.proposals.labels import numbered_of
from bot.proposals.layout import Columns, columns_under, guessed, region_headings
from bot.proposals.marks import MarkedRows, is_marked
from bot.proposals.order import in_order
from bot.proposals.rows import PlanRows
from bot.proposals.sections import below_heading
from bot.proposals.series import table_of_days
from bot.proposals.surroundings import Surroundings
from bot.proposals.timegrid import TimeGrid, time_headings
from bot.proposals.wheel import WheelRows, spokes

Reader: TypeAlias = PlanRows | DutyRows | TimeGrid | MarkedRows | WheelRows

# The headings of a wheel stand above all of it.
_FIRST_ROWS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The table just before, where nothing stands between: this one may go on with it on a new page."""

    reader: Reader
    width: int


def as_lines(table: Table) -> tuple[Paragraph, ...] | None:
    """Return the rows as lines, where labels stand beside words ("Satsing 1.a" | "Trygg …", "Frist" | "1. mai")."""
    rows = grid(table)
    if boxes := boxes_in(rows):
        return boxes
    if is_form(rows):
        return tuple(line for row in rows if (line := form_line(row)))
    texts = [" ".join(cell.text for _, cell in sorted(row.filled())) for row in rows]
    if not all(len(list(row.filled())) == 2 and numbered_of(f"{row.text(min(row.cells))} .") for row in rows):
        return None
    return tuple(Paragraph(text=text, place=row.first) for text, row in zip(texts, rows, strict=True))


class Tables:
    """Reads tables in order; `around` is what stands above the next one."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self._before: Before | None = None

    def apart(self, around: Surroundings) -> None:
        """Take note of text between two tables."""
        self.around = around
        self._before = None

    def entries(self, table: Table) -> Iterator[Entry]:
        """Yield what a table says; one that is neither plan nor roles nor times says nothing."""
        rows = grid(table)
        reader = self._before.reader if self._before and self._before.width == table.width else None
        around = self.around
        said: list[tuple[Reader, tuple[Entry, ...]]] = []
        for at, row in enumerate(rows):
            found = self._reader(rows, at, reader.around if reader else around, reader)
            if found:
                reader = found
            elif reader:
                said.append((reader, tuple(reader.entries(row))))
            elif row.alone:
                around = below_heading(row.alone.text, around)
        self._before = Before(reader=reader, width=table.width) if reader else None
        is_sorted = any(isinstance(one, PlanRows) and one.columns.is_chronological for one, _ in said)
        rows_said = [entries for _, entries in said]
        yield from in_order(rows_said) if is_sorted else chain.from_iterable(rows_said)

    def _reader(self, rows: Sequence[GridRow], at: int, around: Surroundings, reader: Reader | None) -> Reader | None:
        """Return a reader for the rows below this one, where it is a row of headings."""
        if reader is None and (columns := spokes(rows, at, around)):
            return WheelRows(columns, around)
        headings = heading_row(rows[at], around) or (None if reader else region_headings(rows, at, around))
        if headings:
            below = _until_headings(rows, at + 1, around)
            return _for_columns(columns_under(headings, below, around), around)
        if reader is None and (times := time_headings(rows[at], around)):
            named = {column: cell.text for column, cell in rows[at].filled()}
            below = _until_headings(rows, at + 1, around)
            return (
                MarkedRows(times, named, below, around)
                if is_marked(times, below, around)
                else TimeGrid(times, named, around)
            )
        return None

    def guess(self, table: Table) -> Iterator[Entry]:
        """Yield what a table without any headings says, where a column of it tells the time."""
        rows = grid(table)
        if any(is_elsewhere(row) for row in rows[:_FIRST_ROWS]):
            return
        days = tuple(table_of_days(rows, self.around))
        columns = None if days else guessed(rows, self._within(rows))
        yield from days
        if columns is None:
            return
        reader = PlanRows(columns, _for_plan(self.around))
        yield from in_order([tuple(reader.entries(row)) for row in rows])

    def _within(self, rows: Sequence[GridRow]) -> Surroundings:
        """Return what the columns of a table are seen in: where months stand alone between the rows, in some month."""
        below = [self.around.under(row.alone.text) for row in rows if row.alone]
        is_by_month = any(around and around.month for around in below)
        return self.around.in_some_month() if is_by_month else self.around

    def has_headings(self, table: Table) -> bool:
        rows = grid(table)
        if self._before and self._before.width == table.width:
            return True
        readings = (heading_row, time_headings)
        return any(reading(row, self.around) for row in rows for reading in readings) or any(
            spokes(rows, at, self.around) or region_headings(rows, at, self.around)
            for at in range(min(len(rows), _FIRST_ROWS))
        )


def _until_headings(rows: Sequence[GridRow], start: int, around: Surroundings) -> Sequence[GridRow]:
    end = next((at for at in range(start, len(rows)) if heading_row(rows[at], around)), len(rows))
    return rows[start:end]


def _for_columns(columns: Columns, around: Surroundings) -> Reader:
    if columns.has(Column.DUTY) and not columns.has(*TIMES):
        return DutyRows(columns, around)
    return PlanRows(columns, _for_plan(around))


def _for_plan(around: Surroundings) -> Surroundings:
    """Leave out a heading that only names the plan itself: it is no area of it."""
    return replace(around, area=None) if around.area and names_plan(around.area) else around
