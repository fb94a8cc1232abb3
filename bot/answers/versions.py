"""What a document holds and changes, counted as a planner would tell it: "3 datoer endret, 1 møte borte"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.model import Doubt, Entry, Item, Kind, Status
from bot.proposals.differences import CLOCK, WHEN, Difference, changed_items, corrected
from bot.proposals.revision import Revision

_TOLD = (WHEN, CLOCK, "title", "responsible", "location")
# What comes back every year is no doubt, and of a bad scan nobody knows the right reading.
_NO_MATTER = (Doubt.RECURRING, Doubt.OCR_NOISE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many items of a kind; `undated` of them have no date."""

    kind: Kind
    count: int
    undated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """Items that the document no longer has, and people had done something with: `how` is a status or "corrected"."""

    how: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a next version changes; `fields` counts items by what is otherwise, "other" where it is nothing of those.

    `explained` counts short names and groups that are explained otherwise. `stays` is what the document says otherwise
    where people have corrected it.
    """

    fields: tuple[tuple[str, int], ...]
    added: tuple[Counted, ...]
    removed: tuple[Counted, ...]
    changed: tuple[tuple[Item, tuple[Difference, ...]], ...]
    stays: tuple[tuple[Item, Difference], ...]
    gone: tuple[Gone, ...]
    explained: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.told

    @property
    def told(self) -> tuple[tuple[str, str, int], ...]:
        """The parts of the sentence in their order: how (changed, gone, new), what (a field or a kind) and how many."""
        changed = [("changed", name, count) for name, count in self.fields]
        changed += [("changed", "explained", self.explained)] if self.explained else []
        gone = [("gone", str(one.kind), one.count) for one in self.removed]
        return (*changed, *gone, *(("new", str(one.kind), one.count) for one in self.added))


def version_of(revision: Revision) -> Version:
    """Return what the document changes in a plan that is there."""
    changed = changed_items(revision)
    fields = Counter(name for _, found in changed for name in _told(found))
    return Version(
        fields=tuple((name, fields[name]) for name in (*_TOLD, "other") if fields[name]),
        added=by_kind(revision.added),
        removed=by_kind(revision.removed),
        changed=changed,
        stays=tuple((item, one) for item, found in changed for one in found if one.stays is not None),
        gone=_gone(revision),
        explained=revision.explained,
    )


def by_kind(entries: Iterable[Entry]) -> tuple[Counted, ...]:
    """Return how many there are of each kind, in the order of kinds."""
    listed = tuple(entries)
    counts = Counter(entry.kind for entry in listed)
    undated = Counter(entry.kind for entry in listed if entry.kind.is_markable and not entry.span.is_dated)
    return tuple(Counted(kind=kind, count=counts[kind], undated=undated[kind]) for kind in Kind if counts[kind])


def doubtful(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries in which something does not add up, those with both readings of a date first."""
    found = [entry for entry in entries if any(doubt not in _NO_MATTER for doubt in entry.doubts)]
    return tuple(sorted(found, key=lambda entry: entry.span.other is None))


def doubts_by_kind(entries: Iterable[Entry]) -> tuple[tuple[Doubt, int], ...]:
    """Return how often each doubt is there, in the order of doubts."""
    counts = Counter(doubt for entry in entries for doubt in set(entry.doubts))
    return tuple((doubt, counts[doubt]) for doubt in Doubt if counts[doubt] and doubt not in _NO_MATTER)


def _told(found: Iterable[Difference]) -> set[str]:
    return {one.field for one in found if one.field in _TOLD} or {"other"}


def _gone(revision: Revision) -> tuple[Gone, ...]:
    """Removed items with a mark, and those with a correction; each once."""
    under: dict[str, list[Item]] = {}
    for item in revision.removed:
        if item.status is not Status.OPEN:
            under.setdefault(item.status, []).append(item)
        elif item.cancelled or corrected(item, revision.said.get(item.id, item)):
            under.setdefault("corrected", []).append(item)
    return tuple(Gone(how=how, items=tuple(items)) for how, items in under.items())
