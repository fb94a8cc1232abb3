"""Short names and what they stand for: "Skolenes utviklingsgruppe (SKUT)", "SKUT = …", "for BTI, Bedre …"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from tomllib import loads

from bot.proposals.lexicon import word_set, words

_CAPITAL, _LETTER = "[A-ZÆØÅ]", r"[^\W\d_]"
# Two capitals at least, or one that small letters follow ("Udir"); figures may be in it ("LK20").
SHORT = rf"(?<![\w&/-]){_CAPITAL}[\w&]{{1,9}}(?![\w&/-])"
_CAPITALS = re.compile(rf"^{_CAPITAL}[\w&]*{_CAPITAL}[\w&]*$")
_ONE_CAPITAL = re.compile(r"^[A-ZÆØÅ][a-zæøå]{2,5}$")
_SHORT_IN_BRACKETS = re.compile(r"\(\s*[«\"“]?([A-ZÆØÅ][\w&]{1,9})[»\"”]?\s*\)")
_FULL_IN_BRACKETS = re.compile(rf"({SHORT})\s?\(([^()]{{4,90}})\)")
_EQUALS = re.compile(rf"({SHORT})\s?=\s?([^=;,.()]{{4,90}}?)(?=\s*(?:[;,.()]|{SHORT}\s?=|$))")
_LED = re.compile(rf"^\W{{0,3}}({SHORT})\s?(?::|\s[–—-])\s([^.;,()]{{4,90}})")
_BEHIND = re.compile(rf"(?:\s[–—-]|,)\s({SHORT})(?=[,.;:]|$)")
_BESIDE = re.compile(rf"({SHORT}),\s([^,.;:()]{{5,90}})(?=[,.;:]|$)")
_END_OF_NAME = re.compile(r"[.;:!?()«»\"]")
_YEARS = re.compile(r"\s*\(?\d{4}(?:\s?[-–/]\s?\d{2,4})?\)?$")
_PARTS = re.compile(r"[\s/-]+")
_MOST_WORDS = 10
_LONGEST_NAME = 200


def is_short_name(word: str) -> bool:
    """Whether a word looks like a short name: two capitals or more, and none of the words that people write so."""
    return (
        bool(_CAPITALS.match(word)) and _letters(word) > 1 and word.casefold() not in word_set("terms", "short", "not")
    )


def spelt_out(text: str) -> Iterator[tuple[str, str]]:
    """Yield the short names that a text explains, each with what it stands for, both as they are written."""
    for found in _SHORT_IN_BRACKETS.finditer(text):
        yield from _with(found[1], _ending(_before(text, found), found[1]))
    for found in _FULL_IN_BRACKETS.finditer(text):
        yield from _with(found[1], found[2].strip() if _fits(found[2].split(), found[1]) else None)
    for found in _EQUALS.finditer(text):
        yield from _with(found[1], found[2].strip() if _letters(found[2]) > 3 and is_short_name(found[1]) else None)
    if led := _LED.match(text):
        full = led[2].strip()
        yield from _with(led[1], full if _fits(full.split(), led[1]) else None)
    yield from _told(text)
    yield from _apart(text)


def _told(text: str) -> Iterator[tuple[str, str]]:
    """ "SUT står for skoleeiers utviklingsgruppe." """
    for found in _stands_for().finditer(text):
        yield from _with(found[1], found[2].strip(" «»\"'"))


def _apart(text: str) -> Iterator[tuple[str, str]]:
    """What commas or a dash set apart: "for BTI, Bedre tverrfaglig innsats, …"; every letter begins a word there."""
    for found in _BEHIND.finditer(text):
        yield from _with(found[1], _ending(_YEARS.sub("", _before(text, found)), found[1], is_strict=True))
    for found in _BESIDE.finditer(text):
        yield from _with(found[1], found[2].strip() if _begins_all(found[2].split(), found[1]) else None)


@cache
def _stands_for() -> re.Pattern[str]:
    told = "|".join(re.escape(said) for said in words("terms", "stands_for", "words"))
    return re.compile(rf"({SHORT}) (?:{told}) ([^.;,()]{{4,90}})")


def _with(short: str, full: str | None) -> Iterator[tuple[str, str]]:
    is_one = _ONE_CAPITAL.match(short) and short.casefold() not in word_set("terms", "short", "not")
    if full and (is_one or is_short_name(short)) and full.casefold() != short.casefold():
        yield short, full


def _before(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - _LONGEST_NAME) : found.start()]


def _ending(before: str, short: str, *, is_strict: bool = False) -> str | None:
    """Return the words at the end of a text that a short name stands for: those whose first letters are most of it."""
    written = _END_OF_NAME.split(before)[-1].replace("(", " ").split()[-_MOST_WORDS:]
    fits = _begins_all if is_strict else _fits
    choices = [written[at:] for at in range(len(written) - 1, -1, -1) if fits(written[at:], short)]
    # Of those with as many first letters the shortest; what has many more words than letters is a sentence.
    choices = [choice for choice in choices if len(_content(choice)) <= _letters(short) + 1]
    best = max(choices, key=lambda choice: _initials(choice, short), default=None)
    return " ".join(best).strip(" ,–-") if best else None


def _fits(full: Sequence[str], short: str) -> bool:
    """Whether a short name has letters of the words in their order, from the first one's first letter on."""
    said, letters = " ".join(full).casefold(), _lower(short)
    if not full or not said.startswith(letters[0]) or len(said) < len(short) * 2 or not _in_order(said, letters):
        return False
    if len(_PARTS.split(said)) == 1:
        return not said.startswith(letters)
    is_abbreviation = not _ONE_CAPITAL.match(short)
    return is_abbreviation and _initials(full, short) > 1 and full[-1].casefold() not in _small_words()


def _begins_all(full: Sequence[str], short: str) -> bool:
    """Whether every letter of a short name begins one of the words; small words may lack."""
    letters = _lower(short)
    said = [word for word in full if word.casefold() not in _small_words() or word[0].casefold() in letters]
    return len(letters) > 1 and _fits(full, short) and _initials(said, short) == len(letters)


def _initials(full: Iterable[str], short: str) -> int:
    """How many letters of a short name begin a word, in order."""
    firsts = [part[0] for part in _PARTS.split(" ".join(full).casefold()) if part]
    lengths = [0] * (len(firsts) + 1)
    for letter in _lower(short):
        before = lengths[:]
        for at, first in enumerate(firsts):
            lengths[at + 1] = before[at] + 1 if first == letter else max(lengths[at], before[at + 1])
    return lengths[-1]


def _in_order(text: str, letters: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _content(full: Sequence[str]) -> list[str]:
    return [word for word in full if word.casefold() not in _small_words()]


def _lower(short: str) -> str:
    return "".join(sign for sign in short.casefold() if sign.isalpha())


def _letters(word: str) -> int:
    return sum(map(str.isalpha, word))


@cache
def _small_words() -> frozenset[str]:
    readers = loads(files("bot").joinpath("norwegian/readers.toml").read_text("utf-8"))
    return frozenset(readers["small_words"])
