"""A kind that is said beside a name: "milepæl 3" is the third of them, "målet om lesing" a goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.model import Book, Item, Kind
from bot.understanding.command_words import command_words
from bot.understanding.lexicon import is_filler, phrases
from bot.understanding.shifts import numbers_in_words
from bot.understanding.words import Word, plain, words_of

_KINDS: Mapping[str, tuple[Kind, ...]] = {
    "milestone": (Kind.MILESTONE,),
    "goal": (Kind.GOAL, Kind.FOCUS_AREA),
    "focus_area": (Kind.FOCUS_AREA,),
    "measure": (Kind.MEASURE,),
    "module": (Kind.MODULE,),
}

_MEETING = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfKind:
    """The kinds that a word tells, and the rest of the words: `name` as it was written, or a figure in `number`."""

    kinds: tuple[Kind, ...]
    name: str
    number: int | None


def of_kind(words: str) -> OfKind | None:
    """Return what the words say beside the name of a kind; None where the first that means anything names none."""
    spoken = [word for word in words_of(words) if not is_filler(word.text) or _number(word) is not None]
    kinds = _kinds_of(spoken[0]) if len(spoken) > 1 else ()
    if not kinds:
        return None
    figures = [number for word in spoken[1:] if (number := _number(word)) is not None]
    return OfKind(
        kinds=kinds,
        name=words[spoken[1].start :],
        number=figures[0] if len(figures) == 1 and _is_all(spoken[1:]) else None,
    )


def is_any_meeting(words: str) -> bool:
    """Whether the words say only that it is something people come to: "møtet", "arrangementet"."""
    spoken = [word for word in words_of(words) if not is_filler(word.text)]
    return bool(spoken) and all(_says(word, _MEETING) for word in spoken)


def numbered(words: str, book: Book) -> tuple[Item, ...]:
    """Return the milestones that the words name by their number, of all plans."""
    said = of_kind(words)
    if said is None or said.number is None or Kind.MILESTONE not in said.kinds:
        return ()
    return tuple(
        item
        for item in book.items
        if item.kind is Kind.MILESTONE and item.milestones != "all" and said.number in item.milestones
    )


def _number(word: Word) -> int | None:
    return int(word.text) if word.is_number and len(word.text) < 4 else numbers_in_words().get(plain(word.text))


def _is_all(words: Sequence[Word]) -> bool:
    """Whether there is nothing but a figure and what leads to it ("nummer 3")."""
    return all(_number(word) is not None or plain(word.text) in command_words().number_signs for word in words)


def _kinds_of(word: Word) -> tuple[Kind, ...]:
    return next((kinds for concept, kinds in _KINDS.items() if _says(word, concept)), ())


def _says(word: Word, concept: str) -> bool:
    found = (phrase for form in word.forms for phrase in phrases(form) if len(phrase.forms) == 1)
    return any(concept in phrase.concepts and phrase.fit([word]) for phrase in found)
