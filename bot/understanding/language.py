"""In which written standard a message is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from bot.model import Language
from bot.understanding.lexicon import table
from bot.understanding.words import plain, words_of

_WORD, _ENDING, _DIALECT = 3, 1, 2
_SHORTEST_STEM = 3
_ADDRESS = re.compile(r"https?://\S+")  # ".no" is no word of nynorsk


@dataclass(frozen=True, slots=True)
class _Signs:
    """How much each word and ending tells of each language; `longest` is the longest ending, in letters."""

    words: Mapping[str, Mapping[Language, int]]
    pairs: Mapping[tuple[str, str], Mapping[Language, int]]
    endings: Mapping[str, Language]
    longest: int


def language_of(text: str, fallback: Language | None = None) -> Language:
    """Return the standard that the text's words point to; undecided: `fallback`, or else bokmål.

    A conversation goes on in its language (`fallback`) until a message has words of another one: endings alone
    ("skoleledermøte") are those of what a plan calls something.
    """
    text = _ADDRESS.sub(" ", text)
    scores = _scores(text, are_endings_told=fallback is None)
    best = max(scores.values())
    leading = [language for language, score in scores.items() if score == best]
    if best == 0:
        return fallback or Language.NB
    if fallback in leading:
        return fallback
    return leading[0] if len(leading) == 1 else _first_told(text, leading)


def _scores(text: str, *, are_endings_told: bool) -> dict[Language, int]:
    signs = _signs()
    scores = dict.fromkeys(Language, 0)
    words = [plain(word.text) for word in words_of(text)]
    for word in words:
        told = signs.words.get(word) or (_by_ending(word, signs) if are_endings_told else {})
        for language, weight in told.items():
            scores[language] += weight
    for pair in pairwise(words):
        for language, weight in signs.pairs.get(pair, {}).items():
            scores[language] += weight
    return scores


def _first_told(text: str, among: Sequence[Language]) -> Language:
    """Of several that the words point to equally: the one that the first of them points to."""
    signs = _signs()
    told = (signs.words.get(plain(word.text), {}) for word in words_of(text))
    return next((language for one in told for language in among if language in one), among[0])


def _by_ending(word: str, signs: _Signs) -> Mapping[Language, int]:
    for length in range(min(len(word) - _SHORTEST_STEM, signs.longest), 1, -1):
        language = signs.endings.get(word[-length:])
        if language:
            return {language: _ENDING}
    return {}


@cache
def _signs() -> _Signs:
    data = table("languages")
    words: dict[str, dict[Language, int]] = {}
    pairs: dict[tuple[str, str], dict[Language, int]] = {}
    endings: dict[str, Language] = {}
    for name, entry in data.items():
        language = Language(name.removeprefix("dialect_"))
        weight = _DIALECT if name.startswith("dialect_") else _WORD
        for phrase in entry["words"]:
            parts = [plain(word.text) for word in words_of(phrase)]
            if len(parts) == 1:
                words.setdefault(parts[0], {})[language] = weight
            elif len(parts) == 2:
                pairs.setdefault((parts[0], parts[1]), {})[language] = weight
        endings.update(dict.fromkeys(entry.get("endings", ()), language))
    return _Signs(words, pairs, endings, longest=max(map(len, endings)))
