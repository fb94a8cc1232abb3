"""What a remark beside an item says: its clock times, its place, whom it is for; the rest stays a remark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from bot.proposals.clocks import clock_times
from bot.proposals.lexicon import any_of, ending, fold, phrase, word_set, words
from bot.proposals.people import groups, is_groups, whom
from bot.proposals.slots import NO_TIMES
from bot.time.when import Times

_DASHED = re.compile(r"\s[–—-]\s")
_NAME = re.compile(r"\s[A-ZÆØÅ][\w-]+(?:\s[A-ZÆØÅ][\w-]+)?$")
_NUMBERED = re.compile(r"(?:møte|gruppe|klasse|kurs|under)?rom \d+$", re.IGNORECASE)
_PIECES = re.compile(r"\s*[,;:()]\s*|\s/\s|\s[–—-]\s|\s(?=kl\.?\s?\d)")
_IN_A_PLACE = re.compile(r"\s(?:i|på|ved)\s[A-ZÆØÅ][\w-]+$")
_LONGEST_PLACE = 6
_LONGEST_ROOM = 4
_LEAST_REMARK = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """What stands beside an item."""

    times: Times = NO_TIMES
    location: str | None = None
    audience: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def asides(texts: Iterable[str]) -> Aside:
    """Return what the paragraphs of a remark say between them."""
    times: Times = NO_TIMES
    places: list[str] = []
    audience: list[str] = []
    remarks: list[str] = []
    for text in texts:
        found, left = clock_times(text)
        times = times if found is None or times != NO_TIMES else found
        left = left.strip(" :;,.–-") if found else text
        if not left:
            continue
        if is_place(left):
            places.append(left)
        elif is_groups(left):
            audience.append(left)
        else:
            audience.extend(_named_in(left))
            remarks.append(left)
    return Aside(
        times=times,
        location=", ".join(places) or None,
        audience=groups(audience),
        remarks=tuple(remarks),
    )


def _named_in(remark: str) -> tuple[str, ...]:
    """Return the groups that a remark is for: after "for", after "med" at its beginning, or after a dash."""
    if (found := phrase("people", "along").match(remark)) and is_groups(remark[found.end() :]):
        return groups([remark[found.end() :]])
    after_dash = _DASHED.split(remark)[-1]
    if after_dash != remark and is_groups(after_dash):
        return (after_dash,)
    return whom(remark)


def is_place(text: str) -> bool:
    """Whether a text is the name of a place and nothing else."""
    if fold(text) in word_set("plans", "places", "exact") or _is_institution(text) or _NUMBERED.match(text):
        return True
    parts = _after_preposition(text).split()
    if not parts or len(parts) > _LONGEST_PLACE or parts[-1][-1] in ".!?" or is_groups(text):
        return False
    return any(_is_room(word) for word in parts) and (parts[0][0].isupper() or len(parts) == 1)


def _is_room(word: str) -> bool:
    known = word_set("plans", "places", "ends")
    return word.casefold() in known or ending("plans", "places", "ends").match(word) is not None


def _after_preposition(text: str) -> str:
    found = phrase("plans", "places", "before").match(text)
    return text[found.end() :].strip(" :") if found else text


def place_in(title: str) -> str | None:
    """Return the place that a title ends with: "Konferanse i Hamar kulturhus", "Fagdag - digitalt"."""
    last = _DASHED.split(title)[-1]
    if last != title and is_place(last):
        return last
    for found in phrase("plans", "places", "before").finditer(title):
        rest = title[found.end() :].strip()
        for place in (rest, _PIECES.split(rest)[0]):
            is_name = bool(place) and (place[0].isupper() or fold(place) in word_set("plans", "places", "exact"))
            if (is_name and is_place(place)) or _is_certain(place):
                return place
    for found in phrase("plans", "places", "alone").finditer(title):
        if name := _NAME.match(title, found.end()):
            return name[0].strip()
    after_sign = [piece.strip() for piece in _PIECES.split(title)[1:]]
    return next((piece for piece in after_sign if piece and (is_place(piece) or _is_certain(piece))), None)


def may_be_place(text: str) -> bool:
    """Whether what stands under a heading for places may be one: not a remark in small letters that names none."""
    said = text.split()
    if len(said) < _LEAST_REMARK or not text[0].islower() or _after_preposition(text) != text:
        return True
    words_ = [word.strip(".,:;()!") for word in said]
    ends = (*words("plans", "places", "definite"), *words("plans", "places", "institutions"))
    return any(word and (_is_room(word) or word.endswith(ends)) for word in words_)


def _is_institution(text: str) -> bool:
    """Whether a text is the name of one school or kindergarten, where something is: "Lia barnehage"."""
    *name, last = text.split() or [""]
    is_named = bool(name) and all(word[0].isupper() for word in name)
    is_one = last.casefold().endswith(words("plans", "places", "institutions"))
    return is_named and is_one and name[0].casefold() not in word_set("plans", "organisations", "not_names")


def _is_certain(text: str) -> bool:
    """Whether a text in small letters is a certain place: "fellesrommet", "bu- og servicesenteret"."""
    said = _IN_A_PLACE.sub("", text).split()
    if not said or len(said) > _LONGEST_ROOM or not all(word.endswith("-") or word == "og" for word in said[:-1]):
        return False
    return said[-1].endswith(words("plans", "places", "definite"))


def each_place(text: str) -> tuple[str | None, str]:
    """Return "hver enkelt barnehage og skole" of "ved hver enkelt barnehage og skole", and the text without it."""
    found = _each().search(text)
    if found is None:
        return None, text
    place = text[found.start() :].split(" ", 1)[1].rstrip(" :.,;")
    return place, text[: found.start()].rstrip(" :,;–-")


@cache
def _each() -> re.Pattern[str]:
    choices = any_of(words("plans", "places", "each"))
    return re.compile(choices.pattern + r"\s+[\w-]+(?:(?:,\s|\sog\s|/)[\w-]+)*[\s.:;]*$", re.IGNORECASE)
