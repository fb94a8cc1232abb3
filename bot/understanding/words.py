"""Words as they are compared: one form for both written standards, without inflection."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

# A figure and a letter with a point between them are one word ("2.b", "S.7"); a hyphen parts words.
_WORD = re.compile(r"\d+\.[a-zæøå](?!\w)|(?<!\w)[a-zæøå]\.\d+(?!\w)|\w+", re.IGNORECASE)
_SHORTEST = 3  # of what is left when an ending is taken away
LONGEST = 80  # letters; what is longer is no word, and is compared as it stands
_KEEPS_ITS_S = re.compile(r"(?:ss|us)$")
_AGENT = re.compile(r"er(?:ne|en|an|e|ar|ane|ene|s|es|nes|ens)$|(?<=[a-zæøå]{3})(?:arar|arane|aren)$")
_DIALECT_MANY = re.compile(r"(?<=[a-zæøå]{3})an$")  # "møtan", "gruppan"; but "handlingsplan" is one
_INFLECTION = ("ene", "ane", "en", "et", "ar", "a", "e")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a text: as it was written, where it stands, and the forms it is compared by (one or two)."""

    text: str
    start: int
    stop: int
    forms: tuple[str, ...]

    @property
    def is_number(self) -> bool:
        return self.text.isascii() and self.text.isdigit()


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text, left to right."""
    return tuple(
        Word(text=found.group(), start=found.start(), stop=found.end(), forms=forms_of(found.group()))
        for found in _WORD.finditer(text)
    )


def texts_of(text: str) -> list[str]:
    """Return the words of a text as they are written, left to right."""
    return _WORD.findall(text)


def plain(text: str) -> str:
    """Return the text in lower case, composed, without soft hyphens and with plain quotes."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("\u00ad", "")
    return folded.replace("é", "e").replace("’", "'").replace("\u00a0", " ")


@lru_cache(maxsize=8192)  # the same word is held against many phrases
def in_one_standard(word: str) -> str:
    """Return the word in lower case, and in bokmål where it is one of the small words that the standards differ in."""
    folded = plain(word)
    return _equivalents()[0].get(folded, folded)


@cache
def _equivalents() -> tuple[dict[str, str], dict[str, str], re.Pattern[str], dict[str, str]]:
    table = tomllib.loads(files("bot").joinpath("norwegian/lexicon/equivalents.toml").read_text("utf-8"))
    parts: dict[str, str] = table["parts"]
    longest_first = sorted(parts, key=len, reverse=True)
    return table["words"], parts, re.compile("|".join(map(re.escape, longest_first))), table["endings"]


_kept: dict[str, tuple[str, ...]] = {}


def forms_of(word: str) -> tuple[str, ...]:
    """Return the forms a word is compared by: two words are the same if they share one.

    Most words have one; what ends in -er has two, as "leder" is a person and "fagdager" are several days. So has
    what ends in -an, which is several things in the north.
    """
    known = _kept.get(word)
    if known is None:
        if len(_kept) > 20_000:  # words come from outside: what is kept is bounded
            _kept.clear()
        known = _kept[word] = _forms(plain(word).replace(".", ""))
    return known


def _forms(word: str) -> tuple[str, ...]:
    if len(word) > LONGEST:
        return (word,)
    folded = _one_standard(word)
    if len(folded) <= _SHORTEST or not folded.isalpha():
        return (folded,)
    agent = _AGENT.search(folded)
    if agent and agent.start() >= 2:
        return (folded[: agent.start()] + "er",)
    if folded.endswith(("er", "ar")) and len(folded) > _SHORTEST + 1:
        return (folded, folded[:-2])
    if _DIALECT_MANY.search(folded):
        return (folded, folded[:-2])
    bare = _without_inflection(folded)
    if bare == folded and len(bare) > _SHORTEST + 2 and bare.endswith("s") and not _KEEPS_ITS_S.search(bare):
        return (bare, bare[:-1])
    return (bare,)


def _one_standard(word: str) -> str:
    words, parts, pattern, endings = _equivalents()
    if word in words:
        return words[word]
    folded = pattern.sub(lambda found: parts[found.group()], word)
    for length in _lengths_of_endings():
        other = endings.get(folded[-length:])
        if other is not None and len(folded) - length >= 2:
            return folded[:-length] + other
    return folded


@cache
def _lengths_of_endings() -> tuple[int, ...]:
    """In letters, the longest first."""
    return tuple(sorted({len(ending) for ending in _equivalents()[3]}, reverse=True))


def _without_inflection(word: str) -> str:
    bare = word
    if bare.endswith("s") and len(bare) > _SHORTEST + 2 and not _KEEPS_ITS_S.search(bare):
        bare = bare[:-1]
        if not bare.endswith(_INFLECTION):
            bare = word
    for ending in _INFLECTION:
        if bare.endswith(ending) and len(bare) - len(ending) >= _SHORTEST:
            return bare[: -len(ending)]
    return bare
