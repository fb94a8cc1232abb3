"""A message taken apart: the time it names, what its words mean, and the words that nothing explains."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.errors import BadDate, NothingThere
from bot.messages import Period
from bot.model import Language
from bot.time.breaks import breaks_in
from bot.time.reading import (
    Context,
    Found,
    When,
    find,
    hangs_on_what_was_said,
    is_of_the_past,
    nearer_reading,
    read_sentence,
    resolve,
)
from bot.understanding.breaks import EXACT, ask_for_unknown, breaks_used
from bot.understanding.frame import Asked
from bot.understanding.lexicon import FILLER, WEEKDAYS, Phrase, around, as_norwegian, pairs, phrases, soft_concepts
from bot.understanding.names import Names
from bot.understanding.plan_time import in_named_plan
from bot.understanding.respelling import as_meant
from bot.understanding.words import Word, plain, words_of

_END_OF_SENTENCE = re.compile(r"(?<=[?!])\s+|(?<=[a-zæøå]{3}\.)\s+(?=[A-ZÆØÅ])")

# A clock by itself only tells which meeting is meant, and no name has it.
_CLOCK = re.compile(r"\b(?:kl\.?\s*|klokka\s+|at\s+)?[0-2]?\d:[0-5]\d\b", re.IGNORECASE)
_LONGEST_PHRASE = 8
# "møte" is said of anything that people come to, so it does not tell one from another.
_SAID_OF_ALL = frozenset({"event"})
_WHO_DOES = "responsible"
# What the words of a time may also ask: "ferdig innen november", "på samme dag".
_IN_TIMES = frozenset({*WEEKDAYS, "due", "done", "collide", "ongoing"})
# What looks like a time, and asks for something else: "på samme dag", "varer hele dagen".
_NEVER_TIMES = frozenset({"collide", "whole_day", "half_day"})
_TALK = ("mistake", "scolding", "robot", "wellbeing", "wish", "thanks", "bye", "praise", "agree", "greeting")
_ASKS_WHEN = frozenset({"when", "dates"})
_TALK_AND_FILLER = frozenset({*_TALK, FILLER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What a message says, before it is known what it asks; `words` are all but those of the time.

    `concepts` are the meanings of its words (lexicon/concepts). `rest` are the words that have none, `soft` those that
    have one but may be part of a name all the same. `order` are the concepts in the order they were said.
    `hanging` is a time that is told from what was spoken of before ("uka etter").
    """

    text: str
    asked: Asked | None
    hanging: Found | None
    words: tuple[Word, ...]
    concepts: frozenset[str]
    rest: tuple[Word, ...]
    soft: tuple[Word, ...]
    order: tuple[frozenset[str], ...]

    def says(self, concept: str) -> bool:
        return concept in self.concepts


def take_apart(text: str, names: Names, language: Language, context: Context) -> Sentence:
    """Return the message taken apart; `names` tell which unknown words are none of a typing error.

    Raises BadDate for a day that no calendar has, UnknownBreak for a school break whose days are not known.
    """
    timed = _without_around(_without_plan_years(text, names))
    read = _time_asked(timed, context, names)
    if read is None or read[1].precision not in EXACT:
        ask_for_unknown(timed, context)
    if read is None and (unknown := _unresolved(timed, context)):
        raise NothingThere("unknown_break", words=unknown)
    words = _words_beside(read, timed, language)
    order, rest, soft = _meanings(tuple(as_meant(word, names) for word in words), names)
    beside = [] if read is None else _meanings(words_of(read[0].text))[0]
    order += tuple(concepts & _IN_TIMES for concepts in beside if concepts & _IN_TIMES)
    is_hanging = read is not None and hangs_on_what_was_said(read[0].value)
    return Sentence(
        text=text,
        asked=None if read is None or is_hanging else _asked(*read, text, context),
        hanging=read[0] if read is not None and is_hanging else None,
        concepts=frozenset(concept for concepts in order for concept in concepts),
        words=words,
        rest=rest,
        soft=soft,
        order=order,
    )


def words_beside_time(text: str, names: Names, language: Language, context: Context) -> tuple[Word, ...]:
    """Return the words that are none of a time, as `take_apart` finds them; no break needs to be known for that."""
    timed = _without_around(_without_plan_years(text, names))
    return _words_beside(_time_asked(timed, context, names), timed, language)


def _words_beside(read: tuple[Found, When] | None, text: str, language: Language) -> tuple[Word, ...]:
    bare = text if read is None else _without(text, read[0])
    words = words_of(_CLOCK.sub(lambda found: " " * len(found.group()), bare))
    return as_norwegian(words) if language is Language.EN else words


def _time_asked(text: str, context: Context, names: Names) -> tuple[Found, When] | None:
    """The time, in the year that the plans tell; of what hangs on a break, the calendar has told the year."""
    read = _time(_without_pairs(text), context)
    if read is None or any(True for _ in breaks_in(read[0].value)):
        return read
    return in_named_plan(_in_a_running_plan(read, text, context, names), text, context, names)


def _in_a_running_plan(read: tuple[Found, When], text: str, context: Context, names: Names) -> tuple[Found, When]:
    """The time; "i september" said in October is the one gone by where a plan that runs has that, and none the next."""
    first, last = read[1].start, read[1].end
    if first is None or names.are_in_a_plan(first, last or first, context.reference):
        return read
    earlier = _time(_without_pairs(text), replace(context, looks_back=True))
    if earlier is None or earlier[1].start is None or earlier[1].end is None:
        return read
    is_gone_by = earlier[1].start < context.reference < first
    return earlier if is_gone_by and names.is_in_a_running_plan(earlier[1].end, context.reference) else read


def _unresolved(text: str, context: Context) -> str | None:
    """The words of a time that comes to no days, as a break that has no name here ("siste skoledag før jul")."""
    unresolved = (found for found in find(text) if resolve(found.value, context) is None)
    return next((found.text for found in unresolved), None)


def _without_pairs(text: str) -> str:
    """The text without the words that belong to an earlier one, and would be read as a part of a time."""
    bound: set[str] = set()
    for word in words_of(text):
        folded = plain(word.text)
        if folded in bound:
            text = _blank(text, word.start, word.stop)
        bound.update(pairs().get(folded, ()))
    return text


def _without_plan_years(text: str, names: Names) -> str:
    """The text without the years that only tell which plan is meant ("handlingsplan 2026")."""
    years = names.plans.by_years(text)
    return text if years is None else _blank(text, *years[1])


def _without_around(text: str) -> str:
    """The text with only the name left of "har med X å gjøre"."""
    for pattern in around():
        for found in pattern.finditer(text):
            text = _blank(_blank(text, found.start(), found.start(1)), found.end(1), found.end())
    return text


def _time(text: str, context: Context) -> tuple[Found, When] | None:
    """The time that the message is about; what a later sentence says of it corrects the first."""
    pieces = _END_OF_SENTENCE.split(text)
    for piece in reversed(pieces[1:]):
        read = _dated(piece, context)
        if read and not _meanings(words_of(_without(piece, read[0])))[1]:
            start = text.rfind(piece)
            found = replace(read[0], start_at=start + read[0].start_at, stop_at=start + read[0].stop_at)
            return found, read[1]
    return _dated(text, context)


def _dated(text: str, context: Context) -> tuple[Found, When] | None:
    """The first time that is one: "på samme dag" asks for collisions, and "hver mandag" comes to no days."""
    read = read_sentence(text, context)
    if read is None:
        return None
    found, when = read
    if any(concepts & _NEVER_TIMES for concepts in _meanings(words_of(found.text))[0]):
        return read_sentence(_without(text, found), context)
    if _is_verb(found):
        return _dated(_without(text, found), context)
    if (word := _deadline_word(found)) is not None:
        return read_sentence(_blank(text, found.start_at, found.start_at + word.stop), context)
    if when.impossible:
        raise BadDate("impossible_date", words=found.text)
    return read if when.is_dated or hangs_on_what_was_said(found.value) else None


def _is_verb(found: Found) -> bool:
    """Whether what was found is one word that questions are asked with, and only looks like a time ("venter")."""
    order, rest, _ = _meanings(words_of(found.text))
    return len(order) == 1 and not rest and "happen" in order[0]


def _deadline_word(found: Found) -> Word | None:
    """The word before a time that makes it a last day ("frist i mai"): here it asks for what ends in that time."""
    first = words_of(found.text)[:1]
    return first[0] if first and any("due" in concepts for concepts in _meanings(first)[0]) else None


def _without(text: str, found: Found) -> str:
    return _blank(text, found.start_at, found.stop_at)


def _blank(text: str, start: int, stop: int) -> str:
    """The text with a part left blank, so that the places of the other words stay."""
    return text[:start] + " " * (stop - start) + text[stop:]


def _asked(found: Found, when: When, text: str, context: Context) -> Asked:
    """The time as it is asked about: "hva skjedde siden mandag" goes no further than to today."""
    today = context.reference
    has_been = when.start is not None and when.end is None and when.start <= today and is_of_the_past(text)
    nearer = nearer_reading(found.value, when, today)
    return Asked(
        text=found.text,
        period=Period(start=when.start, end=today if has_been else when.end),
        other=Period(start=nearer.start, end=nearer.end) if nearer else None,
        is_conflicting=when.conflict,
        breaks=breaks_used(found, when, context),
    )


def _meanings(
    words: Sequence[Word],
    names: Names | None = None,
) -> tuple[tuple[frozenset[str], ...], tuple[Word, ...], tuple[Word, ...]]:
    """The concepts in order, the words that have none, and those that may be part of a name."""
    order: list[frozenset[str]] = []
    rest: list[Word] = []
    soft: list[Word] = []
    at = 0
    while at < len(words):
        phrase = _longest(words, at)
        if phrase is None or (names and _is_short_name(words[at], phrase, names)):
            rest.append(words[at])
            at += 1
            continue
        order.append(phrase.concepts)
        if _may_be_name(phrase):
            soft.extend(words[at : at + len(phrase.forms)])
        at += len(phrase.forms)
    return tuple(order), tuple(rest), tuple(soft)


def _may_be_name(phrase: Phrase) -> bool:
    """Whether the words may be part of a name; "sørger for" and the like only say that somebody does something."""
    is_said_of_who = len(phrase.forms) > 1 and _WHO_DOES in phrase.concepts
    return bool(phrase.concepts & soft_concepts()) and not phrase.concepts & _SAID_OF_ALL and not is_said_of_who


def _is_short_name(word: Word, phrase: Phrase, names: Names) -> bool:
    """Whether a small word is in capitals, and a plan is called so: "FO" is the dialect's "for" too."""
    return phrase.concepts == {FILLER} and len(word.text) > 1 and word.text.isupper() and names.knows(word)


def _longest(words: Sequence[Word], at: int) -> Phrase | None:
    """The longest phrase that begins here, and of these the nearest; what they all mean where several are."""
    fits = [
        (phrase.fit(words[at : at + _LONGEST_PHRASE]), phrase) for form in words[at].forms for phrase in phrases(form)
    ]
    best = max((fit for fit, _ in fits), default=0.0)
    if not best:
        return None
    nearest = [phrase for fit, phrase in fits if fit == best]
    concepts = frozenset(concept for phrase in nearest for concept in phrase.concepts)
    return replace(nearest[0], concepts=concepts)


def asks_only_when(text: str, language: Language) -> bool:
    """Whether the words ask when something is, and name nothing."""
    words = as_norwegian(words_of(text)) if language is Language.EN else words_of(text)
    order, rest, _ = _meanings(words)
    is_asked = any(concepts & _ASKS_WHEN for concepts in order)
    return is_asked and not rest and all(concepts & (_ASKS_WHEN | {FILLER}) for concepts in order)


def talk_of(text: str) -> str | None:
    """Return which small talk a message is (thanks, bye, a wish and the like), or None where it says anything else."""
    order, rest, _ = _meanings(words_of(text))
    said = [concept for concept in _TALK for concepts in order if concept in concepts]
    is_thanking = frozenset({"help"}) if "thanks" in said else frozenset()
    if rest or not said or any(not concepts & (_TALK_AND_FILLER | is_thanking) for concepts in order):
        return None
    return said[0]


def concepts_of(text: str, *, just_first: bool = False) -> frozenset[str]:
    """Return the meanings of the words of a text, or those of its first phrase."""
    order = _meanings(words_of(text))[0]
    return frozenset(concept for concepts in (order[:1] if just_first else order) for concept in concepts)
