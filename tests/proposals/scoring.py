"""How well an import says what a careful human found in a plan: matched one to one by kind, days, region and title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from bot.model import Entry

Gold = dict[str, Any]
Days = tuple[str | None, str | None]

# Events, work and modules can stand for each other; a milestone for these and for goals.
_SIDES = {"event": "A", "measure": "A", "module": "A", "milestone": "AB", "goal": "B", "focus_area": "B"}
_ANY = "ABC"
_UNSURE = {"ambiguous_pairing", "ambiguous_date", "recurring"}
_ALIKE_DATED, _ALIKE_UNDATED, _ALIKE_WORDS = 0.5, 0.6, 0.7
_SMALL = {"og", "i", "for", "av", "med", "på", "til", "fra", "frå", "ved", "alle", "samt", "den", "det"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """F1 of what has a day and of what has none; `pairs` are the items that must be there with their entries.

    `undated_off` counts what has no day and is missed or too much.
    """

    dated: float
    undated: float
    undated_off: int
    pairs: tuple[tuple[Gold, Entry], ...]


def score(gold: Sequence[Gold], entries: Sequence[Entry], ending: str) -> Figures:
    """Return the figures of an import from a file of that ending; optional items are neither missed nor too much."""
    held = [item | item.get(ending, {}) for item in gold if ending in item.get("in", [ending])]
    pairs = _matched(held, entries)
    taken = {id(entry) for _, entry in pairs}
    required = tuple((item, entry) for item, entry in pairs if not item.get("optional"))
    spare = [entry for entry in entries if id(entry) not in taken]
    figures, off = [], 0
    for is_wanted in (True, False):
        found = sum(_is_dated(item) is is_wanted for item, _ in required)
        wanted = sum(_is_dated(item) is is_wanted for item in held if not item.get("optional"))
        much = sum(entry.span.is_dated is is_wanted for entry in spare)
        off = wanted - found + much
        figures.append(2 * found / (wanted + found + much) if wanted + much else 1.0)
    return Figures(dated=figures[0], undated=figures[1], undated_off=off, pairs=required)


def has_the_same_words(wanted: Iterable[str], found: Iterable[str]) -> bool:
    """Whether two lists of roles have most of their words in common, however they are parted."""
    first, second = (_content(re.findall(r"\w+", " ".join(names).casefold())) for names in (wanted, found))
    return 2 * len(first & second) >= _ALIKE_WORDS * (len(first) + len(second)) > 0


def _matched(gold: Sequence[Gold], entries: Sequence[Entry]) -> list[tuple[Gold, Entry]]:
    """Pair the most alike first; what must be there chooses before what may be left out."""
    pairs: list[tuple[Gold, Entry]] = []
    for is_optional in (False, True):
        free = [entry for entry in entries if all(entry is not taken for _, taken in pairs)]
        choices = [
            (-_likeness(item, entry), place, other)
            for place, item in enumerate(gold)
            if bool(item.get("optional")) is is_optional
            for other, entry in enumerate(free)
            if _fits(item, entry)
        ]
        used: set[tuple[str, int]] = set()
        for _, place, other in sorted(choices):
            if not used & {("gold", place), ("entry", other)}:
                used |= {("gold", place), ("entry", other)}
                pairs.append((gold[place], free[other]))
    return pairs


def _fits(item: Gold, entry: Entry) -> bool:
    kinds = {item["kind"], *item.get("kind_ok", [])}
    sides = _ANY if "any" in kinds else "".join(_SIDES.get(kind, "C") for kind in kinds)
    if not set(sides) & set(_SIDES.get(entry.kind, "C")):
        return False
    if item.get("region") and entry.region and item["region"] != entry.region:
        return False
    least = _ALIKE_DATED if _is_dated(item) and entry.span.is_dated else _ALIKE_UNDATED
    return _has_days(item, entry) and _likeness(item, entry) >= least


def _has_days(item: Gold, entry: Entry) -> bool:
    days = _days(entry.span.start, entry.span.end)
    is_listed = "date_ok" in item or "date_optional" in item
    is_soft = bool(_UNSURE & set(item.get("issues", []))) or item.get("precision") == "ongoing"
    if item.get("date_free") or (is_soft and not is_listed):
        return True
    if days == (None, None):
        return not _is_dated(item) or bool(item.get("date_optional"))
    wanted = [_days(item.get("start"), item.get("end")), *(_days(*pair) for pair in item.get("date_ok", []))]
    return any(_same(days, one) for one in wanted)


def _same(days: Days, wanted: Days) -> bool:
    """A single day is one day, whichever side is left open; an end that nobody names may be any."""
    if wanted == (None, None):
        return False
    return days == wanted or (days[0] or days[1], days[1] or days[0]) == (
        wanted[0] or wanted[1],
        wanted[1] or wanted[0],
    )


def _days(start: object, end: object) -> Days:
    return (str(start) if start else None, str(end) if end else None)


def _is_dated(item: Gold) -> bool:
    return bool(item.get("start") or item.get("end"))


def _likeness(item: Gold, entry: Entry) -> float:
    return max(_alike(title, entry.title) for title in (item["title"], *item.get("title_alts", [])))


def _alike(one: str, other: str) -> float:
    """How alike two titles are: as they are spelt, or by how many of the fewer words both have."""
    first, second = (re.findall(r"\w+", text.casefold()) for text in (one, other))
    if not first or not second:
        return 0.0
    ratio = SequenceMatcher(None, " ".join(first), " ".join(second), autojunk=False).ratio()
    few, many = sorted((_content(first), _content(second)), key=len)
    return max(ratio, 0.85 * len(few & many) / len(few))


def _content(words: Iterable[str]) -> set[str]:
    said = list(words)
    return {word for word in said if word not in _SMALL} or set(said)
