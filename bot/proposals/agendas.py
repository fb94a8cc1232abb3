"""Meetings that each have a line of their own with the day, and lines below that tell the rest of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.documents.document import Heading, Paragraph
from bot.model import Entry
from bot.proposals.clocks import clock_times
from bot.proposals.columns import Column
from bot.proposals.draft import Draft
from bot.proposals.drafts import entries_of
from bot.proposals.front import is_about_itself
from bot.proposals.labels import label_of
from bot.proposals.lexicon import phrase
from bot.proposals.lines import leading_time
from bot.proposals.records import fields_in
from bot.proposals.set_apart import MARKS
from bot.proposals.slots import Slot, moved_to, slots_in
from bot.proposals.surroundings import Surroundings
from bot.proposals.topics import topic_of

_LEAST, _SOME = 3, 2
_LONGEST = 110
_MOST_LINES = 20
_APART = re.compile(r"\s+[–—-](?:\s+|$)|,\s+")
_PEOPLE = (Column.RESPONSIBLE, Column.WHO)


def agenda_of(blocks: Sequence[Heading | Paragraph], around: Surroundings) -> dict[int, int]:
    """Return how many lines below belong to each line that begins a meeting, by its place.

    Empty unless there are three such lines, and half of them have a line with hours or a label below them.
    """
    begun = _begun(blocks, around)
    below = {at: _lines_below(blocks, at, begun, around) for at in sorted(begun)}
    told = [at for at, count in below.items() if any(_tells_more(one.text) for one in blocks[at + 1 : at + 1 + count])]
    is_agenda = len(begun) >= _LEAST and len(told) >= max(_SOME, len(begun) / 2)
    return below if is_agenda else {}


def _begun(blocks: Sequence[Heading | Paragraph], around: Surroundings) -> set[int]:
    """Return the places of lines with a day; where all are headings, of the others like them too."""
    begun = {at for at, block in enumerate(blocks) if _has_time(block.text, around)}
    levels = {block.level if isinstance(block := blocks[at], Heading) else None for at in begun}
    if len(levels) > 1 or None in levels:
        return begun
    alike = {at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.level in levels}
    return alike if len(begun) * 2 > len(alike) else begun


def of_meeting(lines: Sequence[Heading | Paragraph], around: Surroundings) -> Iterator[Entry]:
    """Yield what the first of the lines names, on its day; the others say when, where, by whom and what about."""
    title, slots, said = _title_and_time(lines[0].text, around)
    slots = moved_to((lines[0].text, *(line.text for line in lines[1:])), slots, around)
    topic = topic_of(Paragraph(text=title, place=lines[0].place))
    told = [fields_in(line.text) for line in lines[1:]]
    fields = [one for before, found in told if not before for one in found]
    remarks = [line.text for line, (before, found) in zip(lines[1:], told, strict=True) if before or not found]
    remarks += [
        f"{one.label}: {one.text}" for one in fields if one.kind not in (*_PEOPLE, Column.PLACE, Column.AUDIENCE)
    ]
    draft = Draft(
        column=Column.WHAT,
        around=replace(around, area=None) if around.heading else around,
        slots=slots,
        responsible=tuple(one.text for one in fields if one.kind in _PEOPLE),
        audience=tuple(one.text for one in fields if one.kind is Column.AUDIENCE),
        places=tuple(one.text for one in fields if one.kind is Column.PLACE),
        remarks=tuple(remarks),
        notes=said,
    )
    yield from entries_of(draft, [topic] if topic else [])


def _has_time(text: str, around: Surroundings) -> bool:
    """Whether a line is a title and a time behind it, which is all of the rest where it is no day."""
    if len(text) > _LONGEST or is_about_itself(text) or fields_in(text)[1]:
        return False
    title, slots, said = _title_and_time(text, around)
    return bool(title) and bool(slots) and (not said or all(slot.is_exact for slot in slots))


def _title_and_time(text: str, around: Surroundings) -> tuple[str, tuple[Slot, ...], tuple[str, ...]]:
    """Return a line's first words, the time that signs set apart behind them, and what else is said there."""
    apart = _APART.search(text)
    if apart is None:
        return text, (), ()
    rest = text[apart.end() :]
    found = slots_in(rest, around)
    is_moved = phrase("plans", "doubts", "moved").search(rest) is not None
    said = (rest,) if is_moved else tuple(word for word in found.words if word.strip(MARKS))
    return text[: apart.start()].strip(MARKS), found.slots, said


def _lines_below(blocks: Sequence[Heading | Paragraph], at: int, begun: set[int], around: Surroundings) -> int:
    """Return how many plain lines follow before the next meeting, a heading or a list."""
    count = 0
    for place in range(at + 1, min(at + 1 + _MOST_LINES, len(blocks))):
        block = blocks[place]
        if place in begun or isinstance(block, Heading) or block.bullet or _begins_anew(block.text, around):
            break
        count += 1
    return count


def _begins_anew(text: str, around: Surroundings) -> bool:
    """Whether a line is a heading, or begins with a day of its own."""
    timed = leading_time(text, around)
    is_heading = text.isupper() or around.under(text) is not None or label_of(text, is_heading=False) is not None
    return is_heading or (timed is not None and any(slot.is_exact for slot in timed.slots))


def _tells_more(text: str) -> bool:
    """Whether a line begins with the hours of what stands above it, or with a label."""
    times, left = clock_times(text)
    before, fields = fields_in(text)
    begins = times is not None and not (left and text.startswith(left))
    return begins or (bool(fields) and not before)
