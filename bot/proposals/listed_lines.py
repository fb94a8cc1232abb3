"""The lines of a text, one after another: the list that they stand in, and the entry under way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.documents.document import Paragraph
from bot.model import Entry
from bot.proposals.above import Above
from bot.proposals.columns import Column, exactly
from bot.proposals.draft import Draft
from bot.proposals.drafts import entries_of
from bot.proposals.duties import deadline_in
from bot.proposals.front import names_plan
from bot.proposals.kinds import names_event
from bot.proposals.labels import is_heading_line, is_phase
from bot.proposals.lexicon import phrase
from bot.proposals.lines import tells_of_past, timed_line, within_month
from bot.proposals.owner import is_organisation
from bot.proposals.people import named_by_heading
from bot.proposals.records import Field, Record, has_checkbox, title_and_fields
from bot.proposals.sections import below_heading
from bot.proposals.sentences import neat
from bot.proposals.set_apart import TimedLine
from bot.proposals.slots import Slot, from_the_beginning, slots_in
from bot.proposals.surroundings import Surroundings
from bot.proposals.topics import is_code, topic_of

_LONG = 160
ALL = 1000
"""A depth and a number of lines that no list reaches."""


class ListedLines:
    """Reads lines in order; remembers the list that they stand in and the entry under way."""

    def __init__(self, around: Surroundings) -> None:
        self.above = Above(around)
        self._column: Column | None = None
        self._slots: tuple[Slot, ...] = ()
        self._room = 0
        self._role = ""
        self._record: Record | None = None
        self._depth = 0
        self._is_told_below = False
        self._goal_leads = False

    @property
    def around(self) -> Surroundings:
        return self.above.around

    @around.setter
    def around(self, around: Surroundings) -> None:
        self.above.around = around

    def is_topic(self, line: Paragraph) -> bool:
        """Take a line that only names a topic ("Tema: …") as what the entry under way, or what follows, is about."""
        label, colon, rest = line.text.partition(":")
        if not colon or not rest.strip() or exactly(label) is not Column.TOPIC:
            return False
        if self._record and self._record.is_sure:
            self._record.notes.append(neat(line.text))
        else:
            self.around = replace(self.around, area=neat(rest))
        return True

    def _finish(self) -> Iterator[Entry]:
        record, self._record = self._record, None
        if record:
            yield from record.entries()

    def _begin(self, record: Record, depth: int) -> Iterator[Entry]:
        yield from self._finish()
        self._record, self._depth = record, depth

    def _list(self, column: Column, rest: str, room: int) -> Iterator[Entry]:
        """Begin a list of one kind; a time in its label is that of what stands in it."""
        yield from self._finish()
        self._column, self._room = column, room
        is_told = any(map(str.isdigit, rest)) or column is not Column.GOAL
        slots = slots_in(rest, self.around).slots if rest and is_told else ()
        self._slots = tuple(from_the_beginning(slot, self.around) for slot in slots)

    def _line(self, line: Paragraph) -> Iterator[Entry]:
        title, fields, kind = title_and_fields(line.text)
        self._leave_list(line)
        if kind:
            yield from self._labelled(replace(line, text=title), kind, fields)
        elif fields and not title:
            if self._record:
                self._record.fields.extend(fields)
        elif self._is_note(line, title, fields):
            assert self._record
            self._record.notes.append(neat(line.text))
        elif self._is_told_below and not self._belongs(line):
            yield from self._begin(self._new(replace(line, text=title), Column.MEASURE, (), fields), line.bullet)
        elif (timed := self._time_of(line, title)) is not None:
            yield from self._timed(line, timed, fields)
        elif not line.bullet and (named := named_by_heading(line.text)):
            yield from self._finish()
            self.around = replace(self.around, audience=named)
            self._column = None
        else:
            is_heading = is_heading_line(line.text) and not fields
            yield from self._untimed(replace(line, text=title), fields, is_heading=is_heading)

    def _leave_list(self, line: Paragraph) -> None:
        """A line with a week or a month ends the list above it: what follows stands below that time."""
        if self._column and not line.bullet and (below := self.above.week_of(line.text)):
            self._column, self._slots, self.around = None, (), below

    def _is_note(self, line: Paragraph, title: str, fields: Sequence[Field]) -> bool:
        """Whether a line only tells more of the entry under way: not where it is one itself, below a goal."""
        record = self._record
        if record is None:
            return False
        if self._is_told_below and self._belongs(line):
            return True
        if not record.is_sure or line.bullet <= self._depth:
            return False
        is_own = has_checkbox(line.text) or any(one.kind is Column.RESPONSIBLE for one in fields)
        is_outer = record.column in (Column.GOAL, Column.AREA)
        if is_own or (is_outer and (line.bullet or self._time_of(line, title))) or self.above.on_weekday(title):
            return False
        return not self._opens_phase()

    def _belongs(self, line: Paragraph) -> bool:
        return self._record is not None and self._record.is_told_by(line)

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
        if self._role and line.bullet:
            column = Column.MEASURE if slots and column is Column.DUTY else column
            is_told = any(one.kind is Column.RESPONSIBLE for one in fields)
            fields = fields if is_told else (*fields, Field(kind=Column.RESPONSIBLE, label="", text=self._role))
        return Record(title=line, column=column, around=around, slots=slots, fields=list(fields))

    def _time_of(self, line: Paragraph, title: str) -> TimedLine | None:
        """Return the time of a line that is short enough to be an entry; in prose a date is only mentioned."""
        is_prose = len(line.text) > _LONG or tells_of_past(line.text)
        if self._column is Column.GOAL or (not line.bullet and is_prose):
            return None
        # What is cancelled is told of behind its time: "Samling 3: 26. mars (avlyst)".
        is_told = line.bullet > 0 or phrase("plans", "doubts", "cancelled").search(title) is not None
        return timed_line(title, self.around, is_listed=is_told) or self.above.on_weekday(title)

    def _timed(self, line: Paragraph, timed: TimedLine, fields: Sequence[Field]) -> Iterator[Entry]:
        """Read a line with a time: an entry, or where it is only a time, the heading of what follows."""
        slots = timed.slots
        if timed.text:
            self.around = (self.above.week_of(line.text) if not line.bullet else None) or self.around
            for one in within_month(timed, self.around):
                who = [Field(kind=Column.RESPONSIBLE, label="", text=name) for name in one.who]
                line = replace(line, text=one.text)
                record = self._new(line, self._column or Column.WHAT, one.slots, [*fields, *who])
                record.notes.extend(one.notes)
                yield from self._begin(record, line.bullet)
            return
        yield from self._finish()
        below = self.around.under(line.text)
        if below and not all(slot.is_exact for slot in slots):
            self.around, self._slots = below, ()
            self._column = Column.WHAT if below.heading is None else self._column
            return
        self._column, self._slots, self._room = self._column or Column.WHAT, slots, 1

    def _untimed(self, line: Paragraph, fields: Sequence[Field], *, is_heading: bool) -> Iterator[Entry]:
        """Read a line without a time of its own: an entry of the list it stands in, a heading, or prose."""
        if fields:
            slots = self._slots or self.above.of_heading()
            yield from self._begin(self._new(line, self._column or Column.MEASURE, slots, fields), line.bullet)
        elif self._column and (line.bullet or self._has_room(line)):
            deadline = deadline_in(line.text, self.around)
            slots = self._slots or ((deadline,) if deadline else ()) or self.above.of_heading()
            yield from self._begin(self._new(line, self._column, slots, ()), line.bullet)
        elif line.bullet and (slots := self.above.of_heading()):
            yield from self._begin(self._new(line, Column.WHAT, slots, ()), line.bullet)
        elif not line.bullet:
            yield from self._finish()
            self._column = None
            if is_heading and not is_organisation(line.text):
                named = replace(self.around, area=neat(line.text))
                around = named if names_plan(line.text) else below_heading(line.text, self.around)
                self.around = replace(around, goal=None, audience=())
                self._below(line)

    def _below(self, heading: Paragraph) -> None:
        """Go on below a heading, which is a measure if fields follow."""
        self._record = Record(title=heading, column=Column.WHAT, around=self.around, is_sure=False)
        self._depth = ALL

    def _has_room(self, line: Paragraph) -> bool:
        """Whether a line that is no bullet still belongs to a list: short ones do, of long ones the first."""
        if is_code(line.text):
            return True
        if self._room <= 0:
            return False
        if self._room < ALL and len(line.text) > _LONG:
            self._room = 0
        return True
