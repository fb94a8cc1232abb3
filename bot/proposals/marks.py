"""Tables with times over their columns and a mark in each time that a row of the table holds for ("x")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from bot.documents.document import Paragraph
from bot.model import Entry
from bot.proposals.columns import TIMES, Column
from bot.proposals.grid import GridCell, GridRow
from bot.proposals.layout import columns_under
from bot.proposals.lexicon import fold, phrase, words
from bot.proposals.rows import PlanRows
from bot.proposals.slots import Slot, slot_of, whole_slots
from bot.proposals.surroundings import Surroundings
from bot.proposals.timegrid import time_headings


class MarkedRows:
    """Reads the rows as those of a plan, with the marked times in the place of a cell for time."""

    def __init__(
        self, times: Mapping[int, str], headings: Mapping[int, str], rows: Sequence[GridRow], around: Surroundings
    ) -> None:
        self.around = around
        self._upper = self._times = times
        self._first = min(times)
        named = {column: text for column, text in headings.items() if column < self._first}
        columns = columns_under(named, [self._before(row) for row in rows], around)
        self._is_timed = columns.has(*TIMES)
        kinds = columns.kinds if self._is_timed else {**columns.kinds, self._first: Column.WHEN}
        self._plan = PlanRows(replace(columns, kinds=kinds), around)

    def entries(self, row: GridRow) -> Iterator[Entry]:
        """Yield what a row says; a second row of times goes together with the first."""
        if times := time_headings(row, self.around):
            self._times = {column: self._under_upper(column, text) for column, text in times.items()}
            return
        bare = self._before(row)
        marked = tuple(self._marked(row))
        if marked and not self._is_timed:
            bare = replace(bare, cells={**bare.cells, self._first: GridCell(paragraphs=marked)})
        yield from self._plan.entries(bare)

    def _before(self, row: GridRow) -> GridRow:
        return replace(row, cells={column: cell for column, cell in row.cells.items() if column < self._first})

    def _under_upper(self, column: int, text: str) -> str:
        """Return a time with the one that stands over it: "Vår" below "2024"."""
        upper = max((above for above in self._upper if above <= column), default=None)
        both = f"{text} {self._upper[upper]}" if upper is not None else text
        return both if slot_of(both, self.around) else text

    def _marked(self, row: GridRow) -> Iterator[Paragraph]:
        """Yield the times of a row, those that are marked one after another as one."""
        columns = sorted(self._times)
        marked = [(at, column) for at, column in enumerate(columns) if row.text(column)]
        for _, together in groupby(enumerate(marked), key=lambda one: (one[1][0] - one[0], self._own(row, one[1][1]))):
            run = [column for _, (_, column) in together]
            for text in self._as_one(row, run):
                yield Paragraph(text=text, place=row.cells[run[0]].paragraphs[0].place)

    def _own(self, row: GridRow, column: int) -> str:
        """Return the time that a cell itself says within the one that stands over it; nothing where it is a mark."""
        text = row.text(column)
        both = f"{text} {self._times[column]}"
        is_told = not is_mark(text) and (
            slot_of(both, self.around) or _is_within(text, self._times[column], self.around)
        )
        return both if is_told else ""

    def _as_one(self, row: GridRow, run: Sequence[int]) -> Sequence[str]:
        times = [self._own(row, column) or self._times[column] for column in run]
        if len(times) > 1 and (whole := self._from_to(times[0], times[-1])):
            return (whole,)
        return times

    def _from_to(self, first: str, last: str) -> str | None:
        """Return two times as one from the first to the last, where it is read as just that."""
        text = f"{first} – {last}"
        ends: list[Slot | None] = [slot_of(time, self.around) for time in (first, last, text)]
        spans = [slot.span for slot in ends if slot]
        is_whole = len(spans) == len(ends) and (spans[2].start, spans[2].end) == (spans[0].start, spans[1].end)
        return text if is_whole else None


def is_marked(times: Mapping[int, str], rows: Sequence[GridRow], around: Surroundings) -> bool:
    """Whether most of what stands below times are marks, or times within those."""
    first = min(times)
    below = [row for row in rows if not time_headings(row, around)]
    said = [(cell.text, times.get(column, "")) for row in below for column, cell in row.filled() if column >= first]
    marks = [text for text, _ in said if is_mark(text)]
    told = [text for text, over in said if is_mark(text) or slot_of(text, around) or _is_within(text, over, around)]
    return len(told) == len(said) > 1 or (len(marks) > 1 and len(told) * 2 > len(said))


def _is_within(text: str, over: str, around: Surroundings) -> bool:
    """Whether a text is only days of the month that stands over it: "5. og 26."."""
    return (
        bool(over)
        and not any(map(str.isalpha, phrase("people", "between").sub("", text)))
        and bool(whole_slots(f"{text} {over}", around))
    )


def is_mark(text: str) -> bool:
    return fold(text) in words("columns", "marks", "letters") or text in words("columns", "marks", "signs")
