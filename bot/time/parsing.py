"""A text as the grammar reads it: all times in it, and the one that it is if it is nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.time.chart import Chart
from bot.time.grammar import grammar
from bot.time.normal import NormalText, normalised
from bot.time.tokens import Token, tokens_of
from bot.time.values import Value

_OPENING_MARKS = frozenset("*•·")
_CLOSING_MARKS = frozenset(".,:;!*")
# What is longer than this is no cell, and a message's is remembered only while it is answered.
_CELL_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A time in a text: from character to character of the text as it was given."""

    start_at: int
    stop_at: int
    value: Value


class Parsing:
    """One text; what is asked of it is worked out once, from one chart."""

    def __init__(self, text: str) -> None:
        self._normal: NormalText = normalised(text)
        self.tokens: list[Token] = tokens_of(self._normal.text)
        self._chart = Chart(grammar(), self.tokens)

    @cached_property
    def times(self) -> tuple[Spoken, ...]:
        """The times in the text, left to right, the longest at each place; those that are Silence too."""
        return self._all("time")

    @cached_property
    def events(self) -> tuple[Spoken, ...]:
        """The days of a school's year that are events as well: times where a calendar has them, and only there."""
        return self._all("school_events")

    def _all(self, symbol: str) -> tuple[Spoken, ...]:
        begins = grammar().first[symbol]
        found: list[Spoken] = []
        at = 0
        while at < len(self.tokens):
            longest = None
            if not begins.isdisjoint(self.tokens[at].categories):
                longest = self._chart.longest(symbol, at)
            if longest is None:
                at += 1
            else:
                found.append(self._spoken(at, *longest))
                at = longest[0]
        return tuple(found)

    def _spoken(self, first: int, after: int, value: Value) -> Spoken:
        start = self._normal.origin(self.tokens[first].start)
        stop = self._normal.origin(self.tokens[after - 1].stop)
        return Spoken(start_at=start, stop_at=stop, value=value)

    @cached_property
    def cell(self) -> Value | None:
        """What the whole text is as one time, marks around it aside."""
        first, after = 0, len(self.tokens)
        while first < after and self.tokens[first].text in _OPENING_MARKS:
            first += 1
        while after > first and self.tokens[after - 1].text in _CLOSING_MARKS:
            after -= 1
        if first == after:
            return None
        found = self._chart.ends("cell", first).get(after)
        return found[1] if found else None


def parsing(text: str) -> Parsing:
    """Return the text parsed. It is remembered: cells repeat, and a message is read more than once."""
    return _cell(text) if len(text) <= _CELL_LENGTH else _message(text)


@lru_cache(maxsize=256)
def _cell(text: str) -> Parsing:
    return Parsing(text)


@lru_cache(maxsize=8)
def _message(text: str) -> Parsing:
    return Parsing(text)
