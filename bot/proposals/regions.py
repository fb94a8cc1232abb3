"""Cells that name a time for each of several regions or groups: "NØR: 18/11", "SØR: 20/11"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.documents.document import Paragraph
from bot.model import Doubt, Precision, Span
from bot.proposals.columns import meaning
from bot.proposals.slots import Slot, Timed, doubts_in, slot_of
from bot.proposals.surroundings import Surroundings

_LABELLED = re.compile(r"^([A-ZÆØÅ][\w.-]{0,20}(?:\s[A-ZÆØÅ\d][\w-]{0,15}){0,2})\s*:\s*(.*)$")
_SEVERAL = re.compile(r"\s+(?=[A-ZÆØÅ]{2,6}\s*:)")
_IN_BRACKETS = re.compile(r"^\(.*\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    name: str
    text: str


def by_region(paragraphs: Sequence[Paragraph], around: Surroundings) -> Timed | None:
    """Return a slot for each region, with the words that are neither region nor time; None where no regions stand.

    A region without a time of its own has that of the whole cell, and a doubt.
    """
    lines = [line for paragraph in paragraphs for line in _SEVERAL.split(paragraph.text)]
    labels = [_label(line, around) for line in lines]
    if sum(label is not None for label in labels) < 2:
        return None
    others = [line for line, label in zip(lines, labels, strict=True) if label is None]
    common = next((slot for line in others if (slot := slot_of(line, around))), None)
    left = tuple(line for line in others if slot_of(line, around) is None)
    notes = tuple(line for line in left if _IN_BRACKETS.match(line) or tuple(doubts_in(line)))
    said = tuple(doubt for note in notes for doubt in doubts_in(note) if doubt is Doubt.POSTPONED)
    below = around.under(common.span.text or "") if common else None
    slots = tuple(
        _slot(label, common or Slot(span=Span(text=notes[0] if notes else None)), below or around).doubted(*said)
        for label in labels
        if label
    )
    return Timed(slots=slots, words=tuple(line for line in left if line not in notes))


def _label(line: str, around: Surroundings) -> _Label | None:
    found = _LABELLED.match(line)
    if found is None or meaning(found[1]) or slot_of(found[1], around):
        return None
    if found[2] and slot_of(found[2], around) is None:
        return None
    return _Label(name=found[1], text=found[2])


def _slot(label: _Label, common: Slot, around: Surroundings) -> Slot:
    own = slot_of(label.text, around) if label.text else None
    if own is None:
        return replace(common, region=label.name).doubted(Doubt.PLACEHOLDER_DATE)
    named = replace(own, region=label.name)
    return named.doubted(Doubt.OUT_OF_ORDER) if _is_outside(own.span, common.span) else named


def _is_outside(own: Span, common: Span) -> bool:
    """Whether a region's day does not lie in the month or week that stands over all of them."""
    if own.start is None or common.start is None or common.end is None:
        return False
    is_vague = common.precision in (Precision.MONTH, Precision.WEEK, Precision.SEASON)
    return is_vague and not common.overlaps(own.start, own.end or own.start)
