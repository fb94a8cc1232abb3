"""What kind of entry a title is: something people come to, work to be done, a milestone."""

from __future__ import annotations

import re

from bot.model import Kind, Precision, Span
from bot.proposals.columns import Column
from bot.proposals.lexicon import ending, fold, word_set, words
from bot.proposals.slots import NO_TIMES, Slot

# An event is named early in its title; later words tell what it is about.
_EARLY = 6
_FEW_DAYS = 7
_NUMBER = re.compile(r"^[a-zæøå]?\d+[a-z]?$")
_ENDINGS = ("", "en", "er", "ar", "ane", "ene")
_ALWAYS = {
    Column.MODULE: Kind.MODULE,
    Column.GOAL: Kind.GOAL,
    Column.AREA: Kind.FOCUS_AREA,
    Column.DUTY: Kind.RESPONSIBILITY,
    Column.MILESTONE: Kind.MILESTONE,
}


def kind_of(title: str, column: Column, slot: Slot | None) -> Kind:
    """Return the kind of what stands in a column of a plan, by the words of its title and how exactly it is timed."""
    if column in _ALWAYS:
        return _ALWAYS[column]
    if is_deadline(title):
        return Kind.MILESTONE
    is_timed = slot is not None and (slot.times != NO_TIMES or _is_short(slot.span))
    if column is Column.MEASURE:
        return Kind.EVENT if is_timed and not begins_with(title, "work") and names_event(title) else Kind.MEASURE
    if begins_with(title, "work"):
        return Kind.MEASURE
    return Kind.EVENT if is_timed or names_event(title) else Kind.MEASURE


def _is_short(span: Span) -> bool:
    if span.precision not in (Precision.DAY, Precision.RANGE) or span.start is None or span.end is None:
        return False
    return (span.end - span.start).days < _FEW_DAYS


def begins_with(title: str, kind: str) -> bool:
    """Whether the first word of a title, behind its number, is one of a list of words in kinds.toml."""
    first = _without_number(title)[:1]
    return bool(first) and first[0] in word_set("kinds", kind)


def _without_number(title: str) -> list[str]:
    """Return the words of a title without the number that it begins with: "3.2", "B4"."""
    said = fold(title).split()
    return said[next((at for at, word in enumerate(said) if not _NUMBER.match(word)), 0) :]


def is_deadline(title: str) -> bool:
    """Whether a title says that it is a milestone or a deadline: "Siste frist …", "Søknadsfrist …"."""
    said = _without_number(title)
    while said and said[0] in word_set("kinds", "last"):
        said.pop(0)
    return bool(said) and (
        said[0] in word_set("kinds", "milestones") or said[0].endswith(words("kinds", "deadline_ends"))
    )


def names_event(title: str) -> bool:
    """Whether one of the first words of a title is something that people come to, and not what it is about."""
    said = [word.strip('.,:;()«»"') for word in title.replace("/", " ").split()[:_EARLY]]
    about = next((at for at, word in enumerate(said) if at and word in words("kinds", "about")), len(said))
    return any(map(_is_event, said[:about]))


def _is_event(word: str) -> bool:
    small = word.casefold()
    if small in word_set("kinds", "events") or ending("kinds", "events").match(small):
        return True
    day = words("kinds", "days")[0]
    plain = word_set("kinds", "plain_days")
    return any(small.endswith(day + end) and small.removesuffix(end) not in plain for end in _ENDINGS)
