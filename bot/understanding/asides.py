"""The question in a message that tells something besides: "Jeg er vikar her. Når er neste møte? Hilsen Kari"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.sentence import concepts_of

_PIECES = re.compile(r"(?<=[.!?;,:])\s+|\s+[–-]\s+|\s*\n\s*")
_MOST_PIECES = 12  # each way to part them is looked at
_ASKING = frozenset(
    {"what", "which", "who", "when", "where", "how", "why", "how_many", "how_long", "clock", "dates", "list", "how_far"}
)


def questions_in(text: str) -> Iterator[tuple[str, str]]:
    """Return each part that may be the question, with what is told beside it; nothing where all of it asks.

    What is told is no question, and is about whoever asks or is a name that signs: what may narrow the question
    ("i kantina, …") is none.
    """
    pieces = _PIECES.split(text.strip())
    if len(pieces) > _MOST_PIECES:
        return
    for cut in range(1, len(pieces)):
        first, last = text[: _start(text, pieces, cut)].strip(), text[_start(text, pieces, cut) :].strip()
        if _is_told(first):
            yield last, first
        if _is_told(last) or "signing" in concepts_of(pieces[cut], just_first=True):
            yield first, last


def _start(text: str, pieces: list[str], cut: int) -> int:
    """Where the piece with that number begins."""
    at = 0
    for piece in pieces[: cut + 1]:
        at = text.index(piece, at)
        start, at = at, at + len(piece)
    return start


def _is_told(part: str) -> bool:
    concepts = concepts_of(part)
    return "?" not in part and "oneself" in concepts and not concepts & _ASKING
