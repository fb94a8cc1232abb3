"""Which document that waits a command is about, and what it is to be taken in as: "17", "17 som ny", "17 som KIBS"."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.model import Language
from bot.understanding.words import plain

# A longer number no database has.
_SAID = re.compile(r"(\d{1,9})(?:\s+(\S+)\s+(.+))?\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A document by its number; as a new plan, as the next version of a plan, or (neither) as what fits."""

    number: int
    plan: str | None = None
    is_new: bool = False


def read_waiting(words: str) -> Waiting | None:
    """Return what the words behind the command say; None where they are something else."""
    found = _SAID.fullmatch(words)
    if found is None or (found[2] and plain(found[2]) not in _words()["as"]):
        return None
    is_new = bool(found[3]) and plain(found[3]) in _words()["new"].values()
    return Waiting(number=int(found[1]), plan=None if is_new else found[3], is_new=is_new)


def as_plan(number: str, language: Language, short: str | None) -> str:
    """Return the words that take a document in as the next version of that plan, or as a new one."""
    word = _words()["as"][-1 if language is Language.EN else 0]
    return f"{number} {word} {short or _words()['new'][language]}"


@cache
def _words() -> dict[str, Any]:
    table = tomllib.loads(files("bot").joinpath("norwegian/commands.toml").read_text("utf-8"))
    found: dict[str, Any] = table["waiting"]
    return found
