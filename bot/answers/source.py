"""Where something stands: plan, file, and the place in it; and which plans there are."""

from __future__ import annotations

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.plan_itself import plan_itself
from bot.answers.scope import in_asked_time_of_any_year, in_plans, is_over, named_items
from bot.answers.telling import plans_of
from bot.errors import NothingThere

_MOST = 20
_OF_THEMSELVES = ("period", "made_by", "adopted", "file", "summary")


def source(asking: Asking) -> Facts:
    """Return the place of what is asked about, or of what the answer before spoke of. Raises NothingThere."""
    items = in_plans(asking, in_asked_time_of_any_year(asking, named_items(asking)))[:_MOST]
    if not items:
        raise NothingThere("nothing_before")
    return Facts(template="source", values={"items": items, "plans": plans_of(asking, items)}, items=items)


def plans(asking: Asking) -> Facts:
    """Return the plans that there are, with their periods and reservations; or what is asked of them themselves."""
    if asking.frame.state in _OF_THEMSELVES and asking.book.plans:
        return plan_itself(asking)
    chosen = [plan for plan in asking.book.plans if not asking.frame.plans or plan.id in asking.frame.plans]
    current = tuple(plan for plan in chosen if not is_over(plan, asking.today))
    over = tuple(plan for plan in chosen if plan not in current)
    asks_for_reservations = asking.frame.state == "reservation"
    values = {
        "current": current,
        "over": over,
        "is_counted": asking.frame.state == "count",
        "has_none": bool(asks_for_reservations and current) and not any(plan.reservation for plan in current),
    }
    return Facts(template="plans", values=values, listed_plans=(*current, *over))
