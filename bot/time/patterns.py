"""The notation of grammar rules: `[x y]` may be left out, `(a|b)` is a choice, `name:symbol` is handed on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

Step = tuple[str, str | None]
"""A symbol, and the name it is handed on by."""

_PIECE = re.compile(r"\s*([\[\](|)]|[^\s\[\](|)]+)")


def expanded(pattern: str) -> list[list[Step]]:
    """Return every plain sequence of steps that the pattern stands for."""
    pieces = _PIECE.findall(pattern)
    sequences, rest = _choice(pieces)
    if rest:
        raise ValueError(f"{pattern!r} closes what it never opened")
    return sequences


def _choice(pieces: Sequence[str]) -> tuple[list[list[Step]], Sequence[str]]:
    sequences, pieces = _sequence(pieces)
    while pieces and pieces[0] == "|":
        more, pieces = _sequence(pieces[1:])
        sequences = sequences + more
    return sequences, pieces


def _sequence(pieces: Sequence[str]) -> tuple[list[list[Step]], Sequence[str]]:
    sequences: list[list[Step]] = [[]]
    while pieces and pieces[0] not in ")|]":
        if pieces[0] in "[(":
            opened = pieces[0]
            options, pieces = _choice(pieces[1:])
            if not pieces:
                raise ValueError(f"{opened} is never closed")
            options = [*options, []] if opened == "[" else options
        else:
            name, colon, symbol = pieces[0].partition(":")
            options = [[(symbol, name) if colon else (name, None)]]
        pieces = pieces[1:]
        sequences = [left + right for left, right in product(sequences, options)]
    return sequences, pieces
