"""What people write of an item: notes, and what they answer when it is done; the history keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.history import HistoryEntry

NOTE, WORKED, CARRY_ON = "note", "worked", "carry_on"
WRITTEN = (NOTE, WORKED, CARRY_ON)
"""The fields of the history that hold what was written: each row stands for itself, and replaces nothing."""

Texts = tuple[tuple[str, str], ...]
"""What is to be written of an item, each text behind its field."""

LONGEST = 2000

# Slack puts addresses in angle brackets, with a label behind a stroke.
_ADDRESS = re.compile(r"<?(https?://[^\s<>|\"«»]+)(?:\|[^<>]*)?>?", re.IGNORECASE)
_BEHIND = ".,;:!?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing that was written: its words, and the addresses that stood among them."""

    entry: HistoryEntry
    words: str
    links: tuple[str, ...]


def has_note(texts: Texts) -> bool:
    """Whether a note is among them."""
    return any(field == NOTE for field, _ in texts)


def remark_of(entry: HistoryEntry) -> Remark:
    """Return what an entry of the history holds; only http and https are addresses."""
    text = entry.after or ""
    links = tuple(dict.fromkeys(found.rstrip(_BEHIND) for found in _ADDRESS.findall(text)))
    words = " ".join(_ADDRESS.sub(" ", text).split())
    return Remark(entry=entry, words=words, links=links)


def standing(entries: Iterable[HistoryEntry]) -> tuple[Remark, ...]:
    """Return what was written and not taken back, in the order of the entries."""
    there = tuple(entries)
    undone = {entry.undoes for entry in there}
    return tuple(
        remark_of(entry)
        for entry in there
        if entry.field in WRITTEN and entry.undoes is None and entry.id not in undone and entry.after
    )
