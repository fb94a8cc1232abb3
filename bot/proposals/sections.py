"""What a heading changes for what stands below it."""

from __future__ import annotations

from dataclasses import replace

from bot.model import Precision
from bot.proposals.front import is_about_itself, is_reservation
from bot.proposals.people import named_by_heading
from bot.proposals.sentences import neat
from bot.proposals.slots import slots_in
from bot.proposals.surroundings import Surroundings
from bot.time.reading import find

_VAGUE = (Precision.MONTH, Precision.WEEK, Precision.SEASON, Precision.YEAR)


def below_heading(text: str, around: Surroundings) -> Surroundings:
    """Return what stands around the rows below a heading: a time, whom it is for, or what it is about."""
    if is_about_itself(text) or is_reservation(text):
        return around
    under = around.under(text)
    if under:
        return under
    if named := named_by_heading(text):
        return replace(around, audience=named)
    found = slots_in(text, around)
    if len(found.slots) == 1 and found.slots[0].span.precision in _VAGUE:
        around = around.under(found.slots[0].span.text or "") or around
    return replace(around, area=neat(text), goal=None)


def under_title(title: str, around: Surroundings) -> Surroundings:
    """Return what stands around a whole plan whose title names one week or month: it is for that alone."""
    for found in find(title):
        when = around.resolve(found.value)
        below = around.under(found.text) if when and when.precision in (Precision.WEEK, Precision.MONTH) else None
        if below and below.heading:
            return below
    return around
