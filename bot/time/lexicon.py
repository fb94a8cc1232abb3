"""The words of time and what each can say, from bot/norwegian/lexicon/time.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from bot.time.normal import normalised

Reading = tuple[str, Any, int]
"""A category, what the words say in it, and how many tokens they are."""

PIECE = re.compile(
    r"(?<![^\W\d_])[^\W\d_](?:\.[^\W\d_])+(?![^\W\d_])\.?|[^\W\d_]+(?:'[^\W\d_]+)?'?(?<!')|\d+|[^\w\s]|_"
)
"""A dotted abbreviation ("f.o.m."), a word, a number, or one mark."""

# A slip may have taken a letter from the shortest of the words that are looked for.
_SHORTEST_MISSPELT = 5
# A letter left out of a shorter word makes another one too often.
_SHORTEST_CUT = 6
# In a word so long one letter may stand some places off ("sommerfieren").
_SHORTEST_MOVED = 9


def pieces(phrase: str) -> tuple[str, ...]:
    """Return the words and marks of a phrase in lower case, dotted abbreviations without their dots."""
    found = PIECE.findall(normalised(phrase).text.lower())
    return tuple(piece.replace(".", "") if len(piece) > 1 else piece for piece in found)


@dataclass(frozen=True, slots=True)
class Said:
    """All that a token can say, and the categories of it at a glance."""

    readings: tuple[Reading, ...]
    categories: frozenset[str]

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> Said:
        kept = tuple(readings)
        return cls(kept, frozenset(reading[0] for reading in kept))

    def __bool__(self) -> bool:
        return bool(self.readings)


NOTHING = Said((), frozenset())


class Lexicon:
    """What words and phrases say; built once, then only read."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._words: dict[str, list[Reading]] = {}
        self.phrases: dict[tuple[str, str], list[tuple[tuple[str, ...], Reading]]] = {}
        self.abbreviations: set[str] = set()
        for category, value, phrase in _entries(tables):
            self._add(category, value, phrase)
        self.categories = frozenset(category for category, _, _ in _entries(tables))
        never = frozenset(tables["typos"]["never"]["words"])
        self._misspelt = _Misspelt(self._long_words(tables["typos"]), never)
        self._ready = {word: Said.of(readings) for word, readings in self._words.items()}
        self._slips = _common_slips(tables["typos"]["careful"]["words"], known=never | set(self._ready))

    def _add(self, category: str, value: Any, phrase: str) -> None:
        words, stops = _without_stops(pieces(phrase))
        self.abbreviations |= stops
        reading = (category, value, len(words))
        if len(words) > 1:
            self.phrases.setdefault((words[0], words[1]), []).append((words[2:], reading))
        elif reading not in self._words.setdefault(words[0], []):
            self._words[words[0]].append(reading)

    def _long_words(self, typos: Mapping[str, Any]) -> Iterator[str]:
        """Yield the words that are found misspelt too: the long ones of some readings, and a few short ones."""
        shortest: Mapping[str, int] = typos["from_letters"]
        for word, readings in self._words.items():
            if word in typos["short"]["words"] or any(
                len(word) >= shortest.get(category, len(word) + 1) for category, _, _ in readings
            ):
                yield word

    def said(self, word: str) -> Said:
        """Return what a word in lower case can say; a long one may have one letter wrong."""
        known = self._ready.get(self._slips.get(word, word))
        if known is not None:
            return known
        return self._guessed(word) if len(word) >= _SHORTEST_MISSPELT else NOTHING

    def spelt(self, word: str) -> str:
        """Return a word as it stands in phrases: without the commonest slips."""
        return self._slips.get(word, word)

    @property
    def words(self) -> frozenset[str]:
        return frozenset(self._ready)

    @property
    def whole_phrases(self) -> Iterator[tuple[str, ...]]:
        """Yield the phrases of several words."""
        for begun, phrases in self.phrases.items():
            yield from ((*begun, *rest) for rest, _ in phrases)

    def saying(self, *categories: str) -> Iterator[tuple[tuple[str, ...], Any]]:
        """Yield the words of each word and phrase that says something in the categories, with what it says."""
        for word, readings in self._words.items():
            yield from (((word,), value) for category, value, _ in readings if category in categories)
        for begun, phrases in self.phrases.items():
            yield from (((*begun, *rest), value) for rest, (category, value, _) in phrases if category in categories)

    def said_by(self, phrase: str) -> tuple[tuple[str, Any], ...]:
        """Return the categories and values of a whole word or phrase."""
        words = pieces(phrase)
        if len(words) == 1:
            return tuple(reading[:2] for reading in self.said(words[0]).readings)
        phrases = self.phrases.get((words[0], words[1]), ()) if words else ()
        return tuple(reading[:2] for rest, reading in phrases if rest == words[2:])

    def _guessed(self, word: str) -> Said:
        meant = self._misspelt.meant_by(word)
        return self._ready[meant] if meant else NOTHING


def _common_slips(words: Iterable[str], known: Collection[str]) -> dict[str, str]:
    """Return what the words become by the slips that are made most, without what is a word of its own."""
    found: dict[str, str] = {}
    for word in words:
        for slip in _slips_of(word):
            if slip not in known:
                found.setdefault(slip, word)
    return found


def _slips_of(word: str) -> Iterator[str]:
    for at in range(1, len(word)):
        yield word[:at] + word[at] + word[at:]
        if len(word) >= _SHORTEST_CUT or word[at] == word[at - 1]:
            yield word[:at] + word[at + 1 :]
        swapped = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
        if swapped != word:
            yield swapped


class _Misspelt:
    """Finds the one word that differs by a letter: each word is kept under all that it is without one letter."""

    def __init__(self, words: Iterable[str], never: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._never = frozenset(never)
        self._without: dict[str, set[str]] = {}
        for word in self._words:
            for shorter in _without_one_letter(word):
                self._without.setdefault(shorter, set()).add(word)

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one such object, and it lives as long as the program
    def meant_by(self, word: str) -> str | None:
        """Return the word that was meant. The first letter is never wrong, and two candidates are none."""
        if word in self._never:
            return None
        shorter = _without_one_letter(word)
        candidates = set(self._without.get(word, ())) | (shorter & self._words)
        for short in shorter:
            candidates |= {c for c in self._without.get(short, ()) if _is_one_slip(word, c)}
        candidates = {c for c in candidates if c[0] == word[0]}
        return min(candidates) if candidates else None


def _without_one_letter(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _is_one_slip(written: str, word: str) -> bool:
    """Whether two words of one length differ by one letter, by two neighbours that changed places, or by one moved.

    They have all letters but one in common, in the same order.
    """
    if len(written) != len(word):
        return False
    if len(word) >= _SHORTEST_MOVED and sorted(written) == sorted(word):
        return True
    differing = [at for at, (a, b) in enumerate(zip(written, word, strict=True)) if a != b]
    if len(differing) == 1:
        return True
    return (
        len(differing) == 2
        and differing[1] == differing[0] + 1
        and written[differing[0]] == word[differing[1]]
        and written[differing[1]] == word[differing[0]]
    )


def _without_stops(words: tuple[str, ...]) -> tuple[tuple[str, ...], set[str]]:
    """Return the words of a phrase without full stops, and those that may have one."""
    return tuple(word for word in words if word != "."), {left for left, right in pairwise(words) if right == "."}


def _entries(tables: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
    for category, table in tables.items():
        if category == "typos":
            continue
        for key, phrases in table.items():
            for phrase in phrases:
                if category == "words":
                    yield key, key, phrase
                else:
                    yield category, int(key) if key.lstrip("-").isdigit() else key, phrase


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the one lexicon, read at its first use."""
    source = files("bot.norwegian").joinpath("lexicon", "time.toml")
    return Lexicon(tomllib.loads(source.read_text(encoding="utf-8")))
