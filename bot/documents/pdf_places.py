"""Where something stands in a PDF, in words: its page."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from bot.documents.document import Place


def at_page(number: int) -> Place:
    """Return the place of a page, the first one 1: "side 3"."""
    return Place(words=_words()["page"].format(page=number))


@cache
def _words() -> dict[str, str]:
    return tomllib.loads(files("bot").joinpath("norwegian/readers.toml").read_text("utf-8"))
