"""What all spellings of the name of a role, or of a place, have in common."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from bot.model import PLAN_OWNER
from bot.understanding.lexicon import table
from bot.understanding.words import words_of


@lru_cache(maxsize=10_000)
def role_key(text: str, organisation: str | None = None) -> str:
    """Return what all spellings of one role have in common, and no other role has.

    Inflections and the two standards are one role ("Programleiar", "programlederen"). Every word counts, so
    "Leiar" is neither "Programleiar" nor "Leiar for prosjektet"; only the name of the plan's own organisation
    adds nothing ("Programleiar i Kompetanseregion Nord").
    """
    key, own = words_key(text), words_key(organisation or "")
    if own and key.endswith(f" {own}"):
        key = key.removesuffix(own).rstrip()
        before, _, last = key.rpartition(" ")
        key = before if last in posts().links else key
    return PLAN_OWNER if key in _owners() else key


@lru_cache(maxsize=10_000)
def place_key(text: str) -> str:
    """Return what all ways to write one place have in common, with and without "kommune"."""
    key = words_key(text)
    return key.removesuffix(f" {words_key('kommune')}")


def words_key(text: str) -> str:
    """Return the words without their inflections and articles."""
    spoken = [word for word in words_of(text) if word.text.casefold() not in posts().articles]
    return " ".join(_stem(word.forms) for word in spoken)


def _stem(forms: tuple[str, ...]) -> str:
    """The name of a person's post keeps its -er ("styrer" is not "styret"); other words lose it."""
    if forms[0].endswith(posts().agents):
        return forms[0]
    shortest = forms[-1]
    return shortest[:-2] if len(forms) == 1 and len(shortest) > 4 and shortest.endswith("er") else shortest


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lexicon:
    agents: tuple[str, ...]
    articles: frozenset[str]
    links: frozenset[str]
    owners: tuple[str, ...]
    several: tuple[str, ...]


@cache
def posts() -> _Lexicon:
    """Return the words of posts.toml."""
    found = table("posts")
    return _Lexicon(
        agents=tuple(found["agents"]),
        articles=frozenset(found["articles"]),
        links=frozenset(found["links"]),
        owners=tuple(found["owners"]),
        several=tuple(found["several"]),
    )


@cache
def _owners() -> frozenset[str]:
    return frozenset(words_key(name) for name in posts().owners)
