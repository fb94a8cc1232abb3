"""How the words, lists and instants of the core are kept in a column, the same on every database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, String
from sqlalchemy.types import TypeDecorator

from bot.excerpts import Excerpt
from bot.model import Milestones
from bot.terms import Saying, Tells, Term

_SHORT = 200


def storable(text: str) -> str:
    """The text without what a database cannot keep: NUL, and half of a surrogate pair."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def from_json(text: str | bytes) -> Any:
    """Return what a JSON column holds. Every item has four short lists, and most items the same: each is read once."""
    known = _flat_list(text) if len(text) <= _SHORT and text[:1] in ("[", b"[") else None
    return json.loads(text) if known is None else list(known)


@lru_cache(maxsize=10_000)
def _flat_list(text: str | bytes) -> tuple[str | int, ...] | None:
    """A list of words or numbers alone; None where it has more in it."""
    read = json.loads(text)
    return tuple(read) if all(isinstance(one, str | int) for one in read) else None


class Words(TypeDecorator[str]):
    """Text of any length, from anybody."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class WordList(TypeDecorator[tuple[str, ...]]):
    """A tuple of words, as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> list[str]:
        return [storable(word) for word in value or ()]

    def process_result_value(self, value: Sequence[str] | None, dialect: Dialect) -> tuple[str, ...]:
        return tuple(value or ())


class MilestoneList(TypeDecorator[Milestones]):
    """The numbers of milestones, or all of them, as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Milestones | None, dialect: Dialect) -> list[int] | str:
        return "all" if value == "all" else [int(number) for number in value or ()]

    def process_result_value(self, value: Sequence[int] | str | None, dialect: Dialect) -> Milestones:
        return "all" if isinstance(value, str) else tuple(value or ())


class TermList(TypeDecorator[tuple[Term, ...]]):
    """What a plan says of its short names and groups, as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Sequence[Term] | None, dialect: Dialect) -> list[dict[str, Any]] | None:
        return None if value is None else [_term_to_json(term) for term in value]

    def process_result_value(self, value: Sequence[dict[str, Any]] | None, dialect: Dialect) -> tuple[Term, ...] | None:
        return None if value is None else tuple(map(_term_from_json, value))


def _term_to_json(term: Term) -> dict[str, Any]:
    sayings = [
        {"text": storable(one.text), "tells": list(one.tells), "source": _storable(one.source), "line": one.source_line}
        for one in term.sayings
    ]
    return {"name": storable(term.name), "stands_for": _storable(term.stands_for), "sayings": sayings}


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _term_from_json(kept: dict[str, Any]) -> Term:
    sayings = (
        Saying(
            text=one["text"],
            tells=tuple(map(Tells, one["tells"])),
            source=one["source"],
            source_line=one["line"],
        )
        for one in kept["sayings"]
    )
    return Term(name=kept["name"], stands_for=kept["stands_for"], sayings=tuple(sayings))


class ExcerptList(TypeDecorator[tuple[Excerpt, ...]]):
    """What a plan says in running text, as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Sequence[Excerpt] | None, dialect: Dialect) -> list[dict[str, Any]] | None:
        return None if value is None else [_excerpt_to_json(excerpt) for excerpt in value]

    def process_result_value(
        self, value: Sequence[dict[str, Any]] | None, dialect: Dialect
    ) -> tuple[Excerpt, ...] | None:
        return None if value is None else tuple(map(_excerpt_from_json, value))


def _excerpt_to_json(excerpt: Excerpt) -> dict[str, Any]:
    return {
        "text": storable(excerpt.text),
        "heading": _storable(excerpt.heading),
        "source": _storable(excerpt.source),
        "line": excerpt.source_line,
    }


def _excerpt_from_json(kept: dict[str, Any]) -> Excerpt:
    return Excerpt(text=kept["text"], heading=kept["heading"], source=kept["source"], source_line=kept["line"])


class Instant(TypeDecorator[datetime]):
    """A moment, in UTC; aware on its way in and out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment must have a time zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def one_of(names: type[StrEnum]) -> Enum:
    """One of a fixed set of names, as text, so that a new name needs no new column."""
    return Enum(names, native_enum=False, length=32, values_callable=lambda kind: [name.value for name in kind])
