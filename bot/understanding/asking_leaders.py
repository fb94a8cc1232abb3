"""Questions for the units themselves: "hvilke skoler har vi?", and who leads one: "hvem er rektor på Nes skole?"."""

from __future__ import annotations

import re
from functools import cache

from bot.model import Book, Language
from bot.places import is_leading, kind_in, units_named
from bot.role_keys import role_key
from bot.understanding.asking_units import ways_of
from bot.understanding.frame import Frame, Intent
from bot.understanding.lexicon import table
from bot.understanding.words import plain

_LONGEST = 200


def leaders_asked_for(text: str, language: Language, book: Book) -> Frame | None:
    """Return the question that it is, where there are units; None for any other.

    `state` is the kind of unit where it names one, `argument` the name of the one unit that it is about.
    """
    if not book.units or len(text) > _LONGEST:
        return None
    return _listed_in(text, language) or _leader_in(text, language, book)


def _listed_in(text: str, language: Language) -> Frame | None:
    found = _asked_which().fullmatch(text.strip())
    kind = kind_in(found["whom"]) if found else None
    if found is None or (kind is None and plain(found["whom"]) not in table("people")["there"]["units"]):
        return None
    return Frame(intent=Intent.UNITS, language=language, state=kind.value if kind else None)


def _leader_in(text: str, language: Language, book: Book) -> Frame | None:
    found = _asked_leader().fullmatch(text.strip())
    if found is None or not _is_post(found["post"], book):
        return None
    name = (found["there"] or found["led"]).strip(' "«»')
    return Frame(intent=Intent.UNITS, language=language, argument=name) if units_named(name, book) else None


def _is_post(words: str | None, book: Book) -> bool:
    """Whether somebody can be that in a unit; nothing said is to lead it."""
    if words is None or plain(words) in table("people")["there"]["leader"] or is_leading(words):
        return True
    return role_key(words) in {role_key(role.name) for role in book.roles}


@cache
def _asked_which() -> re.Pattern[str]:
    ways = ways_of("there")
    return re.compile(
        rf"(?:(?:{ways['before']})\s+)*(?:{ways['which']})\s+(?P<whom>[^\W\d]+)\s+(?:{ways['are']})[\s?!.]*",
        re.IGNORECASE,
    )


@cache
def _asked_leader() -> re.Pattern[str]:
    ways = ways_of("there")
    return re.compile(
        rf"(?:(?:{ways['before']})\s+)*(?:{ways['who']})\s+(?:"
        rf"(?:{ways['is']})\s+(?P<post>.+?)\s+(?:{ways['at']})\s+(?P<there>.+?)"
        rf"|(?:{ways['leads']})\s+(?P<led>.+?))[\s?!.]*",
        re.IGNORECASE,
    )
