"""Tables led by months or weeks with things of several kinds beside them: an annual wheel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.documents.document import Paragraph
from bot.model import Entry
from bot.proposals.columns import CONTENT, TIMES, Column, meaning
from bot.proposals.draft import Draft
from bot.proposals.drafts import entries_of
from bot.proposals.grid import GridCell, GridRow
from bot.proposals.labels import label_of
from bot.proposals.lines import timed_line
from bot.proposals.people import groups, is_groups
from bot.proposals.records import title_and_people
from bot.proposals.set_apart import TimedLine
from bot.proposals.slots import Slot, slot_of
from bot.proposals.surroundings import Surroundings
from bot.proposals.topics import topic_of

_SEVERAL = re.compile(r";\s+")
_LEAST_ROWS, _LEAST_COLUMNS = 2, 2
_MOST = 0.7
# So many of the lines in a column have a time of their own where it is a list of things.
_SOME = 0.3
_OF_ROW = (
    Column.RESPONSIBLE,
    Column.AUDIENCE,
    Column.WHO,
    Column.RESOURCES,
    Column.COMMENT,
    Column.PLACE,
    Column.STATUS,
)
_DEADLINES = (Column.WHEN, Column.UNTIL, Column.MILESTONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spokes:
    """The columns of a wheel: what stands over those with things in them, and what each of the others says of a row."""

    things: Mapping[int, str]
    others: Mapping[int, Column]


def spokes(rows: Sequence[GridRow], at: int, around: Surroundings) -> Spokes | None:
    """Return what stands over the columns of a wheel; None where the row is no heading of one.

    The first column leads with months or weeks, no other one tells the time, and two or more are lists of things:
    by headings that only say whose they are, or by days of their own in the lines.
    """
    head = dict(sorted((column, cell.text) for column, cell in rows[at].filled()))
    below = [row for row in rows[at + 1 :] if not row.is_empty]
    first = min(rows[at].cells, default=0)
    if head.pop(first, "") and meaning(rows[at].text(first)) not in TIMES:
        return None
    if len(below) < _LEAST_ROWS or not head or any(slot_of(text, around) for text in head.values()):
        return None
    if not _leads(first, below, around) or any(_tells_time(column, below, around) for column in head):
        return None
    others = {column: what for column, text in head.items() if (what := meaning(text)) in _OF_ROW}
    things = {column: text for column, text in head.items() if column not in others}
    is_named = all(is_groups(text) for text in things.values())
    lists = [column for column in things if is_named or _is_list(column, head[column], below, around)]
    return Spokes(things=things, others=others) if len(lists) >= _LEAST_COLUMNS else None


def _leads(first: int, below: Sequence[GridRow], around: Surroundings) -> bool:
    """Whether a column has a month, a week or a season in most rows, each in one row only."""
    said = [row.text(first).casefold() for row in below if first in row.cells and row.text(first)]
    times = [
        text for text in said if (under := around.under(text)) and (under.heading or under.section != around.section)
    ]
    return len(times) >= _LEAST_ROWS and len(times) >= len(said) * _MOST and len(set(times)) == len(times)


def _tells_time(column: int, below: Sequence[GridRow], around: Surroundings) -> bool:
    in_month = around.in_some_month()
    said = [row.text(column) for row in below if row.text(column)]
    return bool(said) and sum(slot_of(text, in_month) is not None for text in said) * 2 >= len(said)


def _is_list(column: int, heading: str, below: Sequence[GridRow], around: Surroundings) -> bool:
    what = meaning(heading)
    if what in _DEADLINES:
        return True
    lines = [line for row in below if column in row.cells for line in row.cells[column].paragraphs]
    timed = [line for line in lines if _has_time(line.text, around)]
    return len(timed) >= max(_LEAST_ROWS, len(lines) * _SOME)


def _has_time(text: str, around: Surroundings) -> bool:
    """Whether a line begins with a day ("27. Foreldremøte"), whatever its month, or has a time of its own."""
    line = timed_line(text, around.in_some_month())
    return line is not None and bool(line.text)


class WheelRows:
    """Reads the rows of a wheel."""

    def __init__(self, columns: Spokes, around: Surroundings) -> None:
        self._columns = columns
        self.around = around

    def entries(self, row: GridRow) -> Iterator[Entry]:
        """Yield what stands in each column, at the time that the row begins with unless it names its own."""
        label = row.text(min(row.cells))
        below = self.around.under(label) if label else None
        self.around = below or self.around
        slot = slot_of(label or self.around.heading or "", self.around)
        for column, heading in self._columns.things.items():
            cell = row.cells.get(column)
            if cell and not cell.is_inherited:
                yield from self._cell(row, heading, cell, slot)

    def _cell(self, row: GridRow, heading: str, cell: GridCell, slot: Slot | None) -> Iterator[Entry]:
        draft = replace(self._draft(row, heading), slots=(slot,) if slot else ())
        waiting: tuple[Slot, ...] = ()
        for line, notes in _with_notes(cell.paragraphs):
            if label := label_of(line.text, is_heading=False):
                draft = replace(draft, column=label.column)
                continue
            title, who = title_and_people(line.text)
            timed = timed_line(title, self.around, is_listed=True) or _time_alone(title, self.around)
            if timed and not timed.text:
                waiting = timed.slots
                continue
            topic = topic_of(replace(line, text=timed.text if timed else title), notes)
            slots = timed.slots if timed else waiting or draft.slots
            waiting = ()
            own = replace(draft, slots=slots, responsible=(*draft.responsible, *who, *(timed.who if timed else ())))
            yield from entries_of(replace(own, notes=timed.notes if timed else ()), [topic] if topic else [])

    def _draft(self, row: GridRow, heading: str) -> Draft:
        what = meaning(heading)
        kind = Column.MILESTONE if what in _DEADLINES else what if what in CONTENT else Column.WHAT
        whose = groups([heading]) if is_groups(heading) else ()
        around = replace(self.around, audience=whose) if whose else replace(self.around, area=heading, audience=())
        return Draft(
            column=kind or Column.WHAT,
            around=around,
            responsible=self._said(row, Column.RESPONSIBLE, Column.WHO),
            audience=self._said(row, Column.AUDIENCE),
            remarks=self._said(row, Column.COMMENT),
            resources="; ".join(self._said(row, Column.RESOURCES)) or None,
            places=self._said(row, Column.PLACE),
        )

    def _said(self, row: GridRow, *kinds: Column) -> tuple[str, ...]:
        columns = [column for column, kind in self._columns.others.items() if kind in kinds]
        return tuple(line.text for column in columns if column in row.cells for line in row.cells[column].paragraphs)


def _time_alone(text: str, around: Surroundings) -> TimedLine | None:
    slot = slot_of(text, around)
    return TimedLine(slots=(slot,), text="") if slot else None


def _with_notes(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, tuple[str, ...]]]:
    """Yield what stands in a cell, one thing a line, with the deeper bullets below it; a semicolon parts two."""
    least = min((line.bullet for line in paragraphs), default=0)
    things: list[tuple[Paragraph, list[str]]] = []
    for line in paragraphs:
        if things and line.bullet > max(least, 1):
            things[-1][1].append(line.text)
        else:
            things.extend((replace(line, text=text), []) for text in _SEVERAL.split(line.text) if text)
    return ((line, tuple(notes)) for line, notes in things)
