"""Where things are: what a plan leaves to each school or kindergarten, and which of them an item is in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.model import Book, Holding, Item
from bot.role_keys import place_key, role_key, words_key
from bot.understanding.lexicon import table
from bot.understanding.words import Word, plain, words_of
from bot.units import Unit, UnitKind

_IN = re.compile(r"\s+(?:i|in)\s+([^\d<>\"]+?)\s*$", re.IGNORECASE)
_ENDS = frozenset(".:;!?\n–")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsTold:
    """How many units have done their part of an item, of how many, and which have not."""

    done: int
    all: int
    left: tuple[Unit, ...]


def units_of(item: Item, book: Book) -> tuple[Unit, ...]:
    """Return the units that each have their own part of the item; none where it is one thing.

    Those of one municipality alone, where the item or its plan is that municipality's.
    """
    if not book.units or not item.kind.is_markable:
        return ()
    kinds = kinds_of_each(item)
    return tuple(unit for unit in book.units if unit.kind in kinds and _is_there(unit.municipality, item, book))


def units_left(item: Item, book: Book) -> tuple[Unit, ...]:
    """Return the units that have not done their part."""
    done = book.units_done.get(item.id, frozenset())
    return tuple(unit for unit in units_of(item, book) if unit.id not in done)


def units_told(item: Item, book: Book, kind: str | None = None) -> UnitsTold | None:
    """Return how far the units have come, or those of one kind alone; None where none has a part of the item."""
    every = [unit for unit in units_of(item, book) if kind in (None, unit.kind)]
    if not every:
        return None
    left = tuple(unit for unit in units_left(item, book) if unit in every)
    return UnitsTold(done=len(every) - len(left), all=len(every), left=left)


@lru_cache(maxsize=10_000)
def kinds_of_each(item: Item) -> frozenset[UnitKind]:
    """Return the kinds of which each unit has the item to itself, by the plan's own words."""
    free = [item.location or "", *item.responsible]
    bound = [item.title, item.comment or ""]
    return frozenset(
        kind
        for texts, is_free in ((free, True), (bound, False))
        for text in texts
        for kind in _kinds_in(text, is_free=is_free)
    )


def is_held_at(holding: Holding, item: Item, book: Book) -> bool:
    """Whether what is held in a unit or a municipality is held where the item is."""
    scope = holding.scope
    where = {place_key(text) for text in (item.location, item.region) if text}
    units = {place_key(unit.name) for unit in book.units}
    if scope.unit is not None and where & units and place_key(scope.unit.name) not in where:
        return False
    municipality = scope.municipality or (scope.unit.municipality if scope.unit else "")
    return not municipality or _is_there(municipality, item, book)


def leads(name: str, kind: UnitKind) -> bool:
    """Whether a role is that of who leads a unit of the kind ("rektor")."""
    return role_key(name) in _words().leaders[kind]


def is_leading(name: str) -> bool:
    """Whether a role is that of who leads a unit of some kind."""
    return any(leads(name, kind) for kind in UnitKind)


def kind_in(words: str) -> UnitKind | None:
    """Return the kind of unit that a name tells of ("Solbakken barnehage", "Nesskolen"); None where it tells none."""
    keys = [words_key(word.text) for word in words_of(words)]
    found = [_words().kinds[key] for key in keys if key in _words().kinds]
    ends = [kind for key in keys for ending, kind in _words().kinds.items() if key.endswith(ending)]
    return next(iter([*found, *ends]), None)


def names_a_unit(words: str) -> bool:
    """Whether it is the name of a unit by its words ("Nes skole", "Nesskolen"), and no bare "skolen"."""
    return kind_in(words) is not None and words_key(words) not in _words().kinds


def units_named(words: str, book: Book) -> tuple[Unit, ...]:
    """Return the units of that name, in the municipality behind it where there is one."""
    whole = tuple(unit for unit in book.units if place_key(unit.name) == place_key(words))
    name, municipality = municipality_behind(words)
    named = (unit for unit in book.units if place_key(unit.name) == place_key(name))
    return whole or tuple(unit for unit in named if place_key(unit.municipality) == place_key(municipality))


def municipality_behind(words: str) -> tuple[str, str]:
    """Return a name and the municipality behind it ("Nes skole i Storvik"); none where nothing is."""
    found = _IN.search(words)
    name = words[: found.start()] if found else words
    return " ".join(name.split()), " ".join(found[1].split()) if found else ""


def _is_there(municipality: str, item: Item, book: Book) -> bool:
    """Whether a municipality is that of the item, where the item or its plan is one's."""
    known = {place_key(unit.municipality) for unit in book.units if unit.municipality}
    own = (item.region, item.location, book.plan_of(item).organisation)
    named = next((key for text in own if text and (key := place_key(text)) in known), None)
    return not municipality or named is None or place_key(municipality) == named


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    each: tuple[tuple[str, ...], ...]
    fillers: frozenset[str]
    between: frozenset[str]
    at: frozenset[str]
    kinds: Mapping[str, UnitKind]
    leaders: Mapping[UnitKind, frozenset[str]]


@cache
def _words() -> _Words:
    people = table("people")
    each, units = people["each"], people["units"]
    phrases = sorted((*each["each"], *each["all"]), key=len, reverse=True)
    return _Words(
        each=tuple(tuple(phrase.split()) for phrase in phrases),
        fillers=frozenset(each["fillers"]),
        between=frozenset(each["between"]),
        at=frozenset(each["at"]),
        kinds={words_key(word): kind for kind in UnitKind for word in units[kind]["words"]},
        leaders={kind: frozenset(map(role_key, units[kind]["leaders"])) for kind in UnitKind},
    )


def _kinds_in(text: str, *, is_free: bool) -> set[UnitKind]:
    """The kinds that the text names behind "hver" and the like; unless `is_free`, only as what acts or where it is."""
    spoken = words_of(text)
    said = [plain(word.text) for word in spoken]
    found: set[UnitKind] = set()
    for at in range(len(said)):
        size = next((len(phrase) for phrase in _words().each if tuple(said[at : at + len(phrase)]) == phrase), 0)
        if size and (is_free or _stands_alone(text, spoken, at)):
            found.update(_kinds_at(said, at + size))
    return found


def _kinds_at(said: Sequence[str], at: int) -> list[UnitKind]:
    """The kinds that stand there, small words aside: "enkelt barnehage og skole"."""
    kinds: list[UnitKind] = []
    for word in said[at:]:
        kind = _words().kinds.get(words_key(word))
        if kind is not None:
            kinds.append(kind)
        elif word not in (_words().between if kinds else ()) and word not in _words().fillers:
            break
    return kinds


def _stands_alone(text: str, spoken: Sequence[Word], at: int) -> bool:
    """Whether the word begins a sentence, or tells where something is."""
    if at == 0:
        return True
    before = spoken[at - 1]
    return plain(before.text) in _words().at or not _ENDS.isdisjoint(text[before.stop : spoken[at].start])
