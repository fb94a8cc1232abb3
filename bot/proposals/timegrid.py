"""Tables with times over their columns: years, months, weeks or the days of a week."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.documents.document import Paragraph
from bot.model import Entry
from bot.proposals.columns import Column
from bot.proposals.draft import Draft
from bot.proposals.drafts import entries_of
from bot.proposals.grid import GridCell, GridRow
from bot.proposals.lines import timed_line
from bot.proposals.people import groups, is_groups
from bot.proposals.records import title_and_people
from bot.proposals.sentences import neat
from bot.proposals.set_apart import TimedLine
from bot.proposals.slots import Slot, slot_of
from bot.proposals.surroundings import Surroundings
from bot.proposals.topics import topics
from bot.proposals.weekdays import weekdays, whole_week

_DAY = re.compile(r"^(\d{1,2})\.?(?:\s+|$)")
_LONGEST_HEADING = 30
_LEAST = 2


def time_headings(row: GridRow, around: Surroundings) -> dict[int, str] | None:
    """Return the times that stand over columns, weekdays in full; None where the row is no such heading."""
    filled = {column: cell.text for column, cell in row.filled()}
    if any(len(text) > _LONGEST_HEADING for text in filled.values()):
        return None
    days = weekdays(filled)
    found = days or {column: text for column, text in filled.items() if _is_time(text, around)}
    return found if len(found) > _LEAST or (len(found) == _LEAST and _leads(found, row)) else None


def _leads(found: Mapping[int, str], row: GridRow) -> bool:
    """Two times are headings only where all else of the row stands before them."""
    return all(column in found or column < min(found) for column, _ in row.filled()) and min(found) > min(row.cells)


def _is_time(text: str, around: Surroundings) -> bool:
    slot = slot_of(text, around)
    return slot is not None and slot.span.is_dated


class TimeGrid:
    """Reads the rows below a row of times."""

    def __init__(self, times: Mapping[int, str], headings: Mapping[int, str], around: Surroundings) -> None:
        self._times = times
        self._headings = headings
        self.around = around
        self._area = around.area
        self._row_time = around.heading if around.is_week else None

    def entries(self, row: GridRow) -> Iterator[Entry]:
        """Yield what stands below each time; what stands before the times is whom or what the row is about."""
        first = min(self._times)
        labels = [(column, cell.text) for column, cell in sorted(row.filled()) if column < first]
        for column, _ in labels:
            self._label(column, row.cells[column].paragraphs)
        for column, cell in sorted(row.cells.items()):
            if column in self._times and cell.paragraphs and not cell.is_inherited:
                yield from self._cell(column, cell)
        yield from self._besides(row)

    def _besides(self, row: GridRow) -> Iterator[Entry]:
        """Yield what stands behind the days of a week: for all of it, or at a time of its own."""
        slot = slot_of(self._row_time, self.around) if self._row_time else None
        below = (self.around.under(self._row_time) if self._row_time else None) or self.around
        for column, cell in sorted(row.filled()):
            if column <= max(self._times) or slot is None:
                continue
            is_whole = whole_week(self._headings.get(column, "")) is not None
            for paragraph in cell.paragraphs:
                line = timed_line(title_and_people(paragraph.text)[0], below, is_listed=True)
                if is_whole or (line and line.text):
                    yield from self._thing(paragraph, slot, below)

    def _label(self, column: int, paragraphs: Sequence[Paragraph]) -> None:
        """Take over what a row begins with; it holds until another row begins with something."""
        heading = self._headings.get(column, "").split()[:1]
        text = " ".join(paragraph.text for paragraph in paragraphs)
        for said in (text, paragraphs[0].text):
            for time in (said, " ".join((*heading, said))):
                if slot_of(time, self.around):
                    self._row_time = time
                    return
        if is_groups(text):
            self.around = replace(self.around, audience=groups([text]), area=self._area)
        else:
            self.around = replace(self.around, area=neat(text), audience=())

    def _cell(self, column: int, cell: GridCell) -> Iterator[Entry]:
        slot = self._slot(self._time(column, cell.width))
        below = self.around.under(self._times[column]) or self.around
        for paragraph in _without_day(cell.paragraphs, slot):
            yield from self._thing(paragraph, slot, below)

    def _thing(self, paragraph: Paragraph, slot: Slot | None, below: Surroundings) -> Iterator[Entry]:
        """Yield what a line of a cell names, at its own time or else at that of the cell."""
        title, who = title_and_people(paragraph.text)
        line = timed_line(title, below, is_listed=True)
        timed = line if line and line.text else TimedLine(slots=(slot,) if slot else (), text=title)
        draft = Draft(column=Column.WHAT, around=self.around, slots=timed.slots, responsible=(*who, *timed.who))
        yield from entries_of(replace(draft, notes=timed.notes), topics([replace(paragraph, text=timed.text)]))

    def _time(self, column: int, width: int) -> str:
        """Return what stands over a cell: from the first to the last time where it reaches over several."""
        covered = [self._times[at] for at in range(column, column + width) if at in self._times]
        both = f"{covered[0]} – {covered[-1]}"
        return both if len(covered) > 1 and self._slot(both) else covered[0]

    def _slot(self, time: str) -> Slot | None:
        """Return the time of a column, put to that of the row: "uke 34" and "tirsdag" make a day."""
        row = self._row_time or ""
        for text in (f"{row} {time}", f"{time} {row}") if row else ():
            if slot := slot_of(text, self.around):
                return slot
        return slot_of(time, self.around)


def _without_day(paragraphs: Sequence[Paragraph], slot: Slot | None) -> Iterator[Paragraph]:
    """Leave out the number that a cell for one day begins with, where it is that day's ("2. Turdag")."""
    day = slot.span.start.day if slot and slot.span.start and slot.span.start == slot.span.end else None
    for paragraph in paragraphs:
        found = _DAY.match(paragraph.text)
        text = paragraph.text[found.end() :] if found and int(found[1]) == day else paragraph.text
        if text:
            yield replace(paragraph, text=text)
