"""The note behind a command about an item, and what was written of an item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.answers.asking import Asking
from bot.answers.choosing import items_meant
from bot.errors import TooLong
from bot.model import Item
from bot.remarks import LONGEST, Remark, standing
from bot.understanding.parting import Parted
from bot.understanding.words import plain

_COLON = ": "


def what_and_note(asking: Asking) -> Parted:
    """Return WHAT and NOTE: behind a key all is the note; behind words what stands behind a colon.

    A colon of the title's own is none. Raises TooLong.
    """
    argument = asking.frame.argument
    first, _, behind = argument.partition(" ")
    if first.rstrip(":,").casefold() in asking.book.by_key:
        return _parted(first.rstrip(":,"), behind)
    titled = [cut for cut in _cuts(argument) if _is_title(asking, cut[0])]
    if titled:
        return _parted(*titled[-1])
    if _COLON not in argument or items_meant(asking):
        return Parted(what=argument)
    return _parted(*next(_cuts(argument)))


def about(asking: Asking, what: str) -> Asking:
    """Return the same question about these words alone."""
    return replace(asking, frame=replace(asking.frame, argument=what))


def checked(text: str) -> str:
    """Return the text on one line. Raises TooLong."""
    line = " ".join(text.split())
    if len(line) > LONGEST:
        raise TooLong("note_too_long", longest=LONGEST)
    return line


def written_of(asking: Asking, item: Item) -> tuple[Remark, ...]:
    """Return what was written of an item, newest first."""
    return standing(asking.store.history.of_item(item.id))


def _parted(what: str, behind: str) -> Parted:
    return Parted(what=what.strip(), behind=checked(behind))


def _cuts(words: str) -> Iterator[tuple[str, str]]:
    """Each way to part the words at a colon, the shortest first part first; last the whole of them."""
    at = words.find(_COLON)
    while at >= 0:
        yield words[:at], words[at + len(_COLON) :]
        at = words.find(_COLON, at + 1)
    yield words, ""


def _is_title(asking: Asking, words: str) -> bool:
    said = plain(words).strip(' ".«»')
    return any(plain(item.title) == said for item in asking.near.items)
