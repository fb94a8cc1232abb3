"""What a role has to do: its duties, and the work and meetings it is responsible for."""

from __future__ import annotations

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.scope import in_asked_time, in_plans, soonest_first
from bot.answers.telling import asked_words, done_presses, plans_of
from bot.model import Item, Kind
from bot.roles import holders_of
from bot.understanding.commands import typed
from bot.understanding.frame import Intent


def duties_of_role(asking: Asking) -> Facts:
    """Return all that names the role as responsible; only measures where measures are asked for."""
    frame, book = asking.frame, asking.book
    roles = frozenset(frame.roles)
    theirs = (item for item in book.items if roles.intersection(item.responsible))
    items = in_asked_time(asking, in_plans(asking, theirs))
    duties = tuple(item for item in items if item.kind is Kind.RESPONSIBILITY)
    work = soonest_first(item for item in items if item.kind is not Kind.RESPONSIBILITY)
    if frame.state == "measures" and work:
        duties = ()
    shown = (*duties, *work)
    values = {
        "words": asked_words(asking),
        "roles": tuple(dict.fromkeys(role for item in shown for role in item.responsible if role in roles)),
        "holders": _holders(asking, shown),
        "gives": typed(Intent.GIVE_ROLE, asking.frame.language),
        "duties": duties,
        "work": work,
        "plans": plans_of(asking, shown),
    }
    return Facts(template="duties_of_role", values=values, items=shown, buttons=done_presses(asking, work))


def _holders(asking: Asking, items: tuple[Item, ...]) -> tuple[str, ...]:
    people = (
        person.name
        for item in items
        for role in asking.frame.roles
        for person in holders_of(role, asking.book, item.plan_id)
    )
    return tuple(dict.fromkeys(people))
