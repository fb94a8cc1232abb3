"""Tables with the time in the first column and a group over each of the others: "Månad | Skule | Barnehage"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.documents.document import Paragraph
from bot.model import Entry
from bot.proposals.columns import TIMES, Column, meaning
from bot.proposals.draft import Draft
from bot.proposals.drafts import entries_of
from bot.proposals.grid import GridRow
from bot.proposals.lines import timed_line
from bot.proposals.people import groups, is_groups
from bot.proposals.slots import slot_of
from bot.proposals.surroundings import Surroundings
from bot.proposals.topics import topic_of

_SEVERAL = re.compile(r";\s+")
_LEAST = 2


def group_headings(row: GridRow, around: Surroundings) -> dict[int, str] | None:
    """Return the groups over the columns; None where no heading for time leads, or others follow."""
    filled = dict(sorted((column, cell.text) for column, cell in row.filled()))
    first = min(filled, default=None)
    if first is None or first != min(row.cells) or meaning(filled.pop(first)) not in TIMES:
        return None
    are_groups = all(is_groups(text) and slot_of(text, around) is None for text in filled.values())
    return filled if len(filled) >= _LEAST and are_groups else None


class GroupGrid:
    """Reads the rows below a row of groups."""

    def __init__(self, names: Mapping[int, str], around: Surroundings) -> None:
        self._names = names
        self.around = around

    def entries(self, row: GridRow) -> Iterator[Entry]:
        """Yield what stands for each group, at the time that the row begins with unless it names its own."""
        label = row.text(min(row.cells))
        below = self.around.under(label) if label else None
        self.around = below or self.around
        slot = slot_of(label or self.around.heading or "", self.around)
        for column, name in self._names.items():
            cell = row.cells.get(column)
            for line in _lines(cell.paragraphs) if cell and not cell.is_inherited else ():
                timed = timed_line(line.text, self.around)
                slots = timed.slots if timed and timed.text else (slot,) if slot else ()
                topic = topic_of(replace(line, text=timed.text) if timed and timed.text else line)
                around = replace(self.around, audience=groups([name]))
                draft = Draft(column=Column.WHAT, around=around, slots=slots)
                yield from entries_of(draft, [topic] if topic else [])


def _lines(paragraphs: tuple[Paragraph, ...]) -> Iterator[Paragraph]:
    """Yield what stands in a cell, one thing a line; a semicolon parts two."""
    for paragraph in paragraphs:
        yield from (replace(paragraph, text=text) for text in _SEVERAL.split(paragraph.text) if text)
