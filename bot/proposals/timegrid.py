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
from bot.proposals.grid import GridRow
from bot.proposals.lines import timed_line
from bot.proposals.people import groups, is_groups
from bot.proposals.sentences import neat
from bot.proposals.slots import Slot, slot_of
from bot.proposals.surroundings import Surroundings
from bot.proposals.topics import topics
from bot.proposals.weekdays import weekdays

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
        if labels:
            self._label(*labels[0])
        for column, cell in sorted(row.cells.items()):
            if column in self._times and cell.paragraphs and not cell.is_inherited:
                yield from self._cell(column, cell.paragraphs)

    def _label(self, column: int, text: str) -> None:
        """Take over what a row begins with; it holds until another row begins with something."""
        heading = self._headings.get(column, "").split()[:1]
        for time in (text, " ".join((*heading, text))):
            if slot_of(time, self.around):
                self._row_time = time
                return
        if is_groups(text):
            self.around = replace(self.around, audience=groups([text]), area=self._area)
        else:
            self.around = replace(self.around, area=neat(text), audience=())

    def _cell(self, column: int, paragraphs: Sequence[Paragraph]) -> Iterator[Entry]:
        slot = self._slot(self._times[column])
        draft = Draft(column=Column.WHAT, around=self.around, slots=(slot,) if slot else ())
        below = self.around.under(self._times[column]) or self.around
        for paragraph in _without_day(paragraphs, slot):
            line = timed_line(paragraph.text, below)
            if line and line.text:
                own = replace(draft, slots=line.slots)
                yield from entries_of(own, topics([replace(paragraph, text=line.text)]))
            else:
                yield from entries_of(draft, topics([paragraph]))

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
