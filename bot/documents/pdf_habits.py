"""How a PDF as a whole is set: what its lines show of its words, and of how a paragraph goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bot.documents.pdf_lines import Line, without_bullet

# In sizes: the distance between lines where nothing tells of another, and the widest that is one.
_PITCH = 1.2
_WIDEST = 3.0
_ABBREVIATED = re.compile(r"^[a-zæøå]{2,5}\.? ?\d")
MARKS = '.,:;()«»"”“?!'


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What a document shows of itself.

    `words` are those that stand inside a line, so are surely whole. `keeps_spaces`: a wrapped line keeps the space at
    its end. `pitch` is the distance of wrapped lines, in sizes.
    """

    words: frozenset[str] = frozenset()
    keeps_spaces: bool = False
    pitch: float = _PITCH

    def knows(self, *words: str) -> bool:
        return all(word in self.words for word in words)


def is_rest(line: Line) -> bool:
    """Whether a line begins in small letters, as the rest of a sentence, and not as "ons. 4.9." in a list."""
    return line.text[0].islower() and not _ABBREVIATED.match(line.text)


def is_abbreviated(line: Line) -> bool:
    """Whether a line begins with a short word and a figure: "ons. 4.9.", "kl. 12"."""
    return _ABBREVIATED.match(line.text) is not None


def habits_of(columns: Iterable[Sequence[Line]]) -> Habits:
    """Return what columns of lines, each from the top, show."""
    words: set[str] = set()
    wrapped: list[tuple[bool, float]] = []
    for column in columns:
        for line in column:
            words.update(word.strip(MARKS) for word in line.text.split()[1:-1])
        for before, after in pairwise(column):
            if " " in without_bullet(before.text) and is_rest(after) and after.base > before.base:
                wrapped.append((before.is_spaced, (after.base - before.base) / after.size))
    return Habits(
        words=frozenset(words),
        keeps_spaces=sum(is_spaced for is_spaced, _ in wrapped) * 2 > len(wrapped),
        pitch=min(median(distance for _, distance in wrapped), _WIDEST) if wrapped else _PITCH,
    )
