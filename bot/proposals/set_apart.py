"""Lines in which signs set the time apart: "Lage rutine – frist 15.11. – rektor", "Rydde arkivet, veke 25 (alle)"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.model import Precision
from bot.proposals.clocks import clock_times
from bot.proposals.front import is_about_itself
from bot.proposals.lexicon import fold, word_set
from bot.proposals.people import is_groups
from bot.proposals.places import is_place
from bot.proposals.slots import NO_TIMES, Slot, Timed, is_not_set, slots_in, unread, whole_slots
from bot.proposals.surroundings import Surroundings
from bot.time.reading import find

MARKS = " \t:;,.–—-|"
FEW_WORDS = 9
_LEAST_PIECES = 3
_SEVERAL = 2
_CODED = re.compile(r"^([A-ZÆØÅ]{1,2}\d{1,2}|\d{1,2}[.)])\s*\(([^()]+)\)\s*[:–-]?\s*(\S.*)$")
_FEW = 4
_MOST_NAMES = 6
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)?$")
_LED = re.compile(r"^(?:ansv\w*\.?:?|v/|ved)\s*(?=\w)", re.IGNORECASE)
_PIECES = re.compile(r"\s+[–—|·-]\s+|\s*;\s+")
_NAME = re.compile(r"^[A-ZÆØÅ][a-zæøå]+(?:-[A-ZÆØÅ][a-zæøå]+)?\.?$")
_SIGNS_BEFORE, _SIGNS_AFTER = tuple(",;:(–-"), tuple(",;:()–-.")
# What follows behind a time that a sign parts from it.
SET_APART = re.compile(r"^(?:[,;)]|\s[–—-])\s+\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedLine:
    """A line's time and the words beside it; no words where the line is a time and nothing else.

    `who` are the groups that stand apart in the line: who does what it says.
    """

    slots: tuple[Slot, ...]
    text: str
    notes: tuple[str, ...] = ()
    who: tuple[str, ...] = ()


def in_pieces(text: str, around: Surroundings) -> TimedLine | None:
    """Signs cut the line into pieces, one of which is its time: "Lage rutine – frist 15.11. – rektor – i gang"."""
    pieces = [piece.strip() for piece in _PIECES.split(text) if piece.strip()]
    times = [(at, timed) for at, piece in enumerate(pieces) if at and (timed := _time_of_piece(piece, around))]
    if not times or len(pieces) < _LEAST_PIECES or any(map(is_about_itself, pieces[: times[0][0]])):
        return None
    at, timed = times[0]
    others = [*pieces[1:at], *pieces[at + 1 :], *timed.words]
    return told_besides(TimedLine(slots=timed.slots, text=pieces[0].strip(MARKS)), others)


def told_besides(line: TimedLine, pieces: Iterable[str]) -> TimedLine:
    """Return a line with the pieces beside its time and its words: who does what it says, and what else it tells."""
    who: list[str] = []
    notes: list[str] = []
    for piece in pieces:
        bare = _LED.sub("", _IN_BRACKETS.sub("", piece)).strip(MARKS)
        is_who = bool(bare) and (bare != _IN_BRACKETS.sub("", piece).strip(MARKS) or _names_somebody(bare))
        is_who = is_who and not is_place(bare)
        (who if is_who else notes).append(bare if is_who else piece)
    return replace(line, notes=(*line.notes, *notes), who=(*line.who, *who))


def coded(text: str, around: Surroundings) -> TimedLine | None:
    """The time stands in brackets behind a number at the beginning: "M1 (15. september): Gruppa er på plass"."""
    found = _CODED.match(text)
    slots = whole_slots(found[2], around) if found else ()
    return TimedLine(slots=slots, text=found[3].strip(MARKS)) if found and slots else None


def _names_somebody(piece: str) -> bool:
    """Whether a piece of a line is a list of groups, or of names of persons."""
    names = re.split(r",\s*|\s+og\s+|\s*/\s*", piece)
    are_names = all(name and all(_NAME.match(word) for word in name.split()) for name in names)
    return is_groups(piece) or (are_names and len(piece.split()) <= _MOST_NAMES)


def after_colon(text: str, around: Surroundings) -> TimedLine | None:
    """Several days stand behind a colon: "Styringsgruppa møtest kl. 14: 10.9., 12.11. og 14.1."."""
    head, colon, tail = text.rpartition(": ")
    named = (around.under(found.text) for found in find(head) if colon)
    within = next((below for below in named if below and (below.section_days or below.heading)), around)
    slots = whole_slots(tail.rstrip(" ."), within) if colon else ()
    if len(slots) < _SEVERAL or is_about_itself(head):
        return None
    times, title = clock_times(head)
    slots = tuple(replace(slot, times=times) if times and slot.times == NO_TIMES else slot for slot in slots)
    return TimedLine(slots=slots, text=title.strip(MARKS))


def _time_of_piece(piece: str, around: Surroundings) -> Timed | None:
    """Return the time that a piece of a line is or begins with, and what stands behind it; or that it is not set."""
    bare, _, aside = piece.partition("(")
    for said in (piece, bare.strip()):
        slots = whole_slots(said, around)
        if slots and slots[0].span.precision is not Precision.YEAR:
            return Timed(slots=slots, words=(aside.strip(" )."),) if said != piece and aside else ())
    founds = find(piece)
    timed = slots_in(piece, around) if founds and not founds[0].start_at else Timed()
    if timed.slots and timed.slots[0].span.precision is not Precision.YEAR:
        return timed
    return Timed(slots=(unread(piece),)) if is_not_set(piece) and len(piece.split()) <= _FEW else None


def between_signs(text: str, around: Surroundings) -> TimedLine | None:
    """Signs set the time apart on both sides: "Rydde arkivet, veke 25 (alle)"."""
    for found in find(text):
        slots = whole_slots(found.text, around)
        before, after = text[: found.start_at].rstrip(), text[found.stop_at :].lstrip()
        is_apart = before[-1:] in _SIGNS_BEFORE and (not after or after[0] in _SIGNS_AFTER)
        title = before.strip(MARKS + "(")
        is_named = not any(map(str.isdigit, found.text)) and slots and slots[0].is_exact
        if not slots or not is_apart or not title or is_named or slots[0].span.precision is Precision.YEAR:
            continue
        timed = with_clock(slots[0], after.lstrip(MARKS + ")")) if len(slots) == 1 else None
        rest = timed.text if timed else after
        line = TimedLine(slots=timed.slots if timed else slots, text=title)
        return told_besides(line, filter(None, _PIECES.split(rest.strip(MARKS))))
    return None


def before_sign(text: str, around: Surroundings) -> TimedLine | None:
    """A sign sets the rest of the line apart from its time: "Nasjonale prøver veke 36–38, sjå eigen plan"."""
    founds = [found for found in find(text) if any(map(str.isdigit, found.text)) and found.start_at]
    if len(founds) != 1 or not SET_APART.match(text[founds[0].stop_at :]):
        return None
    before, slots = text[: founds[0].start_at].strip(MARKS), whole_slots(founds[0].text, around)
    if not before or len(before.split()) > FEW_WORDS or not slots or slots[0].span.precision is Precision.YEAR:
        return None
    pieces = _PIECES.split(text[founds[0].stop_at :].strip(MARKS + ")"))
    return told_besides(TimedLine(slots=slots, text=without_lead(before)), pieces)


def with_clock(slot: Slot, rest: str) -> TimedLine:
    """Take the clock times along that stand between the date and the words."""
    found, left = clock_times(rest)
    if (
        found
        and slot.times == NO_TIMES
        and (rest[0].isdigit() or not left or fold(rest).split()[0] in word_set("columns", "clock", "before"))
    ):
        return TimedLine(slots=(replace(slot, times=found),), text=left.strip(MARKS))
    return TimedLine(slots=(slot,), text=rest.strip(MARKS))


def without_lead(text: str) -> str:
    """Return a title without the small word that led up to its date."""
    before, _, last = text.rpartition(" ")
    return before if before and last.casefold() in word_set("plans", "leading", "words") else text
