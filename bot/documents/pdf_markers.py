"""Bullets and numbers that stand apart from the words they begin: no column of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.documents.pdf_lines import BULLETS, Line, line_of

# In sizes: the farthest that words are set in from the bullet or number before them, and how far it may be lower.
_FARTHEST = 3.2
_ONE_LINE = 0.45
_NUMBER = re.compile(r"\(?\d{1,2}[.)]|\(?[a-zæøå][.)]")
_BULLET = re.compile(f"[{BULLETS}*–—o-]")


def with_markers(rows: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the lines of a page, each as its pieces; a bullet or a number is together with the words behind it.

    A bullet in larger signs may stand a little lower than these, and so on a line of its own.
    """
    made = [_together(row) for row in rows]
    for row, other in (*pairwise(made), *((after, before) for before, after in pairwise(made))):
        for marker in [piece for piece in row if _BULLET.fullmatch(piece.text)]:
            for at, piece in enumerate(other):
                is_level = abs(marker.base - piece.base) <= _ONE_LINE * max(marker.size, piece.size)
                if is_level and piece.left > marker.right and (joined := _joined(marker, piece)):
                    row.remove(marker)
                    other[at] = joined
                    break
    return [row for row in made if row]


def _together(row: Sequence[Line]) -> list[Line]:
    made: list[Line] = []
    for piece in row:
        joined = _joined(made[-1], piece) if made else None
        if joined:
            made[-1] = joined
        else:
            made.append(piece)
    return made


def _joined(marker: Line, piece: Line) -> Line | None:
    is_number = _NUMBER.fullmatch(marker.text) is not None and not _NUMBER.fullmatch(piece.text)
    is_near = piece.left - marker.right <= _FARTHEST * piece.size
    if not is_near or not (is_number or _BULLET.fullmatch(marker.text)):
        return None
    return line_of((*marker.words, *piece.words), piece.base, piece.size)
