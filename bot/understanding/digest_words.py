"""A digest's settings as people say them: "tirsdag kl. 9 på nynorsk, bare for styrerne, ikke i ferier"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from bot.digest import DaysOff
from bot.errors import BadDate
from bot.model import Language
from bot.understanding.weekly import is_of_weekly, read_weekly

_ZONE = re.compile(r"(?<![\w/])[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?(?![\w/])")
_CUT = " , "


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidSettings:
    """What was said of a digest; None is what was not. `only` is what it is to be about: none is everything."""

    weekday: int | None = None
    at: time | None = None
    language: Language | None = None
    zone: str | None = None
    days_off: DaysOff | None = None
    is_quiet: bool | None = None
    shows_waiting: bool | None = None
    only: tuple[str, ...] | None = None


def read_settings(words: str) -> SaidSettings:
    """Return what the words set. Raises BadDate for any word that sets nothing."""
    rest, said = _without_phrases(" ".join(words.split()))
    rest, zone = _without_zone(rest)
    rest, only = _without_only(rest)
    if only is None and "everything" in said:
        only = ()
    when = read_weekly(rest.replace(",", " "))
    return SaidSettings(
        weekday=when.weekday,
        at=when.at,
        language=_first(said, {f"in_{one}": one for one in Language}),
        zone=zone,
        days_off=_first(said, {f"days_off_{one}": one for one in DaysOff}),
        is_quiet=_first(said, {"quiet": True, "not_quiet": False}),
        shows_waiting=_first(said, {"waiting": True, "not_waiting": False}),
        only=only,
    )


def _first(said: Sequence[str], meanings: Mapping[str, Any]) -> Any:
    return next((meanings[name] for name in said if name in meanings), None)


def _without_phrases(words: str) -> tuple[str, list[str]]:
    said = []
    for name, pattern in _phrases():
        words, count = pattern.subn(_CUT, words)
        if count:
            said.append(name)
    return words, said


def _without_zone(words: str) -> tuple[str, str | None]:
    found = _ZONE.search(words)
    if found is None:
        return words, None
    try:
        ZoneInfo(found[0])
    except (KeyError, ValueError, OSError) as error:
        raise BadDate("bad_zone", words=found[0]) from error
    before = _table()["zone"]["before"]
    kept = re.sub(rf"(?:{'|'.join(map(re.escape, before))})\s*$", "", words[: found.start()], flags=re.IGNORECASE)
    return f"{kept}{_CUT}{words[found.end() :]}", found[0]


def _without_only(words: str) -> tuple[str, tuple[str, ...] | None]:
    """What stands behind "bare for" up to a comma; a weekday and an hour at its end are not of it."""
    only: list[str] = []
    while (found := _only().search(words)) is not None:
        said, behind = found[1].split(), []
        while said and is_of_weekly(said[-1]):
            behind.append(said.pop())
        only += _parted(" ".join(said))
        words = f"{words[: found.start()]} {' '.join(reversed(behind))} {words[found.end() :]}"
    return words, tuple(dict.fromkeys(only)) or None


def _parted(words: str) -> list[str]:
    between = "|".join(map(re.escape, _table()["only"]["between"]))
    return [one.strip() for one in re.split(rf"\s+(?:{between})\s+", words, flags=re.IGNORECASE) if one.strip()]


@cache
def _phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each phrase by what it sets, the longest first."""
    said = [(name, phrase) for name, phrases in _table()["phrases"].items() for phrase in phrases]
    ordered = sorted(said, key=lambda one: -len(one[1]))
    return tuple((name, re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE)) for name, phrase in ordered)


@cache
def _only() -> re.Pattern[str]:
    words = _table()["only"]
    begins, leads = ("|".join(map(re.escape, words[name])) for name in ("begins", "leads"))
    return re.compile(rf"(?<!\w)(?:{begins})\s+(?:(?:{leads})\s+)*([^,]+)", re.IGNORECASE)


@cache
def _table() -> Mapping[str, Any]:
    text = files("bot").joinpath("norwegian/digest_words.toml").read_text("utf-8")
    return tomllib.loads(text)
