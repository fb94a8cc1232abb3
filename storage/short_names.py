"""What the keys of a plan's items begin with, made of its title: short, in capitals, and its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

LONGEST = 6
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"[IVXLC]+")
# What a plan calls itself says nothing of which plan it is.
_SORT_OF_PLAN = re.compile(r".*(plan|planen|planer|planar|planene|planane)", re.IGNORECASE)


def short_name(title: str, organisation: str | None, taken: Collection[str]) -> str:
    """Return 2–6 capital letters, with a number behind where another plan has them.

    An acronym in the title comes first, then one in the name of the organisation; else the initials
    of the words that tell this plan from others, or the beginning of such a word if there is but one.
    """
    texts = [text for text in (title, organisation or "") if text]
    found = next((short for text in texts if (short := _acronym(text))), None)
    found = found or next((short for text in texts if (short := _initials(text))), None)
    return _free(found or _beginning(_words(title)) or "PLAN", taken)


def _acronym(text: str) -> str | None:
    """The first short word with two capitals ("KIBS", "SePU"); none in a text that is all capitals."""
    if _shouts(text):
        return None
    return next((word.upper()[:LONGEST] for word in _words(text) if _is_acronym(word)), None)


def _shouts(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum(letter.isupper() for letter in letters) > len(letters)


def _is_acronym(word: str) -> bool:
    capitals = sum(letter.isupper() for letter in word)
    return 2 <= len(word) <= LONGEST and word[0].isupper() and capitals >= 2


def _initials(text: str) -> str | None:
    telling = [word for word in _words(text) if _tells(word, _shouts(text))]
    if len(telling) < 2:
        return _beginning(telling)
    return "".join(word[0] for word in telling).upper()[:LONGEST]


def _tells(word: str, in_capitals: bool) -> bool:
    """Names and longer words do; small ones, and words for plans, do not."""
    is_name = word[0].isupper() and not in_capitals
    return (is_name or len(word) > 3) and not _SORT_OF_PLAN.fullmatch(word)


def _beginning(words: Iterable[str]) -> str | None:
    """The whole of the first word if it is short, else its first four letters."""
    word = next((word.upper() for word in words if len(word) > 1), None)
    return word if word is None or len(word) <= LONGEST else word[:4]


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if not _ROMAN.fullmatch(word)]


def _free(short: str, taken: Collection[str]) -> str:
    """The first of KIBS, KIBS2, KIBS3 … that no plan has."""
    number, free = 1, short
    while free in taken:
        number += 1
        free = f"{short}{number}"
    return free
