"""A word as it was meant: without one slip of the fingers, or an end that says nothing."""

from __future__ import annotations

from bot.understanding.alike import is_of_people
from bot.understanding.lexicon import forms_in_phrases, phrases, spellings, vague_ends
from bot.understanding.names import Names
from bot.understanding.spelling import meant
from bot.understanding.words import Word, forms_of, plain


def as_meant(word: Word, names: Names) -> Word:
    """Return the word as it was meant: a long one that is in no list and no name is corrected by one letter."""
    # What stands within a phrase means nothing alone, but it is no typing error.
    is_known = any(phrases(form) for form in word.forms) or not forms_in_phrases().isdisjoint(word.forms)
    if is_known or names.knows(word) or is_of_people(word):
        return word
    if (named := _without_vague_end(word, names)) is not None:
        return named
    right = _with_one_last_letter(word) or meant(plain(word.text), spellings())
    if right is None:
        return word
    return Word(text=right, start=word.start, stop=word.stop, forms=forms_of(right))


def _with_one_last_letter(word: Word) -> str | None:
    """ "hvorr" and "gårr" as what they are with one letter at the end, where that is known."""
    said = plain(word.text)
    shorter = said[:-1]
    is_doubled = len(said) > 3 and said[-1:] == said[-2:-1] and said[-1] not in "aeiouyæøå"
    return shorter if is_doubled and any(phrases(form) for form in forms_of(shorter)) else None


def _without_vague_end(word: Word, names: Names) -> Word | None:
    """ "eksamensgreier" as what it is about, where a plan has that."""
    said = plain(word.text)
    for end in vague_ends():
        first = said.removesuffix(end)
        for about in (first, first.removesuffix("s"), first.removesuffix("e")) if first != said else ():
            found = Word(text=about, start=word.start, stop=word.stop, forms=forms_of(about))
            if len(about) > 2 and names.knows(found):
                return found
    return None
