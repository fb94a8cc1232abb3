"""A step from an item's own day, as it is said: "en uke senere", "til dagen etter", "fram to dager"."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.understanding.words import plain

_LONGEST = 60
_MOST_STEPS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """So many days, weeks, months or hours, back where `steps` is below 0; `is_either`: it may be meant both ways."""

    unit: str
    steps: int
    is_either: bool = False


def shift_in(words: str) -> Shift | None:
    """Return the step that the words are, and nothing else; None for all else."""
    if len(words) > _LONGEST:
        return None
    said = plain(words).strip(" .!,")
    for phrase in _table()["small"]:
        said = said.removeprefix(f"{phrase} ").removesuffix(f" {phrase}")
    return _neighbour(said) or _counted(said)


def _neighbour(said: str) -> Shift | None:
    """ "dagen etter", "neste dag"."""
    for unit, phrases in _table()["neighbour"].items():
        for way, steps in (("next", 1), ("before", -1)):
            if said in phrases[way]:
                return Shift(unit=unit, steps=steps)
    return None


def _counted(said: str) -> Shift | None:
    """ "en uke senere", "fram to dager"."""
    for steps, way in _sides(said):
        count, _, unit = steps.rpartition(" ")
        number = int(count) if count.isascii() and count.isdigit() else numbers_in_words().get(count)
        named = next((name for name, words in _table()["unit"].items() if unit in words), None)
        if number is not None and named is not None and 0 < number <= _MOST_STEPS:
            return Shift(unit=named, steps=-number if way == "earlier" else number, is_either=way == "either")
    return None


def _sides(said: str) -> Iterator[tuple[str, str]]:
    """The words without what tells which way, and which way that is; later where nothing tells."""
    for way in ("later", "earlier", "either"):
        for word in sorted(_table()["way"][way], key=len, reverse=True):
            if said.endswith(f" {word}"):
                yield said.removesuffix(f" {word}"), way
            elif said.startswith(f"{word} "):
                yield said.removeprefix(f"{word} "), way
    yield said, "later"


@cache
def numbers_in_words() -> Mapping[str, int]:
    """Return small numbers by the words for them."""
    return {word: int(number) for number, words in _table()["number"].items() for word in words}


@cache
def _table() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(files("bot").joinpath("norwegian/orders.toml").read_text("utf-8"))["shift"]
    return found
