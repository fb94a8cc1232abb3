"""Questions for what each unit does by itself: "hvilke skoler mangler på KIBS-23?", "har Nes skole gjort sin del?"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from bot.model import Book, Language
from bot.places import kind_in, kinds_of_each, names_a_unit, units_named
from bot.understanding.frame import Frame, Intent
from bot.understanding.lexicon import table
from bot.understanding.subject import shown_before
from bot.understanding.words import plain

_LONGEST = 200


def units_asked_for(text: str, language: Language, before: Frame | None, book: Book) -> Frame | None:
    """Return the question that it is; None for any other.

    `state` is the kind of unit where it names one. Without a name it is about what was shown last, of that which each
    unit does by itself, and where nothing was, about all there is.
    """
    if len(text) > _LONGEST:
        return None
    found = _asked().fullmatch(text.strip())
    if found is None:
        return _one_asked_for(text, language, before, book)
    if not found["whom"] and (found["done"] or not found["who"]):
        return None  # "hvem har gjort det?" may be about anything
    if not found["whom"] and plain(found["who"]) in table("people")["left"]["what"]:
        return None  # "kva står att?" asks of things
    kind = kind_in(found["whom"] or "")
    if found["whom"] and kind is None and plain(found["whom"]) not in table("people")["left"]["units"]:
        return None
    asked = _about(found["at"] or found["whole"] or found["so_far"], language, before, book)
    return replace(asked, intent=Intent.UNITS_LEFT, state=kind.value if kind else None)


def _one_asked_for(text: str, language: Language, before: Frame | None, book: Book) -> Frame | None:
    """The question whether one unit has done its part; `state` is its name, and the municipality where that is said.

    A name that no unit has is one all the same where it must be one: "har Nesskolen gjort sin del?".
    """
    found = _one_asked().fullmatch(text.strip())
    if found is None:
        return None
    name = next(filter(None, map(found.group, ("has", "is", "lacks", "owes")))).strip(' "«»')
    asked = _about(found["of"] or found["whole"] or found["with"], language, before, book)
    if every := _every().fullmatch(name):
        kind = kind_in(every["whom"] or "")
        is_units = kind is not None or plain(every["whom"] or "") in table("people")["left"]["units"]
        is_all = is_units or (not every["whom"] and bool(found["own"]))
        return replace(asked, state=kind.value if kind else None) if is_all else None
    is_sure = bool(found["own"]) and names_a_unit(name)
    return replace(asked, intent=Intent.UNIT_PART, state=name) if is_sure or units_named(name, book) else None


def _about(words: str | None, language: Language, before: Frame | None, book: Book) -> Frame:
    """The frame of what is named, else of what was shown last that each unit does by itself."""
    what = (words or "").strip(' "«»')
    shown = shown_before(before, book) if before is not None and not what else ()
    return Frame(
        intent=Intent.UNITS_LEFT,
        language=language,
        argument=what,
        items=tuple(item.id for item in shown if kinds_of_each(item)),
        earlier=before,
    )


@cache
def _asked() -> re.Pattern[str]:
    ways = ways_of("left")
    return re.compile(
        rf"(?:(?:{ways['before']})\s+)*(?:(?P<who>{ways['who']})|{ways['how_many']})(?:\s+(?P<whom>[^\W\d]+))?\s+(?:"
        rf"(?:{ways['lacks']})(?:\s+(?:{ways['at']})\s+(?P<at>.+?))?"
        rf"|(?:{ways['not_done']})(?:\s+(?P<whole>.+?))?"
        rf"|(?P<done>{ways['done']})(?:\s+(?P<so_far>.+?))?)[\s?!.]*",
        re.IGNORECASE,
    )


@cache
def _one_asked() -> re.Pattern[str]:
    ways, before = ways_of("part"), ways_of("left")["before"]
    return re.compile(
        rf"(?:(?:{before})\s+)*(?:"
        rf"(?:{ways['has']})\s+(?P<has>.+?)\s+(?:{ways['done']})"
        rf"(?:\s+(?P<own>{ways['own']})(?:\s+(?:{ways_of('left')['at']})\s+(?P<of>.+?))?|\s+(?P<whole>.+?))?"
        rf"|(?:{ways['is']})\s+(?P<is>.+?)\s+(?:{ways['ready']})(?:\s+(?:{ways_of('left')['at']})\s+(?P<with>.+?))?"
        rf"|(?:{ways['lacks']})\s+(?P<lacks>.+?)"
        rf"|(?:{ways['owes']})\s+(?P<owes>.+?)\s+(?:{ways['left']})"
        r")[\s?!.]*",
        re.IGNORECASE,
    )


@cache
def _every() -> re.Pattern[str]:
    """All or each of a kind: "alle", "alle skolene", "hver enkelt barnehage"."""
    each = table("people")["each"]
    words, fillers = ("|".join(map(re.escape, said)) for said in ([*each["each"], *each["all"]], each["fillers"]))
    return re.compile(rf"(?:{words})(?:\s+(?:{fillers}))*(?:\s+(?P<whom>[^\W\d]+))?", re.IGNORECASE)


@cache
def ways_of(name: str) -> Mapping[str, str]:
    """Return the words of a table of lexicon/people.toml as patterns, the longest first."""
    said = table("people")[name]
    return {one: "|".join(map(re.escape, sorted(words, key=len, reverse=True))) for one, words in said.items()}
