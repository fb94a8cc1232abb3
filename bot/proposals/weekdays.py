"""The names of weekdays over columns and before lines, shortened or as single letters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from bot.proposals.lexicon import fold, lexicon, phrase, words

_SCHOOL_WEEK = 5
_PLURAL = re.compile(r"(?<=dag)(?:er|ar|ene|ane|a)$")
_INNER = re.compile(r"((?:[–-]|\bog\b|,)\s*)([^\W\d_]{2,4})\.?\s+(?=\d)")
_JOINED = re.compile(r"(\s*(?:[–—/,&-]|\b(?:og|til)\b)\s*)")
_BEGINNING = re.compile(
    r"^([^\W\d_]+\.?(?:\s*(?:[–—/,&-]|\b(?:og|til)\b)\s*[^\W\d_]+\.?){0,4})(?=\s|:|$)", re.IGNORECASE
)


def weekday(text: str) -> str | None:
    """Return the weekday in full that a word names, or None."""
    return _names().get(fold(text))


def with_whole_weekday(text: str) -> str:
    """Return a text with the shortened weekdays before its days in full ("Fr. 8.9", "ma 10.–fr 14."), plural ones gone.

    "Måndagane 7. og 14." are the seventh and the fourteenth.
    """
    first, _, rest = text.partition(" ")
    if rest[:1].isdigit() and _PLURAL.match(fold(first)) and weekday(_PLURAL.sub("", fold(first))):
        return rest
    name = weekday(first) if rest[:1].isdigit() and len(fold(first)) > 1 else None
    return _INNER.sub(_in_full, f"{name} {rest}" if name else text)


def _in_full(found: re.Match[str]) -> str:
    name = weekday(found[2]) if len(found[2]) > 1 else None
    return f"{found[1]}{name} " if name else found[0]


def leading_weekdays(text: str) -> tuple[str, str] | None:
    """Return the weekdays that a text begins with, in full ("ma–ti" is "mandag–tirsdag"), and the rest of it.

    A short form is a weekday only where nothing but weekdays is bound to it; None where the text begins otherwise.
    """
    found = _BEGINNING.match(text)
    if found is None:
        return None
    pieces = _JOINED.split(found[1])
    names = [weekday(piece) if at % 2 == 0 else piece for at, piece in enumerate(pieces)]
    rest = text[found.end() :].strip(" :–—-")
    if not all(names) or len(fold(pieces[0])) < 2 or (len(found[1]) == 2 and rest[:1].islower()):
        return None  # "To lærere møter" begins with a number
    return "".join(name for name in names if name), rest


def whole_week(text: str) -> str | None:
    """Return what stands behind words for all of a week ("Heile veka: …"), or None where a text begins otherwise."""
    found = phrase("plans", "weekdays", "whole").match(text)
    return text[found.end() :].strip(" :–—-") if found else None


def weekdays(texts: Mapping[int, str]) -> dict[int, str] | None:
    """Return the weekdays that stand over columns; None where fewer than three do.

    Single letters are weekdays where they stand in the order of the week, Monday to Friday at least.
    """
    found = {column: name for column, text in texts.items() if (name := weekday(text))}
    if len(found) >= 3:
        return found
    letters = {column: fold(text) for column, text in sorted(texts.items()) if len(fold(text)) == 1}
    said = "".join(letters.values())
    if len(said) < _SCHOOL_WEEK or not words("plans", "weekdays", "letters")[0].startswith(said):
        return None
    return {column: _week()[index] for index, column in enumerate(letters)}


@cache
def _week() -> tuple[str, ...]:
    """Return the days of the week in full, Monday first."""
    return tuple(names[0] for names in _table())


@cache
def _names() -> dict[str, str]:
    return {name: names[0] for names in _table() for name in names}


@cache
def _table() -> tuple[tuple[str, ...], ...]:
    found = lexicon("plans")["weekdays"]
    assert isinstance(found, dict)
    names = found["names"]
    return tuple(tuple(str(name) for name in day) for day in names)


def names_weekday(text: str) -> bool:
    """Whether a text names a day of the week."""
    return any(word in _names() for word in fold(text).split())
