"""A question for what is set aside: "hvilke tiltak er droppet?", "hva er flyttet til neste år?"."""

from __future__ import annotations

import re
from functools import cache

from bot.model import Language, Status
from bot.understanding.frame import Frame, Intent
from bot.understanding.lexicon import table

_LONGEST = 100


def set_aside_asked_for(text: str, language: Language) -> Frame | None:
    """Return the question that it is; "neste år" in it is no time, but where the work has been moved."""
    found = _asked().fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None:
        return None
    state = Status.DROPPED if found["dropped"] else Status.NEXT_YEAR
    return Frame(intent=Intent.MEASURES_BY_STATUS, language=language, state=state.value)


@cache
def _asked() -> re.Pattern[str]:
    ways = {
        name: "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        for name, words in table("set_aside").items()
    }
    return re.compile(
        rf"(?:(?:{ways['before']})[\s,]+)*"
        rf"(?:(?:{ways['what']})\s+(?:(?:{ways['things']})\s+)?(?:{ways['is']})|(?:{ways['any']}))\s+"
        rf"(?:(?P<dropped>{ways['dropped']})|(?:{ways['next_year']}))(?:\s+(?:{ways['behind']}))?[\s?!.]*",
        re.IGNORECASE,
    )
