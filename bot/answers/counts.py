"""How many there are."""

from __future__ import annotations

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.measures import measures_in_state
from bot.answers.scope import (
    current_plans,
    in_asked_time,
    in_plans,
    last_day,
    named,
    named_items,
    soonest_first,
    without_parts,
)
from bot.answers.telling import asked_words, plans_of
from bot.model import Doubt, Item, Kind, Status

_STATES = ("undated", "unassigned", "late", "open", "done")


def count(asking: Asking) -> Facts:
    """Return how many of what is asked for, and which; of "left" those that are not over."""
    frame = asking.frame
    kind = Kind.RESPONSIBILITY if frame.state == "duties" else frame.kinds[0] if frame.kinds else Kind.EVENT
    items = measures_in_state(asking) if frame.state in _STATES else _counted(asking)
    if frame.state == "remaining":
        items = tuple(item for item in items if _is_left(item, asking))
    shown = soonest_first(items)
    values = {
        "count": len(shown),
        "kind": Kind.MEASURE if frame.state in _STATES else kind,
        "words": asked_words(asking),
        "state": frame.state,
        "items": shown,
        "period": frame.when.period if frame.when else None,
        "plans": plans_of(asking, shown),
    }
    return Facts(template="count", values=values, items=shown)


def _counted(asking: Asking) -> tuple[Item, ...]:
    frame = asking.frame
    if frame.state == "duties":
        roles = frozenset(frame.roles)
        duties = (item for item in asking.book.items if item.kind is Kind.RESPONSIBILITY)
        return in_plans(asking, (item for item in duties if roles.intersection(item.responsible)))
    under = _under_areas(asking)
    if under:
        items = under
    elif frame.items:
        items = in_plans(asking, named_items(asking))
        wanted: list[Kind] = [kind for kind in frame.kinds if kind is not Kind.EVENT] or [Kind.EVENT]
        items = tuple(item for item in items if item.kind in wanted) or items
    else:
        plans = frozenset(plan.id for plan in current_plans(asking))
        kinds = frame.kinds or (Kind.EVENT,)
        items = tuple(item for item in named(asking, asking.book.items) if item.kind in kinds and item.plan_id in plans)
        if frame.areas:
            items = tuple(item for item in items if item.area in frame.areas) or items
    dated = tuple(item for item in items if item.span.is_dated)
    items = dated if dated and dated[0].kind is Kind.EVENT else items
    return tuple(
        item
        for item in without_parts(in_asked_time(asking, items))
        if not item.cancelled and Doubt.EMPTY_SLOT not in item.doubts
    )


def _under_areas(asking: Asking) -> tuple[Item, ...]:
    """The modules, goals and the like of the areas that are named; none where meetings are asked for."""
    kinds = frozenset(asking.frame.kinds) - {Kind.EVENT, Kind.FOCUS_AREA}
    items = (item for item in asking.book.items if item.area in asking.frame.areas and item.kind in kinds)
    return in_plans(asking, items)


def _is_left(item: Item, asking: Asking) -> bool:
    """Not over, for what has its time; else not marked as done."""
    if item.kind is Kind.EVENT:
        return item.span.is_dated and last_day(item, asking.book) >= asking.today
    return item.status in (Status.OPEN, Status.STARTED)
