"""A kind that is said beside a name: "milepæl 3" is the third of them, "målet om lesing" a goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.model import Book, Item, Kind
from bot.understanding.command_words import command_words
from bot.understanding.lexicon import is_filler, phrases
from bot.understanding.words import Word, plain, words_of

_KINDS: Mapping[str, tuple[Kind, ...]] = {
    "milestone": (Kind.MILESTONE,),
    "goal": (Kind.GOAL, Kind.FOCUS_AREA),
    "focus_area": (Kind.FOCUS_AREA,),
    "measure": (Kind.MEASURE,),
    "module": (Kind.MODULE,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfKind:
    """The kinds that a word tells, and the rest of the words: `name` as it was written, or a figure in `number`."""

    kinds: tuple[Kind, ...]
    name: str
    number: int | None


def of_kind(words: str) -> OfKind | None:
    """Return what the words say beside the name of a kind; None where the first that means anything names none."""
    spoken = [word for word in words_of(words) if not is_filler(word.text)]
    kinds = _kinds_of(spoken[0]) if len(spoken) > 1 else ()
    if not kinds:
        return None
    figures = [word for word in spoken[1:] if word.is_number and len(word.text) < 4]
    return OfKind(
        kinds=kinds,
        name=words[spoken[1].start :],
        number=int(figures[0].text) if figures and _is_all(figures, spoken[1:]) else None,
    )


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


def _is_all(figures: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether there is one figure and nothing else than what leads to it ("nummer 3")."""
    return len(figures) == 1 and all(
        word in figures or plain(word.text) in command_words().number_signs for word in words
    )


def _kinds_of(word: Word) -> tuple[Kind, ...]:
    for form in word.forms:
        for phrase in phrases().get(form, ()):
            if len(phrase.forms) == 1 and phrase.fit([word]):
                found = next((_KINDS[concept] for concept in _KINDS if concept in phrase.concepts), ())
                if found:
                    return found
    return ()
