"""Plans, items and people for the tests of storage; each fills in what a test does not care about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from bot.history import Author
from bot.messages import Sender
from bot.model import Entry, Item, Kind, Person, Plan, Platform, Precision, ProposedPlan, Span
from bot.proposals.revision import Revision
from storage.database import OrganisationStore

NOW = datetime(2024, 2, 5, 8, 30, tzinfo=UTC)
LOCAL = Sender(platform=Platform.COMMAND_LINE)
SYSTEM = Author(
    person=Person(id=None, name="administrator", is_administrator=True), platform=Platform.COMMAND_LINE, at=NOW
)


def on(day: date) -> Span:
    return Span(start=day, end=day, precision=Precision.DAY, text=f"{day:%d.%m.}")


def an_entry(title: str = "Fagdag", **said: Any) -> Entry:
    return Entry(**{"kind": Kind.EVENT, "title": title, "span": on(date(2024, 2, 8)), **said})


def a_plan(*entries: Entry, title: str = "KIBS Handlingsplan 2023/2024", **said: Any) -> ProposedPlan:
    return ProposedPlan(title=title, entries=entries, **said)


def taken_in(store: OrganisationStore, *entries: Entry, author: Author = SYSTEM, **said: Any) -> Plan:
    """A new plan with these entries, or with one that nobody cares about."""
    proposed = a_plan(*(entries or (an_entry(),)), **said)
    return store.plans.take_in(proposed, Revision(plan=None, added=proposed.entries), author)


def items_of(store: OrganisationStore, plan: Plan) -> list[Item]:
    return [item for item in store.plans.book().items if item.plan_id == plan.id]


def next_version(
    store: OrganisationStore, plan: Plan, entries: Sequence[Entry | None]
) -> tuple[ProposedPlan, Revision]:
    """A document that says, of each item in turn, what stands in `entries` (None: no more), and then what is new."""
    items = items_of(store, plan)
    pairs = [(item, entry) for item, entry in zip(items, entries, strict=False) if entry]
    proposed = a_plan(*(entry for entry in entries if entry))
    revision = Revision(
        plan=plan,
        added=tuple(entry for entry in entries[len(items) :] if entry),
        changed=tuple(pairs),
        removed=tuple(item for item, entry in zip(items, entries, strict=False) if not entry),
    )
    return proposed, revision


def a_person(store: OrganisationStore, name: str = "Kari") -> Person:
    return store.people.record(Sender(platform=Platform.COMMAND_LINE, name=name))


def by(person: Person, at: datetime = NOW, platform: Platform = Platform.COMMAND_LINE) -> Author:
    return Author(person=person, platform=platform, at=at)
