"""What a new version says otherwise, field by field, as a planner speaks of it: the date, the title, the role."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Entry, Item
from bot.proposals.merging import UNITS, is_same, joined
from bot.proposals.revision import Revision

WHEN, WORDING, CLOCK, DOUBTS = "when", "wording", "clock", "doubts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is otherwise; `field` is a field of an entry, or when, wording (of the date) or clock.

    `stays` is the item where people have corrected just this, so that it stays as they said.
    """

    field: str
    before: Entry
    after: Entry
    stays: Item | None = None


def differences(before: Entry, after: Entry, item: Item | None = None) -> tuple[Difference, ...]:
    """Return what is otherwise; `item` is what people have corrected."""
    found = []
    for unit in (*UNITS, (DOUBTS,)):
        if not is_same(before, after, unit):
            stays = item if item is not None and unit != (DOUBTS,) and not is_same(item, before, unit) else None
            found.append(Difference(field=_name(unit, before, after), before=before, after=after, stays=stays))
    return tuple(found)


def changed_items(revision: Revision) -> tuple[tuple[Item, tuple[Difference, ...]], ...]:
    """Return what the document says otherwise than before, item by item."""
    return tuple((item, _changes_of(item, entry, revision.said.get(item.id))) for item, entry in revision.changed)


def corrected(item: Item, said: Entry) -> bool:
    """Whether people have corrected anything of what the document said."""
    return any(not is_same(item, said, unit) for unit in (*UNITS, (DOUBTS,)))


def _changes_of(item: Item, entry: Entry, said: Entry | None) -> tuple[Difference, ...]:
    return differences(item, joined(item, entry)) if said is None else differences(said, entry, item)


def _name(unit: tuple[str, ...], before: Entry, after: Entry) -> str:
    if unit != ("span",):
        return CLOCK if len(unit) > 1 else unit[0]
    old, new = before.span, after.span
    is_same = (old.start, old.end, old.other) == (new.start, new.end, new.other)
    is_as_written = old.precision.is_vague or new.precision.is_vague
    return WORDING if is_same and (not is_as_written or old.text == new.text) else WHEN
