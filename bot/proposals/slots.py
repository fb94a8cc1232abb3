"""When the things of a row are: what stands in a cell for time, as one slot for each time it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from bot.documents.document import Paragraph
from bot.model import Doubt, Precision, Span
from bot.proposals.clocks import clock_times
from bot.proposals.lexicon import any_of, phrase, words
from bot.proposals.surroundings import Surroundings
from bot.proposals.weekdays import with_whole_weekday
from bot.time.reading import When, find
from bot.time.when import Times

NO_TIMES: Times = (None, None)
# Under a heading for time such figures are a day and a month; elsewhere they may be the number of a measure.
_DAY_AND_MONTH = re.compile(r"^\d{1,2}\.\d{1,2}$")
_BARE_DATES = re.compile(r"(?<![\d.:])(\d{1,2})\.(\d{1,2})(?![\d.:])")
_ENDS_IN_DATE = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}\.?$")
_LAST_YEAR = re.compile(r"\d{1,2}\.\d{1,2}\.(\d{4}|\d{2})$")
_EDGES = " \t:;,.–—-()|"
_DAYS, _MONTHS = 31, 12
_HOURS = re.compile(r"(\d{1,2}\.\s?[^\W\d]+\.?|\d{1,2}[./]\d{1,2}\.?),\s*(\d{1,2})\s?[-–]\s?(\d{1,2})$")
_OLD = re.compile(r"\s*\(([^()]*\d[^()]*)\)")
_FIRST_HOUR, _LAST_HOUR = 7, 22
_SEVERAL = 2
_UNSURE = {
    Doubt.WEEKDAY_MISMATCH,
    Doubt.PLACEHOLDER_DATE,
    Doubt.POSTPONED,
    Doubt.TENTATIVE,
    Doubt.AMBIGUOUS_DATE,
    Doubt.AMBIGUOUS_PAIRING,
    Doubt.IMPOSSIBLE_DATE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One time that a plan names: its days, its clock times, the region that it holds for."""

    span: Span
    times: Times = NO_TIMES
    region: str | None = None
    doubts: tuple[Doubt, ...] = ()

    def doubted(self, *doubts: Doubt) -> Slot:
        """Return the slot with doubts added, each once; some of them make its days uncertain."""
        added = (*self.doubts, *(doubt for doubt in doubts if doubt not in self.doubts))
        unsure = self.span.uncertain or any(doubt in _UNSURE for doubt in doubts)
        return replace(self, doubts=added, span=replace(self.span, uncertain=unsure))

    @property
    def is_exact(self) -> bool:
        return self.span.precision in (Precision.DAY, Precision.RANGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """What a cell for time holds: its slots, and the words in it that are no time."""

    slots: tuple[Slot, ...] = ()
    words: tuple[str, ...] = ()


def slot_of(text: str, around: Surroundings) -> Slot | None:
    """Return the one time that a whole text is, or None."""
    bare = _HOURS.sub(_with_sign, text.strip(" :"))
    when = around.read(with_whole_weekday(bare))
    if when is None:
        return None
    slot = slot_found(when, text)
    against = around.goes_against_section(when)
    slot = slot.doubted(Doubt.OUT_OF_ORDER) if against else slot
    is_guess = (against and not around.is_year_told(bare)) or (
        around.reaches_beyond_section(when) and when.precision is Precision.MONTH
    )
    return replace(slot, span=replace(slot.span, uncertain=True)) if is_guess else slot


def _without_old(found: re.Match[str]) -> str:
    """Leave out brackets that tell of the day that something was moved from: "(opphavleg 7.11.)"."""
    return "" if phrase("plans", "doubts", "moved_from").match(found[1]) else found[0]


def _with_sign(found: re.Match[str]) -> str:
    """Mark the hours that stand behind a date and a comma: "31. januar, 09-15" is no span of days."""
    is_day = _FIRST_HOUR <= int(found[2]) < int(found[3]) <= _LAST_HOUR
    return f"{found[1]} kl. {found[2]}–{found[3]}" if is_day else found[0]


def slot_found(when: When, text: str) -> Slot:
    """Return a time that was found as a slot, with the words it was found in."""
    span = Span(
        start=when.start,
        end=when.end,
        precision=when.precision,
        text=text.strip(" :;,"),
        uncertain=when.uncertain,
        other=when.other,
        repeats=when.repeats,
    )
    return Slot(span=span, times=when.times or NO_TIMES).doubted(*_doubts(when, text))


def _doubts(when: When, text: str) -> Iterable[Doubt]:
    if when.conflict:
        yield Doubt.WEEKDAY_MISMATCH
    if when.impossible:
        yield Doubt.IMPOSSIBLE_DATE
    if when.recurring:
        yield Doubt.RECURRING
    said = tuple(doubts_in(text))
    yield from said
    if when.uncertain and not said and not when.conflict and not when.impossible:
        yield Doubt.AMBIGUOUS_DATE


def doubts_in(text: str) -> Iterable[Doubt]:
    """Yield the doubts that a text itself speaks of: postponed, tentative, one of several days."""
    if phrase("plans", "doubts", "postponed").search(text) or phrase("plans", "doubts", "cancelled").search(text):
        yield Doubt.POSTPONED
    elif phrase("plans", "doubts", "tentative").search(text) or text.rstrip(" )").endswith("?"):
        yield Doubt.TENTATIVE
    if phrase("plans", "doubts", "alternative").search(text):
        yield Doubt.ALTERNATIVE_DATES


def whole_slots(text: str, around: Surroundings) -> tuple[Slot, ...]:
    """Return the times that a whole text is: one, or a list of days that do not follow on each other."""
    slots = _listed(text, around)
    return slots or ((slot,) if (slot := slot_of(text, around)) else ())


def slots_in(text: str, around: Surroundings) -> Timed:
    """Return every time in a line, and what is left of the line without them."""
    text = _OLD.sub(_without_old, text)
    moved = phrase("plans", "doubts", "moved").search(text)
    if moved and (after := slots_in(text[moved.end() :], around)).slots:
        return Timed(slots=after.slots, words=(text, *after.words))
    if several := _listed(text, around):
        return Timed(slots=several)
    whole = slot_of(text, around)
    return Timed(slots=(whole,)) if whole else _scattered(text, around)


def _listed(text: str, around: Surroundings) -> tuple[Slot, ...]:
    """Return the slots of a list of days or weeks that do not follow on each other; none where they do."""
    clock, bare = clock_times(text)
    pieces = [piece for piece in _between_days().split(bare if clock else text) if piece]
    if len(pieces) < 2:
        return ()
    unit, month = pieces[0].split()[0], " ".join(pieces[-1].split()[1:])
    year = _LAST_YEAR.search(pieces[-1])
    slots: list[Slot] = []
    for piece in pieces:
        dotted = next(
            (slot for text in _dotted(piece, year[1] if year else "") if (slot := slot_of(text, around))), None
        )
        choices = (piece, f"{piece} {month}", f"{unit} {piece}")
        slot = replace(dotted, span=replace(dotted.span, text=piece)) if dotted else None
        slot = slot or next((slot for choice in choices if (slot := slot_of(choice, around)) and slot.span.start), None)
        if slot is None or slot.span.precision not in (Precision.DAY, Precision.WEEK, Precision.RANGE, Precision.MONTH):
            return ()
        slots.append(slot)
    is_choice = phrase("plans", "doubts", "either").search(text) is not None
    if not is_choice and all(map(_follows, slots, slots[1:])):
        return ()
    times = clock or slots[-1].times
    slots = [replace(slot, times=times) if slot.times == NO_TIMES else slot for slot in slots]
    return tuple(slot.doubted(Doubt.ALTERNATIVE_DATES) if is_choice else slot for slot in slots)


def _dotted(piece: str, year: str) -> Iterator[str]:
    """Yield a bare date of a list with the year that its last one names, and with the full stop that it may lack."""
    found = _ENDS_IN_DATE.search(piece)
    if found is None:
        return
    bare = piece.rstrip(".")
    if year:
        yield f"{bare}.{year}"
    elif not piece.endswith("."):
        yield f"{bare}."


@cache
def _between_days() -> re.Pattern[str]:
    said = words("plans", "listed", "words")
    choices = "|".join(rf"(?<!\w){word}(?!\w)" if word.isalpha() else re.escape(word) for word in said)
    return re.compile(rf"\s*(?:{choices})\s*", re.IGNORECASE)


def _follows(before: Slot, after: Slot) -> bool:
    if before.span.end is None or after.span.start is None:
        return False
    return after.span.start - before.span.end == timedelta(days=1)


def _scattered(text: str, around: Surroundings) -> Timed:
    """Return the times that stand among other words."""
    slots: list[Slot] = []
    left, at = "", 0
    for found in find(text):
        when = around.resolve(found.value)
        if when is None or not (when.is_dated or when.precision is Precision.ONGOING or when.impossible):
            continue
        slots.extend(_listed(found.text, around) or (slot_found(when, found.text),))
        left += text[at : found.start_at] + " "
        at = found.stop_at
    left = re.sub(r"\s+", " ", re.sub(r"\(\s*\)", " ", left + text[at:])).strip(_EDGES)
    said = tuple(doubts_in(left)) if slots else ()
    return Timed(slots=tuple(slot.doubted(*said) for slot in slots), words=(left,) if left else ())


def timed(paragraphs: Sequence[Paragraph], around: Surroundings) -> Timed:
    """Return what a whole cell for time holds; times that were all struck out are postponed."""
    found = _timed([paragraph.text for paragraph in paragraphs], around)
    if not paragraphs or not all(paragraph.is_struck for paragraph in paragraphs):
        return found
    return replace(found, slots=tuple(slot.doubted(Doubt.POSTPONED) for slot in found.slots))


def _timed(lines: Sequence[str], around: Surroundings) -> Timed:
    if not lines:
        return Timed()
    if len(lines) == 1 and (slots := _bare_dates(lines[0], around)):
        return Timed(slots=slots)
    whole = slots_in(" ".join(lines), around)
    if len(lines) == 1 or (whole.slots and not whole.words):
        return _or_postponed(whole, lines)
    each = [slots_in(line, around) for line in lines]
    slots = tuple(slot for one in each for slot in one.slots)
    said = tuple(doubt for line in lines for doubt in doubts_in(line) if doubt is Doubt.POSTPONED)
    left = tuple(word for one in each for word in one.words)
    return _or_postponed(Timed(slots=tuple(slot.doubted(*said) for slot in slots), words=left), lines)


def _bare_dates(text: str, around: Surroundings) -> tuple[Slot, ...]:
    """Return the times of a cell whose figures lack the last full stop ("22.6-3.7"), if all can be days and months."""
    figures = [(int(day), int(month)) for day, month in _BARE_DATES.findall(text)]
    if not figures or not all(0 < day <= _DAYS and 0 < month <= _MONTHS for day, month in figures):
        return ()
    if clock_times(text)[0] or (whole_slots(text, around) and not _DAY_AND_MONTH.match(text)):
        return ()
    slots = whole_slots(_BARE_DATES.sub(r"\1.\2.", text), around)
    return tuple(replace(slot, span=replace(slot.span, text=text)) for slot in slots)


def moved_to(remarks: Iterable[str], slots: tuple[Slot, ...], around: Surroundings) -> tuple[Slot, ...]:
    """Return the day that a remark says something was moved to, at the old hour if it names none; else the slots."""
    for remark in remarks:
        found = phrase("plans", "doubts", "moved").search(remark)
        told = remark[found.end() :] if found else ""
        after = () if phrase("plans", "doubts", "moved_from").search(told) else slots_in(told, around).slots
        if len(after) == 1 and after[0].span.is_dated and len(slots) < _SEVERAL:
            times = next((slot.times for slot in (*after, *slots) if slot.times != NO_TIMES), NO_TIMES)
            return (replace(after[0], times=times),)
    return slots


def _or_postponed(found: Timed, lines: Sequence[str]) -> Timed:
    """Let a cell that only says that something is put off stand for the time, undated."""
    text = " ".join(lines)
    if found.slots or Doubt.POSTPONED not in tuple(doubts_in(text)):
        return found
    return Timed(slots=(unread(text),))


def unread(text: str) -> Slot:
    """Return what a cell for time says where that is no day: its words are kept, with a doubt."""
    slot = Slot(span=Span(text=text))
    said = tuple(doubts_in(text))
    if Doubt.POSTPONED not in said and phrase("plans", "doubts", "to_come").search(text):
        return slot.doubted(Doubt.PLACEHOLDER_DATE)
    if said:
        return slot.doubted(*said)
    return slot.doubted(Doubt.TENTATIVE if is_not_set(text) else Doubt.AMBIGUOUS_DATE)


def is_not_set(text: str) -> bool:
    """Whether a cell for time says that the time is not set yet."""
    choices = any_of(word for word in words("plans", "doubts", "not_set") if word[0].isalnum())
    return choices.search(text) is not None or not text.strip(" ?-–.")


def from_the_beginning(slot: Slot, around: Surroundings) -> Slot:
    """Let a goal for the end of the plan's period ("frem mot 2021") hold for the period."""
    span, period = slot.span, around.period
    if span.start or not period or span.end != period[1] or span.precision is not Precision.YEAR:
        return slot
    return replace(slot, span=replace(span, start=period[0]))
