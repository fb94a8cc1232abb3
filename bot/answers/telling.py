"""What most answers have in common: the plans and reservations behind the rows, buttons, a role to show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.answers.asking import Asking
from bot.answers.facts import Press
from bot.answers.scope import first_day, is_over
from bot.model import PLAN_OWNER, Item, Plan, Status
from bot.permissions import may_mark
from bot.roles import roles_in
from bot.understanding.commands import typed
from bot.understanding.frame import Intent

_MOST_PRESSES = 5
_MOST_ON_A_LABEL = 30


def plans_of(asking: Asking, items: Iterable[Item]) -> tuple[Plan, ...]:
    """Return the plans that the items stand in, in the book's order."""
    ids = {item.plan_id for item in items}
    return tuple(plan for plan in asking.book.plans if plan.id in ids)


def done_presses(asking: Asking, items: Sequence[Item]) -> tuple[Press, ...]:
    """Return a "done" button for each open item that has begun and that the asker may mark, at most five."""
    presses: list[Press] = []
    for item in items:
        if len(presses) < _MOST_PRESSES and _is_for_marking(item, asking):
            says = typed(Intent.MARK_DONE, asking.frame.language, item.key)
            presses.append(Press(name="done_item", says=says, values={"item": item, "title": short_title(item.title)}))
    return tuple(presses)


def role_to_give(asking: Asking) -> str:
    """Return a role to show how one is given: the most named of the plans that hold, else of a plan, or its owner."""
    holding = {plan.id for plan in asking.book.plans if not is_over(plan, asking.today)}
    there = roles_in(asking.book)
    current = (role.name for role in there if holding.intersection(role.plan_ids))
    return next(current, next((role.name for role in there), PLAN_OWNER))


def asked_words(asking: Asking) -> str:
    """Return the words that the question named something with, as they were written."""
    return " ".join(asking.frame.names)


def once_each(texts: Iterable[str | None]) -> tuple[str, ...]:
    """Return the texts that are there, each once, in order."""
    return tuple(dict.fromkeys(text for text in texts if text))


def _is_for_marking(item: Item, asking: Asking) -> bool:
    return (
        item.kind.is_markable
        and not item.cancelled
        and item.status in (Status.OPEN, Status.STARTED)
        and first_day(item) <= asking.today
        and may_mark(asking.asker, item, asking.book)
    )


def short_title(title: str) -> str:
    """Return the title, cut to what a button has room for."""
    return title if len(title) <= _MOST_ON_A_LABEL else f"{title[: _MOST_ON_A_LABEL - 1].rstrip()}…"
