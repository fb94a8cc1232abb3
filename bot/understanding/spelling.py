"""One slip of the fingers in a long word; the only file that imports rapidfuzz."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

SHORTEST = 6  # one letter more or less makes another word of a short one
_SHORTEST_CHANGED = 8  # and so does another letter: "hunder" is not "hender"


def meant(word: str, among: Sequence[str]) -> str | None:
    """Return the one of `among` (lower case) that differs by one letter put in, left out, changed or swapped.

    The first letter must be right: it nearly always is, and else "vinner" would be "finner". None where the word
    is short or none is so near.
    """
    if len(word) < SHORTEST:
        return _swapped(word, among) if len(word) == SHORTEST - 1 else None
    near = extract_iter(word, among, scorer=OSA.distance, score_cutoff=1)
    return min((found for found, _, _ in near if found[:1] == word[:1] and not _is_another(word, found)), default=None)


def _is_another(word: str, found: str) -> bool:
    """Whether a letter is changed in a word that is too short for it."""
    return len(word) == len(found) < _SHORTEST_CHANGED and sorted(word) != sorted(found)


def _swapped(word: str, among: Sequence[str]) -> str | None:
    """The one that has the same letters, two neighbours in each other's place ("sjker")."""
    letters = sorted(word)
    same = (found for found in among if found[:1] == word[:1] and sorted(found) == letters)
    return min((found for found in same if OSA.distance(word, found) == 1), default=None)
