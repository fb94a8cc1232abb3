"""What a row or a line says of the things in it, before it is known which says what of which."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Milestones
from bot.proposals.columns import Column
from bot.proposals.slots import Slot
from bot.proposals.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a row or a line says of the things in it; lists hold a text for each paragraph.

    `column` is where the things stand; `is_work`: they stand under a time in which they are to be done.
    """

    column: Column
    around: Surroundings
    slots: tuple[Slot, ...] = ()
    responsible: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    resources: str | None = None
    places: tuple[str, ...] = ()
    region: str | None = None
    milestones: Milestones = ()
    is_work: bool = False
