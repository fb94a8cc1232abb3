"""Other names for the same people: who says "rektorene" means the school leaders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from bot.understanding.lexicon import is_filler, table
from bot.understanding.words import Word, words_of

_Phrase = tuple[Word, ...]


def ways_to_say(words: Sequence[Word]) -> tuple[tuple[Word, ...], ...]:
    """Return the words as they are, then with a name of people in them put in each other way."""
    return (tuple(words), *_put(words, _rows("same"), is_both_ways=True))


def ways_to_hold(words: Sequence[Word]) -> tuple[tuple[Word, ...], ...]:
    """Return the same, and whose duties are also those of the people in the words."""
    return (*ways_to_say(words), *_put(words, _rows("wider"), is_both_ways=False))


def is_of_people(word: Word) -> bool:
    """Whether the word alone is a name of people that has other names."""
    return any(len(phrase) == 1 and _is_same(phrase[0], word) for same in _rows("same") for phrase in same)


def other_beginnings(form: str) -> Iterator[str]:
    """The long word with the people it begins with called otherwise: "skoledermøte" for "rektormøte"."""
    for same in _rows("same"):
        single = [phrase[0].forms[0] for phrase in same if len(phrase) == 1]
        for mine in single:
            if form.startswith(mine) and len(form) > len(mine) + 2:
                yield from (other + form.removeprefix(mine) for other in single if other != mine)


def _put(words: Sequence[Word], rows: Iterable[Sequence[_Phrase]], *, is_both_ways: bool) -> Iterator[tuple[Word, ...]]:
    """The words with what a row has in them put in its other ways; only what the row begins with, if not both ways."""
    for row in rows:
        for phrase in row if is_both_ways else row[:1]:
            at = _place(words, phrase)
            if at is not None:
                start, stop = words[at].start, words[at + len(phrase) - 1].stop
                for other in (other for other in row if other is not phrase):
                    put = (Word(text=word.text, start=start, stop=stop, forms=word.forms) for word in other)
                    yield (*words[:at], *put, *words[at + len(phrase) :])
                break


def _place(words: Sequence[Word], phrase: _Phrase) -> int | None:
    size = len(phrase)
    places = (at for at in range(len(words) - size + 1) if all(map(_is_same, words[at : at + size], phrase)))
    return next(places, None)


def _is_same(one: Word, other: Word) -> bool:
    return not set(one.forms).isdisjoint(other.forms)


@cache
def _rows(name: str) -> tuple[tuple[_Phrase, ...], ...]:
    return tuple(
        tuple(tuple(word for word in words_of(said) if not is_filler(word.text)) for said in row)
        for row in table("people")[name]
    )
