"""A person's own page: its parts in order, each with the message whose answer fills it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.model import Language

MINE = "mine"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePart:
    """One part; `only_with_buttons` is that it is of use only to whoever may press something there."""

    name: str
    title: str
    says: str
    only_with_buttons: bool


def home_parts(language: Language) -> tuple[HomePart, ...]:
    """Return the parts of the page, the person's own measures first."""
    return tuple(
        HomePart(
            name=part["name"],
            title=part["title"][language],
            says=part["says"][language],
            only_with_buttons=part.get("only_with_buttons", False),
        )
        for part in _words()["part"]
    )


def first_words(language: Language) -> str:
    """Return what somebody who has nothing of their own yet is told to do first."""
    return str(_words()["first"][language])


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("bot").joinpath("norwegian/home.toml").read_text("utf-8"))
