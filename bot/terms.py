"""What a plan says of its own words: the short names and groups in it, what they are, and who sits in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Tells(StrEnum):
    """What a saying tells of a term; USE where the plan only uses the word there."""

    MEANING = "meaning"
    MEMBERS = "members"
    LEADER = "leader"
    TASK = "task"
    USE = "use"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A sentence of a plan about a term, in the plan's own words, and where it stands, as an entry tells it."""

    text: str
    tells: tuple[Tells, ...]
    source: str | None = None
    source_line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A short name or a group as the plan writes it; `stands_for` is the full name, where the plan has one."""

    name: str
    stands_for: str | None = None
    sayings: tuple[Saying, ...] = ()

    @property
    def is_explained(self) -> bool:
        """Whether the plan says more of it than that it uses the word."""
        return self.stands_for is not None or any(Tells.USE not in saying.tells for saying in self.sayings)

    def telling(self, what: Tells) -> tuple[Saying, ...]:
        return tuple(saying for saying in self.sayings if what in saying.tells)


def explained_otherwise(before: Iterable[Term], now: Iterable[Term]) -> int:
    """Return how many terms are explained otherwise, or no longer; where a saying stands does not matter."""
    was, new = _explained(before), _explained(now)
    return sum(was.get(name) != new.get(name) for name in was.keys() | new.keys())


def _explained(terms: Iterable[Term]) -> dict[str, tuple[str | None, frozenset[str]]]:
    texts = ((term, frozenset(saying.text for saying in term.sayings)) for term in terms if term.is_explained)
    return {term.name: (term.stands_for, said) for term, said in texts}
