"""Lines of running text that name a time: "14. august: Planleggingsdag", "Foreldremøte – 14. september kl. 18"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.model import Precision
from bot.proposals.clocks import clock_times
from bot.proposals.front import is_about_itself
from bot.proposals.kinds import names_event
from bot.proposals.lexicon import fold, phrase, word_set
from bot.proposals.sentences import sentences
from bot.proposals.slots import NO_TIMES, Slot, slot_of, slots_in, unread
from bot.proposals.surroundings import Surroundings
from bot.proposals.weekdays import names_weekday
from bot.time.reading import Found, find

_MARKS = " \t:;,.–—-|"
_LEADS_OVER = " \t:;–—-|("
_MOST_WORDS = 9
_FEW_WORDS = 9
_SEPARATED = re.compile(r"[:;,(–—|-]\s*$")
_DAY_AND_MONTH = re.compile(r"^(\d{1,2})\.(\d{1,2})[:.]?$")
_SET_APART = re.compile(r"^(?:[,;)]|\s[–—-])\s+\S")
_CLOSED = re.compile(r"^[\s.);,?]*$")
_SENTENCES = re.compile(r"[.(;]\s*")
_AFTER_SIGN = re.compile(r"(?:,|\s[–—-])\s+(?=[^,–—]+$)")
# A bare number is a day only with a full stop, a stroke or a word beside it.
_MARKED = re.compile(r"[^\W\d]|\d[./]")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedLine:
    """A line's time and the words beside it; no words where the line is a time and nothing else."""

    slots: tuple[Slot, ...]
    text: str
    notes: tuple[str, ...] = ()


def timed_line(text: str, around: Surroundings) -> TimedLine | None:
    """Return what a line says that begins or ends with its time; None where it does neither."""
    readings = (_moved, leading_time, _trailing, _inside, _named_day, _undated)
    return next((line for reading in readings if (line := reading(text, around))), None)


def tells_of_past(text: str) -> bool:
    """Whether a line is a sentence about what has been, and not about a day that was moved."""
    is_sentence = text.endswith(".") and not phrase("plans", "doubts", "moved").search(text)
    return is_sentence and not word_set("plans", "past", "words").isdisjoint(fold(text).split())


def within_month(line: TimedLine, around: Surroundings) -> tuple[TimedLine, ...]:
    """Return the sentences behind a month each with its own time ("September: Frist 15.09. Nettverksmøte veke 38")."""
    slot = line.slots[0]
    below = around.under(slot.span.text or "")
    if len(line.slots) > 1 or below is None or below.month is None:
        return (line,)
    said = [(text, timed_line(text, below)) for text in sentences(line.text)]
    if not any(own and own.text for _, own in said):
        return (line,)
    return tuple(
        own if own and own.text else TimedLine(slots=line.slots, text=text.strip(_MARKS)) for text, own in said
    )


def _moved(text: str, around: Surroundings) -> TimedLine | None:
    """What is moved stands at its new time; the line itself tells of the old one."""
    found = phrase("plans", "doubts", "moved").search(text)
    after = slots_in(text[found.end() :], around) if found else None
    if found is None or after is None or not after.slots:
        return None
    words = " ".join(slots_in(text[: found.start()].strip(_MARKS), around).words)
    title = phrase("plans", "doubts", "moved_is").sub("", words).strip(_MARKS)
    return TimedLine(slots=after.slots, text=title, notes=(text,)) if title else None


def leading_time(text: str, around: Surroundings) -> TimedLine | None:
    """Return what a line says that begins with its time."""
    said = text.split()
    for count in range(min(len(said), _MOST_WORDS), 0, -1):
        start = " ".join(said[:count])
        if not _MARKED.search(start):
            continue
        slot = slot_of(start.rstrip(_LEADS_OVER) if start[-1] in ":–—-" else start, around) or _in_month(start, around)
        if slot and (not slot.is_exact or any(map(str.isdigit, start)) or _is_month(said[count - 1], around)):
            return _with_clock(slot, " ".join(said[count:]))
    return None


def _is_month(word: str, around: Surroundings) -> bool:
    """Whether a word names a month: "medio mars" is a time, where "Påske" may be what a line is about."""
    slot = slot_of(word, around)
    return slot is not None and slot.span.precision is Precision.MONTH


def _is_in_month(found: Found, around: Surroundings) -> bool:
    """Whether words tell of a month that they name, or of the one that stands above: "hele måneden"."""
    when = around.resolve(found.value)
    is_whole = when is not None and when.precision is Precision.MONTH and around.month is not None
    return is_whole or _is_month(found.text.split()[-1], around)


def _in_month(start: str, around: Surroundings) -> Slot | None:
    """ "1.3:" below the heading "Mars" is a day; elsewhere it may be the number of a section."""
    found = _DAY_AND_MONTH.match(start)
    return slot_of(f"{found[1]}.{found[2]}.", around) if found and int(found[2]) == around.month else None


def _with_clock(slot: Slot, rest: str) -> TimedLine:
    """Take the clock times along that stand between the date and the words."""
    found, left = clock_times(rest)
    if (
        found
        and slot.times == NO_TIMES
        and (rest[0].isdigit() or not left or fold(rest).split()[0] in word_set("columns", "clock", "before"))
    ):
        return TimedLine(slots=(replace(slot, times=found),), text=left.strip(_MARKS))
    return TimedLine(slots=(slot,), text=rest.strip(_MARKS))


def _is_deadline(found: Found, around: Surroundings) -> bool:
    when = around.resolve(found.value)
    return when is not None and when.start is None


def _trailing(text: str, around: Surroundings) -> TimedLine | None:
    """The time stands last, behind a sign that sets it apart; several times may."""
    founds = [found for found in find(text) if (when := around.resolve(found.value)) and when.is_dated]
    while len(founds) > 1 and not founds[0].start_at and not any(map(str.isdigit, founds[0].text)):
        founds.pop(0)
    if not founds:
        return None
    before, after = text[: founds[0].start_at], text[founds[-1].stop_at :]
    _, after = clock_times(after)
    if (
        not before.strip(_MARKS + "(")
        or not _CLOSED.match(after)
        or any(map(is_about_itself, _SENTENCES.split(before)))
    ):
        return None
    is_plain = any(map(str.isdigit, founds[0].text)) or _is_deadline(founds[0], around)
    is_plain = is_plain or (" " in founds[0].text and _is_in_month(founds[0], around))
    if not _SEPARATED.search(before) and (len(before.split()) > _FEW_WORDS or not is_plain):
        return None
    timed = slots_in(text[founds[0].start_at :].rstrip(" )."), around)
    if not timed.slots or any(slot.span.precision is Precision.YEAR for slot in timed.slots):
        return None
    if any(any(sign.isalpha() for sign in left) for left in timed.words):
        return None
    return TimedLine(slots=timed.slots, text=_without_lead(before.strip(_MARKS + "(")))


def _inside(text: str, around: Surroundings) -> TimedLine | None:
    """The time stands behind an event, and a sign sets the rest apart: "Vinterferie 18.–22. februar, stengt"."""
    founds = [found for found in find(text) if (when := around.resolve(found.value)) and when.is_dated]
    if len(founds) != 1 or not any(map(str.isdigit, founds[0].text)):
        return None
    before, after = text[: founds[0].start_at], text[founds[0].stop_at :]
    if len(before.split()) > _FEW_WORDS or not names_event(before) or not _SET_APART.match(after):
        return None
    slot = next((slot for slot in slots_in(founds[0].text, around).slots if slot.is_exact), None)
    title = _without_lead(before.strip(_MARKS + "("))
    return TimedLine(slots=(slot,), text=title, notes=(after.strip(_MARKS + ")"),)) if slot and title else None


def _undated(text: str, around: Surroundings) -> TimedLine | None:
    """What stands last, behind a comma or a dash, says that there is no day: "løpende", "etter avtale"."""
    sign = _AFTER_SIGN.search(text)
    if sign is None or not text[: sign.start()].strip(_MARKS):
        return None
    last = text[sign.end() :].rstrip(" .")
    slot = slot_of(last, around)
    if slot is None and fold(last) in word_set("plans", "doubts", "not_set"):
        slot = unread(last)
    if slot is None or slot.span.is_dated:
        return None
    return TimedLine(slots=(slot,), text=text[: sign.start()].strip(_MARKS))


def _named_day(text: str, around: Surroundings) -> TimedLine | None:
    """A day that goes by a name is its own title: "FN-dagen 24. oktober"."""
    founds = find(text)
    if len(founds) != 1 or founds[0].start_at or text[founds[0].stop_at :].strip(_MARKS):
        return None
    slot = next(iter(slots_in(text, around).slots), None)
    is_named = slot is not None and slot.is_exact and not names_weekday(text) and not text[0].isdigit()
    return TimedLine(slots=(slot,), text=text) if slot and is_named and any(map(str.isdigit, text)) else None


def _without_lead(text: str) -> str:
    """Return a title without the small word that led up to its date."""
    before, _, last = text.rpartition(" ")
    return before if before and last.casefold() in word_set("plans", "leading", "words") else text
