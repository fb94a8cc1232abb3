"""A message that answers when a break is: the one that was asked before it, read anew with those days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.breaks import BreakName, SchoolBreak
from bot.errors import BadDate
from bot.time.reading import Context
from bot.understanding.breaks import bare_days, breaks_said, read_named
from bot.understanding.frame import Frame

_COMMAND = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What there is to answer: a message, the frame it follows, and the breaks that the conversation has told.

    `answered` is the break whose days the message itself has told, in `words`: then `text` is what was asked before.
    """

    text: str
    before: Frame | None
    told: tuple[SchoolBreak, ...] = ()
    answered: BreakName | None = None
    words: str = ""


def resumed(text: str, before: Frame | None, today: date) -> Talk:
    """Return what is to be answered. A message that is no time is a new one, and goes on from what was there before.

    Where nobody says in which year, both the last and the next such days are told: the question chooses between them.
    """
    if before is None:
        return Talk(text=text, before=None)
    if before.open is None:
        return Talk(text=text, before=before, told=before.told)
    lacks, words = before.open.lacks, _days_in(text, before.open.lacks, today)
    if words is None:
        return Talk(text=text, before=before.open.before, told=before.told)
    told = (*before.told, *_either(lacks, words, today))
    return Talk(text=before.open.text, before=before.open.before, told=told, answered=lacks, words=words)


def _days_in(text: str, lacks: BreakName, today: date) -> str | None:
    """The words of the message that are days: all of it, or what stands behind the break's own name."""
    if text.lstrip().startswith(_COMMAND) or text.rstrip().endswith("?"):
        return None
    named = read_named(text)
    words = named.behind if named is not None and named.name is lacks else text
    return words if bare_days(words, Context(reference=today)) and _either(lacks, words, today) else None


def _either(name: BreakName, words: str, today: date) -> tuple[SchoolBreak, ...]:
    found: dict[SchoolBreak, None] = {}
    for looks_back in (False, True):
        try:
            said = breaks_said(name, words, Context(reference=today, looks_back=looks_back))
        except BadDate:
            continue
        found.update(dict.fromkeys(said))
    return tuple(found)
