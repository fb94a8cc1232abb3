"""A proposed plan into the plan database: as a new plan, or as the next version of one that is there."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import NotAllowed, NotFound
from bot.model import Author, Book, Plan, ProposedPlan
from bot.permissions import may_administer
from bot.ports import Store
from bot.proposals.revision import Revision, revise, same_plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Which plan a document is a version of: the one of that name, a new one, or (neither) what fits."""

    name: str | None = None
    is_new: bool = False


def plan_named(book: Book, name: str) -> Plan:
    """Return the plan of that title or short name, in any case. Raises NotFound."""
    wanted = name.casefold().strip()
    for plan in book.plans:
        if wanted in (plan.title.casefold(), plan.short.casefold()):
            return plan
    raise NotFound("plan_not_found", name=name, plans=book.plans)


def revision_of(book: Book, proposed: ProposedPlan, target: Target) -> Revision:
    """Return what the document would change, without changing it. Raises NotFound."""
    if target.is_new:
        return revise(book, None, proposed)
    plan = plan_named(book, target.name) if target.name else same_plan(book, proposed)
    return revise(book, plan, proposed)


def take_in(store: Store, proposed: ProposedPlan, revision: Revision, author: Author) -> Plan:
    """Write the plan. Raises NotAllowed unless the author is an administrator or the plan's owner."""
    if not may_administer(author.person, revision.plan, store.plans.book()):
        raise NotAllowed("import_not_allowed")
    return store.plans.take_in(proposed, revision, author)
