"""The rows of a plan or a calendar to entries: inherited months and goals, several things and several times in one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.documents.document import Paragraph
from bot.model import Entry, Precision
from bot.proposals.cells import RowCells
from bot.proposals.columns import CONTENT, TIMES, Column
from bot.proposals.draft import Draft
from bot.proposals.drafts import entries_of
from bot.proposals.grid import GridCell, GridRow
from bot.proposals.kinds import names_event
from bot.proposals.labels import numbered_of
from bot.proposals.layout import Columns
from bot.proposals.lines import timed_line
from bot.proposals.places import each_place
from bot.proposals.regions import by_region
from bot.proposals.sections import below_heading
from bot.proposals.sentences import neat, numbered_parts
from bot.proposals.slots import Slot, Timed, moved_to, slot_of, timed, unread
from bot.proposals.surroundings import Surroundings
from bot.proposals.topics import Topic, each_of, topic_of, topics

_VAGUE = (Precision.MONTH, Precision.WEEK, Precision.SEASON)


class PlanRows:
    """Reads the rows below one row of headings, from the top; remembers what the rows above say."""

    def __init__(self, columns: Columns, around: Surroundings) -> None:
        self.columns = columns
        self.around = around
        self._last: tuple[Slot, ...] = ()

    def entries(self, row: GridRow) -> Iterator[Entry]:
        """Yield what a row says; a row that is a heading, or says nothing, gives none."""
        if row.is_empty:
            return
        alone = row.alone
        if alone and self._is_heading(row, alone):
            yield from self._heading(alone)
            return
        cells = RowCells(row, self.columns, self.around)
        yield from self._areas_and_goals(cells)
        self._go_under(cells)
        yield from self._things(cells)

    def _go_under(self, cells: RowCells) -> None:
        """Go in below the month and the week of a row; several weeks are only when the row itself is."""
        for text, is_week in ((cells.text(Column.MONTH), False), (cells.week, True)):
            below = self.around.under(text) if text else None
            if below and (below.is_week or not is_week):
                self.around = below
                self._last = ()

    def _heading(self, alone: GridCell) -> Iterator[Entry]:
        """Go in below a row that is a heading; one that is numbered as an area or a goal is that itself."""
        self._last = ()
        found = numbered_of(alone.text)
        if found and found.title and found.column in (Column.AREA, Column.GOAL):
            yield from self._area(alone, found.column)
            title = neat(found.title)
            is_goal = found.column is Column.GOAL
            self.around = replace(self.around, goal=title) if is_goal else replace(self.around, area=title, goal=None)
            return
        self.around = below_heading(alone.text, self.around)

    def _area(self, alone: GridCell, column: Column) -> Iterator[Entry]:
        topic = topic_of(replace(alone.paragraphs[0], text=neat(alone.text)))
        yield from entries_of(Draft(column=column, around=Surroundings()), [topic] if topic else [])

    def _is_heading(self, row: GridRow, alone: GridCell) -> bool:
        column = next(column for column, cell in row.filled() if cell is alone)
        kind = self.columns.kinds.get(column)
        if alone.width > 1 or kind in TIMES:
            return not any(paragraph.bullet for paragraph in alone.paragraphs)
        return kind not in (*CONTENT, Column.GOAL, Column.DUTY, Column.AREA) or alone.text.isupper()

    def _areas_and_goals(self, cells: RowCells) -> Iterator[Entry]:
        """Yield the area and the goals that begin here; the rows below have them until others begin."""
        area = cells.own(Column.AREA) or cells.own(Column.TOPIC)
        if area:
            name = neat(" ".join(paragraph.text for paragraph in area))
            if cells.own(Column.AREA):
                topic = Topic(title=name, place=area[0].place)
                yield from entries_of(Draft(column=Column.AREA, around=Surroundings()), [topic])
            self.around = replace(self.around, area=name, goal=None)
        goals = topics(cells.own(Column.GOAL), is_each=True)
        if goals:
            around = replace(self.around, goal=None)
            has_own_time = not cells.content and cells.paragraphs(Column.WHEN)
            draft = cells.draft(Column.GOAL, around) if has_own_time else Draft(column=Column.GOAL, around=around)
            slots = self._timed(cells).slots if has_own_time else ()
            yield from entries_of(replace(draft, slots=slots), goals)
            self.around = replace(self.around, goal=" / ".join(goal.title for goal in goals))

    def _timed(self, cells: RowCells) -> Timed:
        """Return when the things of a row are: by its own cells, else by the month or week that stands above."""
        paragraphs = cells.when
        if not paragraphs and (regions := cells.by_region):
            return Timed(slots=regions)
        found = by_region(paragraphs, self.around) or timed(paragraphs, self.around)
        if found.slots or (found.words and not cells.content):
            self._last = found.slots
            return found
        if paragraphs:
            return Timed(slots=(self._unread(" ".join(paragraph.text for paragraph in paragraphs)),))
        if self.around.heading and (slot := slot_of(self.around.heading, self.around)):
            return Timed(slots=(slot,))
        if self.columns.is_chronological and self._last and not any(slot.is_exact for slot in self._last):
            return Timed(slots=self._last)
        return Timed()

    def _unread(self, text: str) -> Slot:
        """Return what words for time come to that name no day: the week they stand in, where there is one."""
        week = slot_of(self.around.heading, self.around) if self.around.is_week and self.around.heading else None
        return week or unread(text)

    def _things(self, cells: RowCells) -> Iterator[Entry]:
        """Yield the things of a row, each with its time."""
        kind, content = cells.content or (Column.WHAT, ())
        listed = cells.listed
        if listed:
            yield from self._listed(cells, kind, content, listed)
            return
        found = self._timed(cells)
        draft = cells.draft(kind, self.around)
        found = replace(found, slots=moved_to((*draft.remarks, *draft.notes), found.slots, self.around))
        draft = replace(draft, slots=found.slots)
        if self._has_own_times(content, found):
            yield from self._lines(draft, content)
            return
        if found.words and (not content or any(slot.region for slot in found.slots)):
            notes = tuple(neat(paragraph.text) for paragraph in content)
            place = cells.when[0].place if cells.when else cells.row.first
            title = Paragraph(text=found.words[0], place=place)
            topic = topic_of(title, (*found.words[1:], *notes))
            yield from entries_of(draft, [topic] if topic else [])
            return
        if not content and found.slots and draft.remarks:
            content, draft = cells.remarks, replace(draft, remarks=())
        draft = replace(draft, notes=(*found.words, *draft.notes))
        is_each = self._is_each(kind, content, found) or _is_side_by_side(content, cells.when, found)
        yield from self._paired(draft, topics(content, is_each=is_each), cells)

    def _paired(self, draft: Draft, things: Sequence[Topic], cells: RowCells) -> Iterator[Entry]:
        """Yield the things; numbered parts have the time that stands beside their number."""
        times = numbered_parts(" ".join(paragraph.text for paragraph in cells.when))
        if not things or things[0].part is None or not times:
            yield from entries_of(draft, things)
            return
        for thing in things:
            number = thing.part.first if thing.part else 0
            said = next((time.text for time in times if time.first <= number <= time.last), None)
            slot = slot_of(said, self.around) if said else None
            yield from entries_of(replace(draft, slots=(slot,) if slot else (), notes=()), [thing])

    def _listed(
        self, cells: RowCells, kind: Column, content: Sequence[Paragraph], listed: Sequence[Paragraph]
    ) -> Iterator[Entry]:
        """Yield what stands as a list under a time: "I løpet av mars ved hver enkelt skole: …"."""
        intro = [paragraph for paragraph in cells.when if paragraph not in listed]
        location, text = each_place(" ".join(paragraph.text for paragraph in intro))
        lead = [Paragraph(text=text, place=intro[0].place)] if intro and text else []
        found = timed(lead, self.around)
        draft = replace(
            cells.draft(kind, self.around), slots=found.slots, notes=found.words, places=(location,) if location else ()
        )
        yield from entries_of(replace(draft, is_work=True), (*each_of(listed), *topics(content)))

    def _is_each(self, kind: Column, content: Sequence[Paragraph], found: Timed) -> bool:
        """Whether every paragraph is a thing of its own: measures, and several events of one month or week."""
        if kind is Column.MEASURE:
            return True
        is_plain = not any(paragraph.bullet for paragraph in content)
        if is_plain and len(found.slots) == len(content) > 1 and not any(slot.region for slot in found.slots):
            return True
        is_vague = all(slot.span.precision in _VAGUE for slot in found.slots)
        return is_vague and len(content) > 1 and all(names_event(paragraph.text) for paragraph in content)

    def _has_own_times(self, content: Sequence[Paragraph], found: Timed) -> bool:
        """Whether the lines of a cell begin with days of the month or week that the row is in."""
        if any(slot.is_exact or slot.region for slot in found.slots):
            return False
        lines = [timed_line(paragraph.text, self.around) for paragraph in content]
        return any(line and line.text and any(slot.is_exact for slot in line.slots) for line in lines)

    def _lines(self, draft: Draft, content: Sequence[Paragraph]) -> Iterator[Entry]:
        for paragraph in content:
            line = timed_line(paragraph.text, self.around)
            if line and line.text:
                topic = topic_of(replace(paragraph, text=line.text))
                yield from entries_of(replace(draft, slots=line.slots), [topic] if topic else [])
            else:
                yield from entries_of(draft, topics([paragraph]))


def _is_side_by_side(content: Sequence[Paragraph], when: Sequence[Paragraph], found: Timed) -> bool:
    """Whether each line of what the row is about has a line of its own for when."""
    return len(content) == len(when) == len(found.slots) > 1 and not any(line.bullet for line in content)
