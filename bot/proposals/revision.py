"""What a document changes in a plan that is already in the database."""

from __future__ import annotations

from dataclasses import dataclass, fields

from bot.model import Book, Entry, Item, Plan, ProposedPlan
from bot.proposals.lexicon import fold
from bot.proposals.pairing import paired

# Where a thing stands may change with every format and every line above it.
_PLACES = ("source", "source_line")
_SAID = tuple(field.name for field in fields(Entry) if field.name not in _PLACES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A plan's next version, item by item; `plan` is None where the document is a new plan.

    `changed` pairs an item with what the document now says of it; `kept` the same, where nothing differs but
    perhaps the source.
    """

    plan: Plan | None
    added: tuple[Entry, ...] = ()
    changed: tuple[tuple[Item, Entry], ...] = ()
    removed: tuple[Item, ...] = ()
    kept: tuple[tuple[Item, Entry], ...] = ()


def same_plan(book: Book, proposed: ProposedPlan) -> Plan | None:
    """Return the plan that the document is the next version of: same title and period, whatever its name or format."""
    for plan in book.plans:
        is_same_time = (plan.period_start, plan.period_end) == (proposed.period_start, proposed.period_end)
        if is_same_time and fold(plan.title) == fold(proposed.title):
            return plan
    return None


def revise(book: Book, plan: Plan | None, proposed: ProposedPlan) -> Revision:
    """Pair what the document says with what the plan holds, one to one."""
    if plan is None:
        return Revision(plan=None, added=proposed.entries)
    items = tuple(item for item in book.items if item.plan_id == plan.id)
    pairs = paired(items, proposed.entries)
    both = [(item, proposed.entries[pairs[index]]) for index, item in enumerate(items) if index in pairs]
    taken = set(pairs.values())
    return Revision(
        plan=plan,
        added=tuple(entry for index, entry in enumerate(proposed.entries) if index not in taken),
        changed=tuple((item, entry) for item, entry in both if _differs(item, entry)),
        removed=tuple(item for index, item in enumerate(items) if index not in pairs),
        kept=tuple((item, entry) for item, entry in both if not _differs(item, entry)),
    )


def _differs(item: Item, entry: Entry) -> bool:
    return any(getattr(item, name) != getattr(entry, name) for name in _SAID)
