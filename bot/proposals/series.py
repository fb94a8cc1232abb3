"""One event on many days: "Styrarmøte, torsdagar kl. 13", and below it a day a line, or a table of days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.documents.document import Heading, Paragraph
from bot.model import Entry, Kind, Precision
from bot.proposals.clocks import clock_times
from bot.proposals.columns import Column
from bot.proposals.draft import Draft
from bot.proposals.drafts import entries_of
from bot.proposals.grid import GridRow
from bot.proposals.kinds import names_event
from bot.proposals.lexicon import fold, phrase, word_set
from bot.proposals.lines import leading_time
from bot.proposals.people import is_groups
from bot.proposals.periods import without_year
from bot.proposals.places import is_place
from bot.proposals.set_apart import TimedLine
from bot.proposals.slots import NO_TIMES, Slot, slots_in, whole_slots
from bot.proposals.surroundings import Surroundings
from bot.proposals.topics import topic_of
from bot.time.when import Times

_LONGEST = 60
_LEAST = 2
_AROUND = " \t:;,.–—-()"
_SHORT = (Precision.DAY, Precision.RANGE, Precision.WEEK)
_OF_PLAN = re.compile(r"^\w*(?:plan|kalender|rekke|rekkje|oversikt)\w* for ", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(?:\d{1,2}|[A-ZÆØÅ])[.)]\s+")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_ROOM = re.compile(r"^\w+rom\b|^\w+rommet\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What stands above a run of lines that each begin with a day: `title` is what all of them are.

    `times` and `places` are those that the heading names for all; `count` is how many lines belong to it.
    """

    title: str
    times: Times
    places: tuple[str, ...]
    count: int


def series_below(blocks: Sequence[Heading | Paragraph], at: int, around: Surroundings) -> Series | None:
    """Return the series that a short line begins, if it names an event or a group and two lines of days follow.

    None where the lines name events of their own: then the heading is only what they are gathered under.
    """
    title, times, places = _heading(blocks[at].text)
    if (
        not title
        or len(title) > _LONGEST
        or not _is_of_series(title)
        or _tells_time(without_year(blocks[at].text), around)
    ):
        return None
    lines: list[TimedLine] = []
    for block in blocks[at + 1 :]:
        line = None if isinstance(block, Heading) else _day_line(block.text, around)
        if line is None:
            break
        lines.append(line)
    own = sum(names_event(line.text) for line in lines)
    if sum(len(line.slots) for line in lines) < _LEAST or own * _LEAST > len(lines):
        return None
    return Series(title=title, times=times, places=places, count=len(lines))


def of_series(series: Series, lines: Sequence[Heading | Paragraph], around: Surroundings) -> Iterator[Entry]:
    """Yield what the heading names, once for each day below it; what stands behind a day tells what it is about.

    A line that only tells that an earlier day was moved or is cancelled stands in the place of that day.
    """
    told = [(line, timed) for line in lines if (timed := _day_line(line.text, around))]
    for at, (line, timed) in enumerate(told):
        slots = tuple(slot for slot in timed.slots if not _is_told_anew(slot, told[at + 1 :], around))
        slots = tuple(replace(slot, times=series.times) if slot.times == NO_TIMES else slot for slot in slots)
        title = f"{series.title}: {timed.text}" if timed.text else series.title
        topic = topic_of(Paragraph(text=title, place=line.place), timed.notes)
        draft = Draft(column=Column.WHAT, around=replace(around, area=None), slots=slots, places=series.places)
        entries = entries_of(draft, [topic] if topic and slots else [])
        yield from (replace(entry, kind=Kind.EVENT) for entry in entries)


def _is_told_anew(slot: Slot, later: Sequence[tuple[Heading | Paragraph, TimedLine]], around: Surroundings) -> bool:
    """Whether a later line says that this day was moved, or is cancelled."""
    for line, _ in later:
        found = _changed(line.text)
        before = whole_slots(line.text[: found.start()].strip(_AROUND), around) if found else ()
        if any((old.span.start, old.span.end) == (slot.span.start, slot.span.end) for old in before):
            return True
    return False


def _changed(text: str) -> re.Match[str] | None:
    """Return the words that say of a day that it is none any more, with the small word before them."""
    found = phrase("plans", "doubts", "moved").search(text) or phrase("plans", "doubts", "cancelled").search(text)
    led = phrase("plans", "doubts", "moved_is").search(text) if found else None
    return led if led and found and led.end() <= found.start() else found


def _heading(text: str) -> tuple[str, Times, tuple[str, ...]]:
    """Return what a heading names, without its number, and the hours and the place that it names for all."""
    bare = _OF_PLAN.sub("", without_year(_NUMBER.sub("", text).strip(" :")))
    bare = bare.capitalize() if bare.isupper() else bare
    times, left = clock_times(bare)
    title, *others = [piece.strip() for piece in (left if times else bare).split(",")]
    places = tuple(piece for piece in others if is_place(piece) or _ROOM.match(piece))
    return _IN_BRACKETS.sub("", title).strip(), times or NO_TIMES, places


def _is_of_series(title: str) -> bool:
    """Whether a heading names one kind of event, or a group that meets; "Møter" names all kinds."""
    is_general = fold(title) in word_set("plans", "labels", "event")
    return not is_general and not any(map(str.isdigit, title)) and (names_event(title) or is_groups(title))


def _tells_time(text: str, around: Surroundings) -> bool:
    return bool(slots_in(text, around).slots) or leading_time(text, around) is not None


def _day_line(text: str, around: Surroundings) -> TimedLine | None:
    """Return a line that begins with its day, or with a season or words for all and then its days."""
    head, colon, tail = text.partition(": ")
    days = _IN_BRACKETS.sub("", tail).strip(" .")
    slots = whole_slots(days, around.under(head) or around) if colon and not names_event(head) else ()
    if slots and (around.under(head) or len(slots) >= _LEAST):
        times = clock_times(head)[0] or NO_TIMES
        slots = tuple(replace(slot, times=times) if slot.times == NO_TIMES else slot for slot in slots)
        return TimedLine(slots=slots, text="", notes=() if around.under(head) else (head,))
    moved = phrase("plans", "doubts", "moved").search(text)
    if moved and (after := slots_in(text[moved.end() :], around).slots):
        return TimedLine(slots=after[:1], text="", notes=(text,))
    slots = whole_slots(text.rstrip(" ."), around)
    line = TimedLine(slots=slots, text="") if slots else leading_time(text, around)
    is_exact = line is not None and all(slot.span.precision in _SHORT for slot in line.slots)
    return line if is_exact else None


def table_of_days(rows: Sequence[GridRow], around: Surroundings) -> Iterator[Entry]:
    """Yield what stands over a table, once for each day in it; the rows hold days, hours and places only."""
    alone = rows[0].alone if rows else None
    title = alone.text if alone else around.area or ""
    below = [row for row in rows[1 if alone else 0 :] if not row.is_empty]
    if (
        not names_event(title)
        or not below
        or not all(_is_of_day(cell.text, around) for row in below for _, cell in row.filled())
    ):
        return
    times, bare = clock_times(title)
    for row in below:
        slots = [slot for _, cell in row.filled() for slot in slots_in(cell.text, around).slots if slot.is_exact]
        places = tuple(cell.text for cell in row.cells.values() if is_place(cell.text))
        topic = topic_of(Paragraph(text=bare if times else title, place=row.first))
        told = tuple(replace(slot, times=times) if times and slot.times == NO_TIMES else slot for slot in slots)
        draft = Draft(column=Column.WHAT, around=replace(around, area=None), slots=told, places=places)
        yield from entries_of(draft, [topic] if topic and told else [])


def _is_of_day(text: str, around: Surroundings) -> bool:
    timed = slots_in(text, around)
    return bool(timed.slots and not timed.words) or is_place(text) or clock_times(text)[1] == ""
