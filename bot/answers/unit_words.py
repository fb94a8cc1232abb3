"""Which units, municipality and school year the words behind a person mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.model import Book
from bot.places import units_named
from bot.role_keys import place_key
from bot.understanding.lexicon import table
from bot.units import Scope, Unit

_YEAR = re.compile(r"\s*\b(20\d\d)\s?[/–-]\s?(?:20)?(\d\d)\s*$")
_QUOTED = re.compile(r'"([^"]+)" (.+)', re.DOTALL)
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What is left of the words without where and when; `units` are those that were meant equally well."""

    words: str
    scope: Scope
    units: tuple[Unit, ...] = ()


def placed(words: str, book: Book, is_person: Callable[[str], bool]) -> Placed:
    """Return the words without a unit, a municipality and a school year at their end, in any order.

    The end of somebody's whole name is no place: "Kari Nes" stays, where there is such a person.
    """
    year: int | None = None
    municipality = ""
    others: tuple[Unit, ...] = ()
    rest = words.strip()
    while True:
        if year is None and (found := _school_year(rest)):
            year, rest = found
        elif not others and (place := _unit_behind(rest, book, is_person)):
            rest, others = place
        elif not municipality and (named := _municipality_behind(rest, book)):
            rest, municipality = named
        else:
            break
    if municipality and others:
        others = tuple(one for one in others if place_key(one.municipality) == place_key(municipality)) or others
        municipality = ""
    unit = others[0] if len(others) == 1 else None
    return Placed(words=rest, scope=Scope(unit=unit, municipality=municipality, school_year=year), units=others)


def place_last(words: str, book: Book, is_role: Callable[[str], bool]) -> str:
    """Return the words with a unit behind the person that stood in the role: "rektor på Nes skole" of Ola.

    A role that is called just so keeps its name.
    """
    found = _QUOTED.fullmatch(words)
    if found is None or is_role(found[1]):
        return words
    leads = "|".join(map(re.escape, table("people")["there"]["at"]))
    parted = re.fullmatch(rf"(.+?)\s+(?:{leads})\s+(.+)", found[1], re.IGNORECASE)
    is_there = parted is not None and bool(units_named(parted[2], book))
    return f'"{parted[1]}" {found[2]} {parted[2]}' if parted and is_there else words


def _school_year(words: str) -> tuple[int, str] | None:
    found = _YEAR.search(words)
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        return None
    return int(found[1]), words[: found.start()]


def _unit_behind(words: str, book: Book, is_person: Callable[[str], bool]) -> tuple[str, tuple[Unit, ...]] | None:
    """What stands before the longest known unit at the end, and the units of that name."""
    for before, last in _ends(words):
        named = tuple(unit for unit in book.units if place_key(unit.name) == place_key(last))
        if named and not is_person(_last_words(before, last)):
            return before, named
    return None


def _municipality_behind(words: str, book: Book) -> tuple[str, str] | None:
    """What stands before "i KOMMUNE" or "KOMMUNE kommune" at the end; a bare name may be a person's."""
    known = {place_key(unit.municipality): unit.municipality for unit in book.units if unit.municipality}
    for before, last in _ends(words):
        is_sure = last.casefold().endswith(" kommune") or re.search(r"(?:[>\"»”]|\s(?:i|in))$", before, re.IGNORECASE)
        place = known.get(place_key(last))
        if place and is_sure:
            return re.sub(r"\s+(?:i|in)$", "", before, flags=re.IGNORECASE), place
    return None


def _ends(words: str) -> list[tuple[str, str]]:
    """The words parted before each of the last ones, the longest end first; quotes around an end fall away."""
    starts = [found.start() for found in re.finditer(r"\S+", words)][1:]
    parts = [(words[:at].rstrip(), words[at:].strip(' "«»“”')) for at in starts[-_MOST_WORDS:]]
    return [(before, last) for before, last in parts if last and "<" not in last]


def _last_words(before: str, last: str) -> str:
    """The end together with the one word before it, as a person's name would be."""
    return f"{before.split()[-1]} {last}" if before.split() else last
