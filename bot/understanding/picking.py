"""Which of what was shown last a message means: "den andre", "nummer 2", "det siste møtet", "begge"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from bot.errors import EndOfList
from bot.understanding.frame import Frame
from bot.understanding.lexicon import table
from bot.understanding.spans import any_of
from bot.understanding.words import plain

T = TypeVar("T")

_FEW = 2  # what points into a list needs one


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A place in a list; `rest` is the message with a pronoun where the place stood.

    `place` counts from 1, below 0 from the end; None is all of them. `is_alone`: the message holds nothing else.
    """

    place: int | None
    rest: str
    is_alone: bool
    is_two: bool = False

    def of(self, shown: Sequence[T]) -> tuple[T, ...]:
        """Return what is meant of what was shown. Raises EndOfList where it is not so long."""
        if self.place is None:
            return tuple(shown)
        at = self.place - 1 if self.place > 0 else len(shown) + self.place
        if not 0 <= at < len(shown):
            raise EndOfList("not_so_many", count=len(shown))
        return (shown[at],)


def pick_in(text: str) -> Pick | None:
    """Return the place in a list that a message points to, or None where it points to none."""
    found = _places().search(text)
    if found is None or (found["place"] and not found["before"] and not _is_alone(text, found)):
        return None
    place = None if found["all"] or found["both"] else int(found["figure"] or 0) or _table()["place"][_said(found)]
    rest = f"{text[: found.start()]}{_table()['pronoun']}{text[found.end() :]}"
    return Pick(place=place, rest=rest, is_alone=_is_alone(text, found), is_two=bool(found["both"]))


def pick_first(words: str) -> Pick | None:
    """Return the place that the words begin with ("nummer 2 til fredag"), as what a command is about does."""
    pick, found = pick_in(words), _places().match(words)
    return pick if found and pick else None


def list_shown(before: Frame | None, pick: Pick | None = None) -> Frame | None:
    """Return the newest frame of the thread whose answer was a list to point into; for "den første" one will do."""
    for frame in before.thread if before else ():
        count = max(len(frame.shown), len(frame.shown_plans), len(frame.choices))
        if count == _FEW or (count > _FEW and not (pick and pick.is_two)):
            return frame
    is_of_one = before is not None and len(before.shown) == 1 and pick is not None and pick.place == 1
    return before if is_of_one else None


def _said(found: re.Match[str]) -> str:
    return " ".join(plain(found["place"]).split())


def _is_alone(text: str, found: re.Match[str]) -> bool:
    return not re.search(r"\w", f"{text[: found.start()]}{text[found.end() :]}")


@cache
def _table() -> dict[str, Any]:
    return table("picks")


@cache
def _places() -> re.Pattern[str]:
    words = _table()
    behind = f"(?:\\s+(?:{any_of(words['behind'])}))?"
    before = f"(?:(?P<before>{any_of(words['before'])})\\s+)?"
    figure = f"(?:(?:{any_of(words['number'])})\\.?\\s*|#\\s?)(?P<figure>[1-9]\\d?)\\b"
    of_all = f"(?P<both>{any_of(words['both'])})|(?P<all>{any_of(words['all'])})"
    ordinal = f"{before}(?P<place>{any_of(words['place'])})"
    return re.compile(rf"(?<!\w)(?:{of_all}|{figure}|{ordinal})(?!\w){behind}(?!\w)", re.IGNORECASE)
