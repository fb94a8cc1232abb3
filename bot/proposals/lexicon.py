"""The words that plans are read by, from bot/norwegian/lexicon."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TypeAlias

Table: TypeAlias = "dict[str, Table | list[str] | str]"

_SIGNS = re.compile(r"[^\w&§]+")


def fold(text: str) -> str:
    """Return the words of a text in small letters, one space between them, without signs."""
    return _SIGNS.sub(" ", text.casefold()).strip()


@cache
def lexicon(name: str) -> Table:
    """Return a file of words by its name, without ending."""
    return tomllib.loads(files("bot").joinpath(f"norwegian/lexicon/{name}.toml").read_text("utf-8"))


@cache
def words(name: str, *path: str) -> tuple[str, ...]:
    """Return the list of words at a place in a file of words."""
    found: object = lexicon(name)
    for step in path:
        assert isinstance(found, dict), path
        found = found[step]
    assert isinstance(found, list), path
    return tuple(str(word) for word in found)


@cache
def word_set(name: str, *path: str) -> frozenset[str]:
    return frozenset(words(name, *path))


@cache
def phrase(name: str, *path: str) -> re.Pattern[str]:
    """Return a pattern that finds any of the words, whole, the longest first."""
    return any_of(words(name, *path))


def any_of(choices: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(choices, key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(word) for word in ordered) + r")(?![\w-])", re.IGNORECASE)


@cache
def ending(name: str, *path: str) -> re.Pattern[str]:
    """Return a pattern that a word fits which is one of the words, or ends in one, in any inflection.

    Words of two or three letters are left out: too many others end in them.
    """
    ordered = sorted(words(name, *path), key=len, reverse=True)
    inflected = r"(?:n|t|r|s|a|e|en|et|er|ne|ar|ene|ane|ens|ets|ers|enes|anes)?"
    return re.compile(
        r"^\S*(?:" + "|".join(re.escape(word) for word in ordered) + ")" + inflected + r"$", re.IGNORECASE
    )
