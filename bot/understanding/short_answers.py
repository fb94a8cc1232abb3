"""A yes or a no to what was asked back, and the words that an answer may begin with."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from bot.understanding.words import plain


def said_yes(words: str) -> bool:
    """Whether the words are a plain yes."""
    return _bare(words) in _words()["answers"]["yes"]


def said_no(words: str) -> bool:
    """Whether the words are a plain no."""
    return _bare(words) in _words()["answers"]["no"]


def said_not_now(words: str) -> bool:
    """Whether the words put off what was asked."""
    return _bare(words) in _words()["not_now"]["words"]


def is_besides(words: str) -> bool:
    """Whether the words are about something else than what was asked, though they are no command."""
    return _bare(words) in _words()["not_now"]["besides"]


def without_answering(words: str) -> str:
    """Return the words without what may stand before an answer ("det er tirsdag 24.")."""
    bare = words.strip()
    longest_first = sorted(_words()["answering"]["words"], key=len, reverse=True)
    before = next((one for one in longest_first if plain(bare).startswith(f"{one} ")), "")
    return bare[len(before) :].strip()


def _bare(words: str) -> str:
    return plain(words).strip(' .,!"«»')


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("bot").joinpath("norwegian/commands.toml").read_text("utf-8"))
