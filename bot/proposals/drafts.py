"""The entries that come of what a row says: each thing with its own time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TypeAlias

from bot.model import Doubt, Entry, Milestones, Span
from bot.proposals.columns import Column
from bot.proposals.draft import Draft
from bot.proposals.entry import entry_of
from bot.proposals.lexicon import fold, word_set, words
from bot.proposals.sentences import restarts
from bot.proposals.slots import Slot, slots_in
from bot.proposals.topics import Topic

Pair: TypeAlias = "tuple[Topic, Slot | None]"

_NUMBERS = re.compile(r"(\d{1,2})(?:\s*[–-]\s*(\d{1,2}))?")


def entries_of(draft: Draft, things: Sequence[Topic]) -> Iterator[Entry]:
    """Yield an entry for each thing and time of a row."""
    whole, things = things, _cut_apart(draft, things)
    for topic, slot in _pairs(things, draft.slots, is_cut=things is not whole):
        place = things.index(topic)
        yield entry_of(_for_one(draft, place, len(things)), topic, slot)
    for topic in things:
        yield from _deadlines(draft, topic)


def _cut_apart(draft: Draft, things: Sequence[Topic]) -> Sequence[Topic]:
    """Cut a measure that has lost the marks between its paragraphs, where the row names several times."""
    if draft.column is not Column.MEASURE or len(things) != 1 or len(draft.slots) < 2:
        return things
    pieces = restarts(things[0].title)
    return [replace(things[0], title=piece) for piece in pieces] if len(pieces) > 1 else things


def _pairs(things: Sequence[Topic], slots: Sequence[Slot], *, is_cut: bool) -> list[Pair]:
    """Return which time each thing has.

    As many times as things pair one to one, with a doubt where the things had to be cut apart. Else nobody can
    tell, and no thing gets a day that may be another's.
    """
    if not slots:
        return [(topic, None) for topic in things]
    if len(things) == 1 or len(slots) == 1 or all(slot.region for slot in slots):
        return [(topic, slot) for topic in things for slot in slots]
    if len(things) == len(slots):
        doubts = (Doubt.AMBIGUOUS_PAIRING,) if is_cut else ()
        return [(topic, slot.doubted(*doubts)) for topic, slot in zip(things, slots, strict=True)]
    text = ", ".join(slot.span.text for slot in slots if slot.span.text)
    unknown = Slot(span=Span(text=text)).doubted(Doubt.AMBIGUOUS_PAIRING)
    return [(topic, unknown) for topic in things]


def _for_one(draft: Draft, place: int, count: int) -> Draft:
    """Return what the row says of one of its things: its own paragraph where there is one for each."""
    if count < 2:
        return draft
    return replace(
        draft,
        responsible=_own(draft.responsible, place, count),
        audience=_own(draft.audience, place, count),
        remarks=_own(draft.remarks, place, count),
        places=_own(draft.places, place, count),
    )


def _own(texts: tuple[str, ...], place: int, count: int) -> tuple[str, ...]:
    return (texts[place],) if len(texts) == count else texts


def _deadlines(draft: Draft, topic: Topic) -> Iterator[Entry]:
    """Yield the deadlines that a title or an agenda names in brackets: "Videreføring (frist 1. mars)"."""
    for text in (topic.title, *topic.notes):
        found = _in_brackets().search(text)
        if found is None:
            continue
        slots = [slot for slot in slots_in(found[1], draft.around).slots if slot.is_exact]
        for slot in slots[:1]:
            own = Draft(column=Column.MILESTONE, around=draft.around)
            yield entry_of(own, Topic(title=text, place=topic.place), slot)


@cache
def _in_brackets() -> re.Pattern[str]:
    choices = "|".join(words("kinds", "deadlines"))
    return re.compile(rf"\(((?:{choices})\b[^()]*)\)", re.IGNORECASE)


def milestones_in(text: str) -> Milestones:
    """Return the milestones that a cell names: all, or their numbers ("2-4" is three of them)."""
    if fold(text) in word_set("people", "everyone"):
        return "all"
    numbers: list[int] = []
    for first, last in _NUMBERS.findall(text):
        numbers.extend(range(int(first), int(last or first) + 1))
    return tuple(dict.fromkeys(numbers))
