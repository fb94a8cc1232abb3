"""The names of weekdays over columns and before lines, shortened or as single letters."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.proposals.lexicon import fold, lexicon, words

_SCHOOL_WEEK = 5


def weekday(text: str) -> str | None:
    """Return the weekday in full that a word names, or None."""
    return _names().get(fold(text))


def with_whole_weekday(text: str) -> str:
    """Return a text that begins with a shortened weekday ("Fr. 8.9") with the weekday in full."""
    first, _, rest = text.partition(" ")
    name = weekday(first) if rest[:1].isdigit() and len(fold(first)) > 1 else None
    return f"{name} {rest}" if name else text


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
