"""Lines of running text that name a time: "14. august: Planleggingsdag", "Foreldremøte – 14. september kl. 18"."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.model import Precision
from bot.proposals.clocks import clock_times
from bot.proposals.front import is_about_itself
from bot.proposals.kinds import names_event
from bot.proposals.lexicon import fold, phrase, word_set
from bot.proposals.sentences import sentences
from bot.proposals.set_apart import (
    FEW_WORDS,
    MARKS,
    SET_APART,
    TimedLine,
    after_colon,
    before_sign,
    between_signs,
    coded,
    in_pieces,
    told_besides,
    with_clock,
    without_lead,
)
from bot.proposals.slots import Slot, slot_of, slots_in, unread, whole_slots
from bot.proposals.surroundings import Surroundings
from bot.proposals.weekdays import names_weekday
from bot.time.reading import Found, When, find

_LEADS_OVER = " \t:;–—-|("
_MOST_WORDS = 9
_MOST_LAST = 4
_END_OF_SENTENCE = re.compile(r"(?<![^\W\d]\b[^\W\d])(?<!\bkl)[.!?»]\s+(?=[A-ZÆØÅ\d])")
_SEPARATED = re.compile(r"[:;,(–—|-]\s*$")
_DAY_AND_MONTH = re.compile(r"^(\d{1,2})\.(\d{1,2})[:.]?$")
_CLOSED = re.compile(r"^[\s.);,?]*$")
_ASIDE = re.compile(r"\s*\(([^()]+)\)[\s.]*$")
_SENTENCES = re.compile(r"[.(;]\s*")
_AFTER_SIGN = re.compile(r"(?:,|\s[–—-])\s+(?=[^,–—]+$)")
# A bare number is a day only with a full stop, a stroke or a word beside it.
_MARKED = re.compile(r"[^\W\d]|\d[./]")


def timed_line(text: str, around: Surroundings, *, is_listed: bool = False) -> TimedLine | None:
    """Return what a line says that begins or ends with its time; None where it does neither.

    `is_listed`: the line is one of a list, whose time may stand anywhere if signs set it apart.
    """
    readings = [moved_line, coded, in_pieces, after_colon, leading_time, _trailing, _inside, _named_day, _undated]
    if is_listed:
        readings[-2:-2] = [_in_brackets, _last_sentence, between_signs, _before_aside, before_sign, _last_words]
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
    return tuple(own if own and own.text else TimedLine(slots=line.slots, text=text.strip(MARKS)) for text, own in said)


def within_day(slot: Slot, text: str, around: Surroundings) -> TimedLine:
    """Return what stands behind a weekday of the week above; a date behind it is the day itself ("to 5.11. Møte")."""
    own = leading_time(text, around)
    if own and own.text and own.slots[0].is_exact:
        weekday = (slot.span.text or "").split()[-1]
        named = leading_time(f"{weekday} {text}", around)
        return named if named and named.text else own
    return with_clock(slot, text)


def moved_line(text: str, around: Surroundings) -> TimedLine | None:
    """What is moved stands at its new time; the line itself tells of the old one."""
    found = phrase("plans", "doubts", "moved").search(text)
    after = slots_in(text[found.end() :], around) if found else None
    if found is None or after is None or not after.slots:
        return None
    words = " ".join(slots_in(text[: found.start()].strip(MARKS), around).words)
    title = phrase("plans", "doubts", "moved_is").sub("", words).strip(MARKS)
    return TimedLine(slots=after.slots, text=title, notes=(text,)) if title else None


def leading_time(text: str, around: Surroundings) -> TimedLine | None:
    """Return what a line says that begins with its time."""
    said = text.split()
    for count in range(min(len(said), _MOST_WORDS), 0, -1):
        start = " ".join(said[:count])
        if not _MARKED.search(start):
            continue
        bare = start.rstrip(_LEADS_OVER) if start[-1] in ":–—-" else start
        slots = whole_slots(bare, around) or tuple(filter(None, (_in_month(start, around),)))
        if len(slots) > 1:
            return TimedLine(slots=slots, text=" ".join(said[count:]).strip(MARKS))
        slot = next(iter(slots), None)
        if slot and (not slot.is_exact or any(map(str.isdigit, start)) or _is_month(said[count - 1], around)):
            return with_clock(slot, " ".join(said[count:]))
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


def _in_brackets(text: str, around: Surroundings) -> TimedLine | None:
    """Brackets at the end hold the time and nothing else: "Budsjettinnspel (frist 30.)"."""
    found = _ASIDE.search(text)
    slots = whole_slots(found[1], around) if found else ()
    title = text[: found.start()].strip(MARKS) if found else ""
    return TimedLine(slots=slots, text=title) if slots and title and slots[0].is_exact else None


def _last_sentence(text: str, around: Surroundings) -> TimedLine | None:
    """The last sentence is the time and nothing else: "Førskuledag, lunsj på SFO. Onsdag 31. mai."."""
    for found in _END_OF_SENTENCE.finditer(text):
        last = text[found.end() :].rstrip(" .")
        slots = whole_slots(last, around) if _MARKED.search(last) and not clock_times(f"{found[0]}{last}")[0] else ()
        if slots and slots[0].span.precision is not Precision.YEAR:
            return TimedLine(slots=slots, text=text[: found.start()].strip(MARKS))
    return None


def _last_words(text: str, around: Surroundings) -> TimedLine | None:
    """The last words are a day of the month above, behind a small word: "Årsplanar vedtekne innan 20."."""
    said = text.split()
    for count in range(min(len(said) - 1, _MOST_LAST), 1, -1):
        slots = whole_slots(" ".join(said[-count:]), around)
        if slots and slots[0].is_exact and said[-count].casefold() in word_set("plans", "leading", "times"):
            return TimedLine(slots=slots, text=" ".join(said[:-count]).strip(MARKS))
    return None


def _before_aside(text: str, around: Surroundings) -> TimedLine | None:
    """The time stands last but for what stands in brackets: "Undersøking v. 46–48 (Hilde)"."""
    found = _ASIDE.search(text)
    line = timed_line(text[: found.start()], around) if found else None
    return replace(line, notes=(*line.notes, found[1])) if found and line and line.text else None


def _is_led(found: Found) -> bool:
    """Whether a small word leads to a time: "i løpet av hausten", "før sommaren"."""
    return found.text.split()[0].casefold() in word_set("plans", "leading", "times")


def _is_deadline(found: Found, around: Surroundings) -> bool:
    when = around.resolve(found.value)
    return when is not None and when.start is None


def _trailing(text: str, around: Surroundings) -> TimedLine | None:
    """The time stands last, behind a sign that sets it apart; several times may."""
    founds = [found for found in find(text) if (when := around.resolve(found.value)) and _is_day(when)]
    while len(founds) > 1 and not founds[0].start_at and not any(map(str.isdigit, founds[0].text)):
        founds.pop(0)
    if not founds:
        return None
    before, after = text[: founds[0].start_at], text[founds[-1].stop_at :]
    _, after = clock_times(after)
    after = "" if _is_cancelled(after) else after
    if not before.strip(MARKS + "(") or not _CLOSED.match(after) or any(map(is_about_itself, _SENTENCES.split(before))):
        return None
    is_plain = any(map(str.isdigit, founds[0].text)) or _is_deadline(founds[0], around)
    is_plain = is_plain or (" " in founds[0].text and (_is_in_month(founds[0], around) or _is_led(founds[0])))
    if not _SEPARATED.search(before) and (len(before.split()) > FEW_WORDS or not is_plain):
        return None
    timed = slots_in(text[founds[0].start_at :].rstrip(" )."), around)
    if not timed.slots or any(slot.span.precision is Precision.YEAR for slot in timed.slots):
        return None
    if any(any(map(str.isalpha, left)) and not _is_cancelled(left) for left in timed.words):
        return None
    return TimedLine(slots=timed.slots, text=without_lead(before.strip(MARKS + "(")))


def _is_cancelled(text: str) -> bool:
    return fold(text) in word_set("plans", "doubts", "cancelled")


def _is_day(when: When) -> bool:
    return when.is_dated or when.impossible


def _inside(text: str, around: Surroundings) -> TimedLine | None:
    """The time stands behind an event, and a sign sets the rest apart: "Vinterferie 18.–22. februar, stengt"."""
    founds = [found for found in find(text) if (when := around.resolve(found.value)) and when.is_dated]
    if len(founds) != 1 or not any(map(str.isdigit, founds[0].text)):
        return None
    before, after = text[: founds[0].start_at], text[founds[0].stop_at :]
    if len(before.split()) > FEW_WORDS or not names_event(before) or not SET_APART.match(after):
        return None
    slot = next((slot for slot in slots_in(founds[0].text, around).slots if slot.is_exact), None)
    title = without_lead(before.strip(MARKS + "("))
    line = TimedLine(slots=(slot,), text=title) if slot and title else None
    return told_besides(line, [after.strip(MARKS + ")")]) if line else None


def _undated(text: str, around: Surroundings) -> TimedLine | None:
    """What stands last, behind a comma or a dash, says that there is no day: "løpende", "etter avtale"."""
    sign = _AFTER_SIGN.search(text)
    if sign is None or not text[: sign.start()].strip(MARKS):
        return None
    last = text[sign.end() :].rstrip(" .")
    slot = slot_of(last, around)
    if slot is None and fold(last) in word_set("plans", "doubts", "not_set"):
        slot = unread(last)
    if slot is None or slot.span.is_dated:
        return None
    return TimedLine(slots=(slot,), text=text[: sign.start()].strip(MARKS))


def _named_day(text: str, around: Surroundings) -> TimedLine | None:
    """A day that goes by a name is its own title: "FN-dagen 24. oktober"."""
    founds = find(text)
    if len(founds) != 1 or founds[0].start_at or text[founds[0].stop_at :].strip(MARKS):
        return None
    slot = next(iter(slots_in(text, around).slots), None)
    is_named = slot is not None and slot.is_exact and not names_weekday(text) and not text[0].isdigit()
    return TimedLine(slots=(slot,), text=text) if slot and is_named and any(map(str.isdigit, text)) else None
