"""What people are told we are doing while they wait."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files

from bot.model import Language


class Doing(StrEnum):
    """What takes its time."""

    LOOKING = "looking"
    READING = "reading"


def doing_in_words(doing: Doing, language: Language) -> str:
    """Return what we are doing, to stand behind our name."""
    return _words()[doing][language]


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("bot").joinpath("norwegian/working.toml").read_text("utf-8"))
