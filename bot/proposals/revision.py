"""What a document changes in a plan that is already in the database.

Document is compared with document: what the last version said with what this one says. So what people have
corrected in between is no change, and stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.model import Book, Entry, Item, Plan, ProposedPlan
from bot.proposals.lexicon import fold
from bot.proposals.merging import UNITS, is_same, joined, kept_over
from bot.proposals.pairing import adopted, paired
from bot.proposals.periods import without_year
from bot.terms import explained_otherwise

__all__ = ["Revision", "joined", "kept_over", "revise", "same_plan", "says_otherwise", "without_year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A plan's next version, item by item; `plan` is None where the document is a new plan.

    `changed` pairs an item with what the document now says of it, where that is something new; `kept` the same,
    where nothing differs but perhaps the source. `own` are items that only people have made, which no document
    removes. `said` is what the document said before, by the item's id. `explained` counts the short names and groups
    that it explains otherwise than before. `is_first` where there is no other plan of
    that title and period, nor may there be one when this is written.
    """

    plan: Plan | None
    added: tuple[Entry, ...] = ()
    changed: tuple[tuple[Item, Entry], ...] = ()
    removed: tuple[Item, ...] = ()
    kept: tuple[tuple[Item, Entry], ...] = ()
    own: tuple[Item, ...] = ()
    said: Mapping[int, Entry] = field(default_factory=dict)
    explained: int = 0
    is_first: bool = False

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What the plan will hold: the document's words, and what people have corrected in them."""
        there = (_held(item, self.said.get(item.id), entry) for item, entry in (*self.kept, *self.changed))
        return (*there, *self.added, *self.own)


def same_plan(book: Book, proposed: ProposedPlan) -> Plan | None:
    """Return the plan that the document is the next version of: same title and period, whatever its name or format."""
    for plan in same_title(book, proposed):
        if (plan.period_start, plan.period_end) == (proposed.period_start, proposed.period_end):
            return plan
    return None


def same_title(book: Book, proposed: ProposedPlan) -> tuple[Plan, ...]:
    """Return the plans of the same title but for its year, of whatever period."""
    title = fold(without_year(proposed.title))
    return tuple(plan for plan in book.plans if fold(without_year(plan.title)) == title)


def says_otherwise(said: Entry, entry: Entry) -> bool:
    """Whether anything is new; where a thing stands changes with every format and every line above it."""
    return not all(is_same(said, entry, unit) for unit in (*UNITS, ("doubts",)))


def revise(book: Book, plan: Plan | None, proposed: ProposedPlan, said: Mapping[int, Entry] | None = None) -> Revision:
    """Pair what the document says with what its last version said, one to one.

    `said` has the items that a document has spoken of; without it, that is all of them, as they stand.
    """
    if plan is None:
        return Revision(plan=None, added=proposed.entries)
    items = tuple(item for item in book.items if item.plan_id == plan.id)
    before = {item.id: item for item in items} if said is None else said
    pairs = _pairs(items, before, proposed.entries)
    both = [(item, proposed.entries[pairs[item.id]]) for item in items if item.id in pairs]
    is_new = {item.id: _says_new(item, before.get(item.id), entry) for item, entry in both}
    taken = set(pairs.values())
    return Revision(
        plan=plan,
        added=tuple(entry for index, entry in enumerate(proposed.entries) if index not in taken),
        changed=tuple((item, entry) for item, entry in both if is_new[item.id]),
        removed=tuple(item for item in items if item.id not in pairs and item.id in before),
        kept=tuple((item, entry) for item, entry in both if not is_new[item.id]),
        own=tuple(item for item in items if item.id not in pairs and item.id not in before),
        said=before,
        explained=explained_otherwise(plan.terms, proposed.terms),
    )


def _pairs(items: tuple[Item, ...], said: Mapping[int, Entry], entries: tuple[Entry, ...]) -> dict[int, int]:
    """The place of each item's entry by the item's id: first what documents have spoken of, then people's own."""
    known = [item.id for item in items if item.id in said]
    pairs = {known[one]: other for one, other in paired([said[number] for number in known], entries).items()}
    own = [item for item in items if item.id not in said]
    pairs.update((own[one].id, other) for one, other in adopted(own, entries, set(pairs.values())).items())
    return pairs


def _held(item: Item, said: Entry | None, entry: Entry) -> Entry:
    return joined(item, entry) if said is None else kept_over(item, said, entry)


def _says_new(item: Item, said: Entry | None, entry: Entry) -> bool:
    return says_otherwise(item, joined(item, entry)) if said is None else says_otherwise(said, entry)
