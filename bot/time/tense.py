"""Whether a question speaks of what has been."""

from __future__ import annotations

from collections.abc import Sequence

from bot.time.tokens import Token


def looks_back(tokens: Sequence[Token]) -> bool:
    """ "hva skjedde i mars" asks for a March gone by, and "hva er gjort i mars" too, but not "hva må være gjort"."""
    if any(token.says("past") for token in tokens):
        return True
    return any(token.says("done") for token in tokens) and not any(token.says("modal") for token in tokens)
