"""Headings, lists and lines outside tables to entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.documents.document import Heading, Paragraph
from bot.model import Entry
from bot.proposals.columns import Column
from bot.proposals.draft import Draft
from bot.proposals.drafts import entries_of
from bot.proposals.duties import deadline_in
from bot.proposals.front import is_about_itself, is_organisation, is_reservation, names_plan
from bot.proposals.goals import goals_below
from bot.proposals.kinds import names_event
from bot.proposals.labels import Numbered, is_phase, label_of, numbered_of
from bot.proposals.lexicon import fold
from bot.proposals.lines import TimedLine, leading_time, tells_of_past, timed_line, within_month
from bot.proposals.named_days import days_below
from bot.proposals.people import groups, is_groups
from bot.proposals.records import Field, Record, title_and_fields
from bot.proposals.sections import below_heading
from bot.proposals.sentences import neat
from bot.proposals.slots import Slot, from_the_beginning, slot_of, slots_in
from bot.proposals.surroundings import Surroundings
from bot.proposals.topics import is_code, topic_of
from bot.proposals.weekdays import weekday

_LONG = 160
_LONGEST_HEADING = 70
_ALL = 1000


class Lines:
    """Reads headings and paragraphs in order; remembers the headings above and the entry under way."""

    def __init__(self, around: Surroundings, title: str) -> None:
        self.around = around
        self._title = {fold(line) for line in (title, *title.split(" – "))}
        self._column: Column | None = None
        self._slots: tuple[Slot, ...] = ()
        self._room = 0
        self._record: Record | None = None
        self._depth = 0
        self._waiting: Numbered | None = None
        self._goal_is_outer = False
        self._goal_leads = False

    def entries(self, blocks: Sequence[Heading | Paragraph]) -> Iterator[Entry]:
        """Yield the entries of a stretch of text without tables."""
        at = 0
        while at < len(blocks):
            block = blocks[at]
            below = goals_below(blocks, at) if self._column is None else 0
            days = days_below(blocks, at, self.around)
            at += 1 + below + len(days)
            if days:
                yield from self._on_days(block, days)
            elif below:
                yield from self._finish()
                yield from self._goals(block, blocks[at - below : at])
            elif not numbered_of(block.text) and (is_about_itself(block.text) or is_reservation(block.text)):
                self._column = None if isinstance(block, Heading) else self._column
            elif self._is_title(block.text):
                self._column = None
            elif isinstance(block, Heading):
                yield from self._heading(block)
            else:
                yield from self._paragraph(block)
        yield from self._finish()
        self._column, self._slots, self._room = None, (), 0  # a table ends the list above it

    def _is_title(self, text: str) -> bool:
        """Whether a line is the plan's own title, or a line of it, said again at the top of a page."""
        small = fold(text)
        return small in self._title or (names_plan(text) and any(small in line for line in self._title))

    def _finish(self) -> Iterator[Entry]:
        record, self._record = self._record, None
        if record:
            yield from record.entries()

    def _begin(self, record: Record, depth: int) -> Iterator[Entry]:
        yield from self._finish()
        self._record, self._depth = record, depth

    def _on_days(self, line: Heading | Paragraph, days: tuple[Slot, ...]) -> Iterator[Entry]:
        """Yield what a line names, once for each of the days below it."""
        yield from self._finish()
        topic = topic_of(Paragraph(text=line.text, place=line.place))
        draft = Draft(column=Column.WHAT, around=replace(self.around, area=None), slots=days)
        yield from entries_of(draft, [topic] if topic else [])

    def _goals(self, heading: Heading | Paragraph, goals: Sequence[Heading | Paragraph]) -> Iterator[Entry]:
        """Yield an area and the goals that stand as sentences below it."""
        self.around = replace(self.around, area=neat(heading.text), goal=None)
        lines = [Paragraph(text=goal.text, place=goal.place) for goal in goals]
        things = [topic for line in lines if (topic := topic_of(line))]
        yield from entries_of(Draft(column=Column.GOAL, around=self.around), things)

    def _heading(self, heading: Heading) -> Iterator[Entry]:
        self._column, self._slots, self._room = None, (), 0
        line = Paragraph(text=heading.text, place=heading.place)
        timed = leading_time(heading.text, self.around)
        if found := numbered_of(heading.text):
            yield from self._numbered(found, line)
        elif label := label_of(heading.text, is_heading=True):
            yield from self._list(label.column, label.rest, room=_ALL)
        elif timed and all(slot.is_exact for slot in timed.slots):
            yield from self._timed(line, timed, ())
        else:
            yield from self._finish()
            self.around = below_heading(heading.text, self.around)
            self._record = Record(title=line, column=Column.WHAT, around=self.around, is_sure=False)
            self._depth = _ALL

    def _paragraph(self, line: Paragraph) -> Iterator[Entry]:
        if self._waiting:
            waiting, self._waiting = self._waiting, None
            yield from self._numbered(replace(waiting, title=line.text), line)
        elif found := numbered_of(line.text):
            yield from self._numbered(found, line)
        elif label := label_of(line.text, is_heading=False):
            yield from self._list(label.column, label.rest, room=1)
        else:
            yield from self._line(line)

    def _numbered(self, found: Numbered, line: Paragraph) -> Iterator[Entry]:
        """Yield what a numbered label begins: a goal or an area is said at once, for what follows stands below it."""
        yield from self._finish()
        self._column, self._slots = None, ()
        if not found.title:
            self._waiting = found
            return
        whole = found.title if found.is_apart else f"{found.label} {found.number} {found.title}"
        number = int(found.number) if found.number.isdecimal() else None
        title, fields, _ = title_and_fields(whole)
        line = replace(line, text=title, number=number)
        topic = topic_of(line)
        if topic is None:
            return
        if found.column not in (Column.GOAL, Column.AREA):
            timed = self._time_of(line, title)
            line, slots = (replace(line, text=timed.text), timed.slots) if timed and timed.text else (line, ())
            slots = slots_in(found.when, self.around).slots or slots
            self._record = Record(title=line, column=found.column, around=self.around, slots=slots, fields=fields)
            self._depth = 0
            return
        self._enter(found.column, topic.title)
        is_goal = found.column is Column.GOAL
        around = replace(self.around, area=None) if names_plan(self.around.area or "") else self.around
        outside = replace(around, goal=None) if is_goal else replace(around, area=None)
        yield from entries_of(Draft(column=found.column, around=outside), [topic])

    def _enter(self, column: Column, title: str) -> None:
        """Go in below a goal or an area; which of them is the outer one is seen from which came first."""
        if column is Column.GOAL:
            self._goal_is_outer = self.around.area is None or self._goal_is_outer
            area = None if self._goal_is_outer else self.around.area
            self.around = replace(self.around, goal=title, area=area, audience=())
        else:
            goal = self.around.goal if self._goal_is_outer else None
            self.around = replace(self.around, area=title, goal=goal, audience=())

    def _list(self, column: Column, rest: str, room: int) -> Iterator[Entry]:
        """Begin a list of one kind; a time in its label is that of what stands in it."""
        yield from self._finish()
        self._column, self._room = column, room
        slots = slots_in(rest, self.around).slots if rest else ()
        self._slots = tuple(from_the_beginning(slot, self.around) for slot in slots)

    def _line(self, line: Paragraph) -> Iterator[Entry]:
        title, fields, kind = title_and_fields(line.text)
        if kind:
            yield from self._labelled(replace(line, text=title), kind, fields)
        elif fields and not title:
            if self._record:
                self._record.fields.extend(fields)
        elif self._record and self._record.is_sure and line.bullet > self._depth and not self._opens_phase():
            self._record.notes.append(neat(line.text))
        elif (timed := self._time_of(line, title)) is not None:
            yield from self._timed(line, timed, fields)
        elif not line.bullet and line.text.isupper() and is_groups(line.text):
            yield from self._finish()
            self.around = replace(self.around, audience=groups([line.text]))
            self._column = None
        else:
            is_heading = is_heading_line(line.text) and not fields
            yield from self._untimed(replace(line, text=title), fields, is_heading=is_heading)

    def _labelled(self, line: Paragraph, kind: Column, fields: Sequence[Field]) -> Iterator[Entry]:
        """Begin what a label names ("Tiltak: …"); a goal after a measure is its own, else of all that follow."""
        is_goal = kind is Column.GOAL
        if is_goal and self._record and self._record.is_sure and not self._goal_leads:
            self._record.around = replace(self._record.around, goal=neat(line.text))
            topic = topic_of(line)
            around = replace(self.around, goal=None)
            yield from entries_of(Draft(column=kind, around=around), [topic] if topic else [])
            return
        self.around = replace(self.around, goal=None) if is_goal else self.around
        yield from self._begin(self._new(line, kind, (), fields), line.bullet)
        if is_goal:
            self._goal_leads = True
            self.around = replace(self.around, goal=neat(line.text))

    def _opens_phase(self) -> bool:
        """Turn a line with weeks or months and no meeting into the heading of the list below it; tell if it is one."""
        record = self._record
        if record is None or not record.slots or any(slot.is_exact for slot in record.slots):
            return self._record is None
        if record.fields or (names_event(record.title.text) and not is_phase(record.title.text)):
            return False
        self.around = replace(self.around, area=neat(record.title.text), goal=None)
        self._column, self._slots, self._record = Column.WHAT, record.slots, None
        return True

    def _new(self, line: Paragraph, column: Column, slots: tuple[Slot, ...], fields: Sequence[Field]) -> Record:
        around = self.around
        if column is not Column.DUTY and around.area and names_plan(around.area):
            around = replace(around, area=None)
        return Record(title=line, column=column, around=around, slots=slots, fields=list(fields))

    def _time_of(self, line: Paragraph, title: str) -> TimedLine | None:
        """Return the time of a line that is short enough to be an entry; in prose a date is only mentioned."""
        is_prose = len(line.text) > _LONG or tells_of_past(line.text)
        if self._column is Column.GOAL or (not line.bullet and is_prose):
            return None
        return timed_line(title, self.around) or self._on_weekday(title)

    def _on_weekday(self, text: str) -> TimedLine | None:
        """Return a line that begins with a weekday of the week that stands above ("Tirsdag: …")."""
        if not self.around.is_week or not self.around.heading:
            return None
        first, _, rest = text.partition(":" if ":" in text else " ")
        day = weekday(first)
        slot = slot_of(f"{self.around.heading} {day}", self.around) if day else None
        return TimedLine(slots=(slot,), text=rest.strip(" :–-")) if slot else None

    def _timed(self, line: Paragraph, timed: TimedLine, fields: Sequence[Field]) -> Iterator[Entry]:
        """Read a line with a time: an entry, or where it is only a time, the heading of what follows."""
        slots = timed.slots
        if timed.text:
            for one in within_month(timed, self.around):
                record = self._new(replace(line, text=one.text), self._column or Column.WHAT, one.slots, fields)
                record.notes.extend(one.notes)
                yield from self._begin(record, line.bullet)
            return
        yield from self._finish()
        below = self.around.under(line.text)
        if below and not all(slot.is_exact for slot in slots):
            self.around, self._slots = below, ()
            return
        self._column, self._slots, self._room = self._column or Column.WHAT, slots, 1

    def _untimed(self, line: Paragraph, fields: Sequence[Field], *, is_heading: bool) -> Iterator[Entry]:
        """Read a line without a time of its own: an entry of the list it stands in, a heading, or prose."""
        if fields:
            slots = self._slots or self._of_heading()
            yield from self._begin(self._new(line, self._column or Column.MEASURE, slots, fields), line.bullet)
        elif self._column and (line.bullet or self._has_room(line)):
            deadline = deadline_in(line.text, self.around)
            slots = self._slots or ((deadline,) if deadline else ()) or self._of_heading()
            yield from self._begin(self._new(line, self._column, slots, ()), line.bullet)
        elif line.bullet and (slots := self._of_heading()):
            yield from self._begin(self._new(line, Column.WHAT, slots, ()), line.bullet)
        elif not line.bullet:
            yield from self._finish()
            self._column = None
            if is_heading and not is_organisation(line.text):
                self.around = replace(self.around, area=neat(line.text), goal=None, audience=())
                self._record = Record(title=line, column=Column.WHAT, around=self.around, is_sure=False)
                self._depth = _ALL

    def _of_heading(self) -> tuple[Slot, ...]:
        """Return the month or week that stands above."""
        slot = slot_of(self.around.heading, self.around) if self.around.heading else None
        return (slot,) if slot else ()

    def _has_room(self, line: Paragraph) -> bool:
        """Whether a line that is no bullet still belongs to a list: short ones do, of long ones the first."""
        if is_code(line.text):
            return True
        if self._room <= 0:
            return False
        if self._room < _ALL and len(line.text) > _LONG:
            self._room = 0
        return True


def is_heading_line(text: str) -> bool:
    """Whether a paragraph looks like a heading: a few words, no sign at its end."""
    return len(text) <= _LONGEST_HEADING and text[-1] not in ".:;,!?" and (text[0].isupper() or text[0].isdigit())
