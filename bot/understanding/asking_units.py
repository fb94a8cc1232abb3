"""A question for who has not done their part of what each unit does by itself: "hvilke skoler mangler på KIBS-23?"."""

from __future__ import annotations

import re
from functools import cache

from bot.model import Book, Language
from bot.places import kind_in, units_of
from bot.understanding.frame import Frame, Intent
from bot.understanding.lexicon import table
from bot.understanding.subject import shown_before
from bot.understanding.words import plain

_LONGEST = 200


def units_asked_for(text: str, language: Language, before: Frame | None, book: Book) -> Frame | None:
    """Return the question that it is, where there are units; None for any other.

    `state` is the kind of unit where it names one. Without a name it is about what was shown last, of that which each
    unit does by itself, and where nothing was, about all there is.
    """
    found = _asked().fullmatch(text.strip()) if book.units and len(text) <= _LONGEST else None
    if found is None:
        return None
    kind = kind_in(found["whom"] or "")
    if found["whom"] and kind is None and plain(found["whom"]) not in table("people")["left"]["units"]:
        return None
    what = (found["at"] or found["whole"] or "").strip(' "«»')
    shown = shown_before(before, book) if before is not None and not what else ()
    return Frame(
        intent=Intent.UNITS_LEFT,
        language=language,
        argument=what,
        state=kind.value if kind else None,
        items=tuple(item.id for item in shown if units_of(item, book)),
        earlier=before,
    )


@cache
def _asked() -> re.Pattern[str]:
    said = table("people")["left"]
    ways = {name: "|".join(map(re.escape, sorted(words, key=len, reverse=True))) for name, words in said.items()}
    return re.compile(
        rf"(?:(?:{ways['before']})\s+)*(?:{ways['who']})(?:\s+(?P<whom>[^\W\d]+))?\s+(?:"
        rf"(?:{ways['lacks']})(?:\s+(?:{ways['at']})\s+(?P<at>.+?))?"
        rf"|(?:{ways['not_done']})(?:\s+(?P<whole>.+?))?)[\s?!.]*",
        re.IGNORECASE,
    )
