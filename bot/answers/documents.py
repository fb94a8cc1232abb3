"""Documents that wait: what one holds and changes, and taking it in or leaving it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.acting import author_of, step_change
from bot.answers.asking import Asking
from bot.answers.facts import Facts, Press
from bot.answers.marking import takes_back
from bot.answers.versions import by_kind, doubtful, doubts_by_kind, version_of
from bot.errors import NotAllowed, NotFound
from bot.history import HistoryEntry
from bot.importing import Target, revision_of, take_in
from bot.model import Plan, ProposedPlan
from bot.permissions import may_administer
from bot.proposals.revision import Revision, same_plan, same_title
from bot.roles import owners_of
from bot.understanding.commands import typed
from bot.understanding.frame import Intent
from bot.understanding.waiting import Waiting, as_plan, read_waiting

_MOST_ROWS = 5
_MOST_PLANS = 3


def read_in(asking: Asking, proposed: ProposedPlan) -> Facts:
    """Keep a plan that somebody has handed in, and tell what it holds and would change. Raises NotAllowed."""
    revision = _permitted(asking, proposed, Target())
    number = asking.store.waiting.keep(proposed, author_of(asking))
    others = _of_other_periods(asking, proposed, revision)
    values = {**told(proposed, revision), "others": others}
    return Facts(template="document_read", values=values, buttons=_choices(asking, str(number), revision, others))


def refuse_to_read_in(asking: Asking) -> None:
    """Raises NotAllowed for whoever may take in no plan at all."""
    if not may_administer(asking.asker, None, asking.book):
        raise NotAllowed("import_not_allowed")


def show_document(asking: Asking) -> Facts:
    """Tell item by item what a document changes, or holds if the plan is new. Raises NotAllowed and NotFound."""
    waiting, proposed = _waiting(asking)
    revision = _permitted(asking, proposed, Target(name=waiting.plan, is_new=waiting.is_new))
    template = "document_items" if revision.plan is None else "document_changes"
    values = {**told(proposed, revision), "book": asking.book}
    return Facts(template=template, values=values, buttons=_choices(asking, asking.frame.argument, revision, ())[::2])


def take_document(asking: Asking) -> Facts:
    """Take in a plan that waits, as the plans are now, and tell what was done. Raises NotAllowed and NotFound."""
    waiting, proposed = _waiting(asking)
    target = Target(name=waiting.plan, is_new=waiting.is_new)
    _permitted(asking, proposed, target)
    author = author_of(asking)
    before = asking.store.history.last_step_by(author.person)
    plan, revision = take_in(asking.store, proposed, target, author, waiting.number)
    step = asking.store.history.last_step_by(author.person)
    done = () if step == before else step
    book = asking.store.plans.book()
    values = {
        **told(plan, revision),
        "owners": owners_of(plan, book),
        "check": typed(Intent.CHECK_DOUBTS, asking.frame.language),
    }
    return Facts(
        template="document_taken",
        values=values,
        changes=tuple(step_change(entry) for entry in reversed(done)),
        buttons=_afterwards(asking, done, bool(values["doubtful"])),
    )


def discard_document(asking: Asking) -> Facts:
    """Erase a plan that waits. Raises NotAllowed and NotFound."""
    waiting, proposed = _waiting(asking)
    _permitted(asking, proposed, Target())
    if not asking.store.waiting.discard(waiting.number):
        raise NotFound("document_not_waiting", number=waiting.number)
    return Facts(template="document_discarded", values={"plan": proposed})


def _waiting(asking: Asking) -> tuple[Waiting, ProposedPlan]:
    """The document that the command names. Raises NotFound, and NotAllowed for whoever may take in nothing."""
    refuse_to_read_in(asking)
    waiting = read_waiting(asking.frame.argument)
    proposed = asking.store.waiting.find(waiting.number, asking.message.now) if waiting else None
    if waiting is None or proposed is None:
        raise NotFound("document_not_waiting", number=waiting.number if waiting else asking.frame.argument)
    return waiting, proposed


def _permitted(asking: Asking, proposed: ProposedPlan, target: Target) -> Revision:
    """What the document changes, for whoever may. Raises NotAllowed, and NotFound for a plan that is not there."""
    refuse_to_read_in(asking)
    revision = revision_of(asking.store, proposed, target)
    # Whoever may not change the plan that it fits may not turn it into another one either.
    plans = {revision.plan, same_plan(asking.book, proposed)} if target.name or target.is_new else {revision.plan}
    if not all(may_administer(asking.asker, plan, asking.book) for plan in plans):
        raise NotAllowed("import_not_allowed")
    return revision


def _of_other_periods(asking: Asking, proposed: ProposedPlan, revision: Revision) -> tuple[Plan, ...]:
    """The newest plans of the same title, which a new plan may be the next version of."""
    if revision.plan is not None:
        return ()
    found = (plan for plan in same_title(asking.book, proposed) if may_administer(asking.asker, plan, asking.book))
    return tuple(found)[-_MOST_PLANS:]


def told(plan: Plan | ProposedPlan, revision: Revision) -> dict[str, object]:
    """Return what a template tells of a document; doubts that people have settled are none."""
    entries = revision.entries
    found = doubtful(entries)
    return {
        "plan": plan,
        "known": revision.plan,
        "entries": entries,
        "revision": revision,
        "version": version_of(revision) if revision.plan else None,
        "counts": by_kind(entries),
        "doubtful": found,
        "doubts": doubts_by_kind(found),
        "most": _MOST_ROWS,
        "others": (),
        "unread": plan.unread if isinstance(plan, ProposedPlan) else (),
    }


def _choices(asking: Asking, which: str, revision: Revision, others: tuple[Plan, ...]) -> tuple[Press, ...]:
    """Take it in, look at all of it, or leave it; where plans of that title are there, as which.

    `which` is the document as a command names it: "17", "17 som KIBS".
    """
    language = asking.frame.language
    intent, name = (Intent.DOCUMENT_CHANGES, "all_changes") if revision.plan else (Intent.DOCUMENT_ITEMS, "all_items")
    take = [Press(name="take_in", says=typed(Intent.DOCUMENT_TAKE, language, which))]
    if others:
        says = typed(Intent.DOCUMENT_TAKE, language, as_plan(which, language, None))
        take = [Press(name="take_in_new", says=says)]
    for plan in others:
        says = typed(Intent.DOCUMENT_TAKE, language, as_plan(which, language, plan.short))
        take.append(Press(name="take_in_version", says=says, values={"plan": plan}))
    look = Press(name=name, says=typed(intent, language, which))
    discard = Press(name="discard", says=typed(Intent.DOCUMENT_DISCARD, language, which.split()[0]))
    return (*take, look, discard)


def _afterwards(asking: Asking, done: Sequence[HistoryEntry], is_doubtful: bool) -> tuple[Press, ...]:
    language = asking.frame.language
    undo = (Press(name="undo", says=takes_back(asking, done[0].step)),) if done else ()
    check = Press(name="check", says=typed(Intent.CHECK_DOUBTS, language))
    return (*undo, *((check,) if is_doubtful else ()))
