"""When a weekly digest is to come, as people say it: "mandag 08.00", "hver fredag kl. 14"."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import time
from functools import cache
from importlib.resources import files

from bot.errors import BadDate
from bot.understanding.words import plain

_CLOCK = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """A weekday (0 is Monday) and a time on the wall; None is what was not said."""

    weekday: int | None = None
    at: time | None = None


def read_weekly(words: str) -> Weekly:
    """Return the weekday and hour that the words name. Raises BadDate for any word that is neither."""
    weekday, at = None, None
    for word in (piece.strip(".,") for piece in plain(words).split()):
        if word in _small() or not word:
            continue
        clock = _CLOCK.fullmatch(word)
        if clock and at is None:
            at = _time(int(clock[1]), int(clock[2] or 0), words)
        elif word in _weekdays() and weekday is None:
            weekday = _weekdays()[word]
        else:
            raise BadDate("bad_weekly", words=words)
    return Weekly(weekday=weekday, at=at)


def is_of_weekly(word: str) -> bool:
    """Whether the word tells when a digest comes: a weekday, an hour, or a small word before one."""
    bare = plain(word).strip(".,")
    return bare in _small() or bare in _weekdays() or _CLOCK.fullmatch(bare) is not None


def _time(hour: int, minute: int, words: str) -> time:
    if hour > 23 or minute > 59:
        raise BadDate("bad_weekly", words=words)
    return time(hour, minute)


@cache
def _weekdays() -> dict[str, int]:
    return {name: number for number, names in enumerate(_table()["days"]) for name in names}


@cache
def _small() -> frozenset[str]:
    return frozenset(str(word) for word in _table()["small"])


def _table() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = tomllib.loads(
        files("bot").joinpath("norwegian/commands.toml").read_text("utf-8")
    )["weekly"]
    return found
