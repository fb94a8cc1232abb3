"""Whether a question speaks of what has been."""

from __future__ import annotations

from collections.abc import Iterable

from bot.time.tokens import Token


def looks_back(tokens: Iterable[Token]) -> bool:
    """ "hva skjedde i mars" asks for a March gone by."""
    return any(token.says("past") for token in tokens)
