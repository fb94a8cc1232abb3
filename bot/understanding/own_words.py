"""What somebody says of their own settings: the language to be answered in, and how many days before a deadline."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from bot.model import Language
from bot.reminding import MOST_DAYS_BEFORE
from bot.time.calendar import WEEK
from bot.understanding.words import plain

MOST_TIMES = 5
AS_WRITTEN = "as_written"


def language_said(words: str) -> str | None:
    """Return the language that the words name, AS_WRITTEN for that of each message; None for other words."""
    bare = plain(words).strip(' .!"«»')
    return next((name for name, said in _words()["language"].items() if bare in said), None)


def language_to_type(choice: Language | None, language: Language) -> str:
    """Return how a choice is typed behind the command, in a written standard; None is the language of each message."""
    return str(_words()["typed"][choice or AS_WRITTEN][language])


def days_said(words: str) -> tuple[int, ...] | None:
    """Return the days before a deadline that are said ("14 og 3 dager", "en uke"), the most first; None for else."""
    days = tuple(sorted(set(_days_in(words)), reverse=True))
    is_read = 0 < len(days) <= MOST_TIMES and -1 not in days and days[0] <= MOST_DAYS_BEFORE
    return days if is_read else None


def days_to_type(days: tuple[int, ...], language: Language) -> str:
    """Return how days before a deadline are typed behind the command ("7 og 1 dager")."""
    table = _words()["days"]["typed"]
    return f" {table['and'][language]} ".join(map(str, days)) + f" {table['days'][language]}"


def _days_in(words: str) -> Iterator[int]:
    """Each number, with the week that it may be a number of; -1 for a word that tells nothing of days."""
    said, table = re.findall(r"[^\W_]+", plain(words)), _words()["days"]
    for at, word in enumerate(said):
        number = table["numbers"].get(word) or (int(word) if re.fullmatch(r"[0-9]{1,4}", word) else None)
        if number is not None:
            yield number * (WEEK.days if _is_of_weeks(said[at + 1 :], table) else 1)
        elif word not in table["small"] and word not in table["weeks"]:
            yield -1


def _is_of_weeks(behind: list[str], table: Mapping[str, Any]) -> bool:
    """Whether the next unit is weeks: in "2 og 1 uke" both numbers are."""
    return next((word in table["weeks"] for word in behind if word in table["weeks"] or word in table["unit"]), False)


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(files("bot").joinpath("norwegian/own_words.toml").read_text("utf-8"))
