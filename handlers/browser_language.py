"""The language that a page of ours is in: the browser's."""

from __future__ import annotations

from bot.model import Language

_KNOWN = {"nb": Language.NB, "no": Language.NB, "nn": Language.NN, "en": Language.EN}


def preferred(accepted: str) -> Language:
    """Return the first language of ours in an Accept-Language; bokmål where there is none."""
    named = (one.partition(";")[0].strip().partition("-")[0].casefold() for one in accepted.split(","))
    return next((_KNOWN[one] for one in named if one in _KNOWN), Language.NB)
