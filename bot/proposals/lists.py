"""Headings, lists and lines outside tables to entries."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

from bot.documents.document import Heading, Paragraph
from bot.model import Entry
from bot.proposals.agendas import agenda_of, of_meeting
from bot.proposals.columns import Column
from bot.proposals.draft import Draft
from bot.proposals.drafts import entries_of
from bot.proposals.duties import role_lists
from bot.proposals.front import names_plan
from bot.proposals.goals import goals_below
from bot.proposals.labels import Numbered, label_of, numbered_of, tells_of_document
from bot.proposals.lexicon import fold
from bot.proposals.lines import leading_time
from bot.proposals.listed_lines import ALL, ListedLines
from bot.proposals.records import Record, is_told_below, title_and_fields
from bot.proposals.sections import below_heading
from bot.proposals.sentences import neat
from bot.proposals.series import of_series, series_below
from bot.proposals.slots import slots_in
from bot.proposals.surroundings import Surroundings
from bot.proposals.topics import topic_of


class Lines(ListedLines):
    """Reads headings and paragraphs in order; remembers the headings above and the entry under way."""

    def __init__(self, around: Surroundings, title: str) -> None:
        super().__init__(around)
        self._title = {fold(line) for line in (title, *title.split(" – "))}
        self._waiting: Numbered | None = None

    def entries(self, blocks: Sequence[Heading | Paragraph]) -> Iterator[Entry]:
        """Yield the entries of a stretch of text without tables."""
        at, agenda, roles = 0, agenda_of(blocks, self.around), role_lists(blocks)
        while at < len(blocks):
            if at in agenda:
                yield from self._finish()
                yield from of_meeting(blocks[at : at + 1 + agenda[at]], self.around)
                at += 1 + agenda[at]
            elif at in roles:
                yield from self._finish()
                self._of_role(blocks[at])
                at += 1
            else:
                at += yield from self._next(blocks, at)
        yield from self._finish()
        self._column, self._slots, self._room, self._role = None, (), 0, ""  # a table ends the list above it

    def _next(self, blocks: Sequence[Heading | Paragraph], at: int) -> Generator[Entry, None, int]:
        """Yield the entries of the next line, or of all that stands below it as one; return how many lines."""
        block = blocks[at]
        below = goals_below(blocks, at) if self._column is None else 0
        series = series_below(blocks, at, self.around)
        count = 1 + below + (series.count if series else 0)
        if series:
            yield from self._finish()
            yield from of_series(series, blocks[at + count - series.count : at + count], self.around)
        elif below:
            yield from self._finish()
            yield from self._goals(block, blocks[at + 1 : at + count])
        elif tells_of_document(block.text) and not is_told_below(blocks, at + 1):
            self._column = None if isinstance(block, Heading) else self._column
        elif self._is_title(block.text):
            self._column = None
        elif isinstance(block, Heading):
            yield from self._heading(block)
        else:
            self._is_told_below = is_told_below(blocks, at + 1)
            yield from self._paragraph(block)
        return count

    def _of_role(self, heading: Heading | Paragraph) -> None:
        """Begin the list of what a role does."""
        role = neat(heading.text)
        self.above.leave(heading if isinstance(heading, Heading) else Heading(text=role, place=heading.place, level=1))
        self.around = replace(self.around, area=role, goal=None, audience=())
        self._column, self._slots, self._room, self._role = Column.DUTY, (), 0, role

    def _is_title(self, text: str) -> bool:
        """Whether a line is the plan's own title, or a line of it, said again at the top of a page."""
        small = fold(text)
        return small in self._title or (names_plan(text) and any(small in line for line in self._title))

    def _goals(self, heading: Heading | Paragraph, goals: Sequence[Heading | Paragraph]) -> Iterator[Entry]:
        """Yield an area and the goals that stand as sentences below it."""
        self.around = replace(self.around, area=neat(heading.text), goal=None)
        lines = [Paragraph(text=goal.text, place=goal.place) for goal in goals]
        things = [topic for line in lines if (topic := topic_of(line))]
        yield from entries_of(Draft(column=Column.GOAL, around=self.around), things)

    def _heading(self, heading: Heading) -> Iterator[Entry]:
        self._column, self._slots, self._room, self._role = None, (), 0, ""
        line = Paragraph(text=heading.text, place=heading.place)
        timed = leading_time(heading.text, self.around)
        if found := numbered_of(heading.text):
            yield from self._numbered(found, line)
        elif label := label_of(heading.text, is_heading=True):
            self.above.leave(heading)
            yield from self._list(label.column, label.rest, room=ALL)
        elif timed and all(slot.is_exact for slot in timed.slots):
            yield from self._timed(line, timed, ())
        else:
            yield from self._finish()
            self.above.leave(heading)
            self.around = below_heading(heading.text, self.around)
            self._below(line)

    def _paragraph(self, line: Paragraph) -> Iterator[Entry]:
        if self._waiting:
            waiting, self._waiting = self._waiting, None
            yield from self._numbered(replace(waiting, title=line.text), line)
        elif found := numbered_of(line.text):
            yield from self._numbered(found, line)
        elif label := label_of(line.text, is_heading=False):
            yield from self._list(label.column, label.rest, room=1)
        elif not self.is_topic(line):
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
        self.above.enter(found.column, topic.title)
        is_goal = found.column is Column.GOAL
        around = replace(self.around, area=None) if names_plan(self.around.area or "") else self.around
        outside = replace(around, goal=None) if is_goal else replace(around, area=None)
        yield from entries_of(Draft(column=found.column, around=outside), [topic])
