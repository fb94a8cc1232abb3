"""A proposed plan into the plan database: as a new plan, or as the next version of one that is there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.errors import DatabaseTrouble, NotAllowed, NotFound
from bot.history import Author
from bot.model import Book, Plan, ProposedPlan
from bot.permissions import may_administer
from bot.ports import Store
from bot.proposals.revision import Revision, revise, same_plan

_ATTEMPTS = 3


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


def revision_of(store: Store, proposed: ProposedPlan, target: Target) -> Revision:
    """Return what the document would change, without changing it. Raises NotFound."""
    book = store.plans.book()
    if target.name:
        plan: Plan | None = plan_named(book, target.name)
    else:
        plan = None if target.is_new else same_plan(book, proposed)
    if plan is None:
        return replace(revise(book, None, proposed), is_first=not target.is_new)
    return revise(book, plan, proposed, store.plans.said(plan))


def take_in(
    store: Store, proposed: ProposedPlan, target: Target, author: Author, waiting: int | None = None
) -> tuple[Plan, Revision]:
    """Write the plan, and return it with what was changed: of several at once, each sees what the others did.

    Raises NotAllowed unless the author is an administrator or the plan's owner, and NotFound.
    """
    attempts = _ATTEMPTS
    while True:
        attempts -= 1
        revision = revision_of(store, proposed, target)
        if not may_administer(author.person, revision.plan, store.plans.book()):
            raise NotAllowed("import_not_allowed")
        try:
            return store.plans.take_in(proposed, revision, author, waiting), revision
        except DatabaseTrouble as trouble:
            if trouble.template != "database_changed" or not attempts:
                raise
