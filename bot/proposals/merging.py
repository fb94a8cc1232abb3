"""What an item holds once its document says something new: what people have corrected stays, all else follows.

What belongs together stays together: a date with its precision and its words, a clock time from and to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from bot.model import Doubt, Entry, Span

_CLOCK = ("time_start", "time_end")
_PLACES = ("source", "source_line")
_FIRST = (("title",), ("span",), _CLOCK)
UNITS: tuple[tuple[str, ...], ...] = (
    *_FIRST,
    *((field.name,) for field in fields(Entry) if field.name not in ("title", "span", *_CLOCK, *_PLACES, "doubts")),
)
"""The fields that are corrected, and compared, together."""

# All other doubts are about the date.
_OF_TEXT = frozenset({Doubt.EMPTY_SLOT, Doubt.DUPLICATE, Doubt.OCR_NOISE})


# Another format of the same document breaks lines and words elsewhere; between figures a break tells something.
_SPACING = re.compile(r"(?<!\d)[\s\u00ad\u2010-\u2015-]+|[\s\u00ad\u2010-\u2015-]+(?!\d)")


def is_same(one: Entry, other: Entry, unit: tuple[str, ...]) -> bool:
    """Whether two entries say the same in the fields of a unit; how the words are spaced and hyphenated is nothing."""
    return all(_bare(getattr(one, name)) == _bare(getattr(other, name)) for name in unit)


def kept_over(item: Entry, said: Entry, entry: Entry) -> Entry:
    """Return what an item holds that held `item` while the document said `said`, and now says `entry`."""
    values: dict[str, Any] = {"doubts": _doubts(item, said, entry)}
    for unit in UNITS:
        if not is_same(item, said, unit) or is_same(said, entry, unit):
            values.update(_values(item, unit))
    return replace(_plain(entry), **values)


def joined(own: Entry, entry: Entry) -> Entry:
    """Return what an item holds that people had made, and that a document now has too: theirs where it is silent."""
    values: dict[str, Any] = {}
    for unit in UNITS:
        if not any(_values(entry, unit).values()):
            values.update(_values(own, unit))
    return replace(_plain(entry), **values)


def _values(entry: Entry, unit: tuple[str, ...]) -> Mapping[str, Any]:
    return {name: getattr(entry, name) for name in unit}


def _bare(value: object) -> object:
    """The value without spaces and hyphens."""
    if isinstance(value, str):
        return _SPACING.sub("", value)
    if isinstance(value, Span):
        return replace(value, text=_SPACING.sub("", value.text or ""))
    return tuple(map(_bare, value)) if isinstance(value, tuple) else value


def _plain(entry: Entry) -> Entry:
    return Entry(**{field.name: getattr(entry, field.name) for field in fields(Entry)})


def _doubts(item: Entry, said: Entry, entry: Entry) -> tuple[Doubt, ...]:
    """A doubt that people have settled stays settled as long as the document says the same."""
    of_date = _doubts_of("span", item, said, entry)
    of_text = _doubts_of("title", item, said, entry)
    found = [doubt for doubt in of_text if doubt in _OF_TEXT] + [doubt for doubt in of_date if doubt not in _OF_TEXT]
    order = (*entry.doubts, *item.doubts)
    return tuple(sorted(dict.fromkeys(found), key=order.index))


def _doubts_of(name: str, item: Entry, said: Entry, entry: Entry) -> tuple[Doubt, ...]:
    if not is_same(item, said, (name,)):
        return item.doubts
    if not is_same(said, entry, (name,)):
        return entry.doubts
    gone = set(said.doubts) - set(entry.doubts)
    new = tuple(doubt for doubt in entry.doubts if doubt not in said.doubts)
    return (*(doubt for doubt in item.doubts if doubt not in gone), *new)
