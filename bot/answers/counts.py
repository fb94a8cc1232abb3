"""How many there are, how many of them are done or have been, and how many are left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.answers.amounts import amount
from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.goals import goals
from bot.answers.measures import measures_in_state
from bot.answers.scope import (
    current_plans,
    first_day,
    in_asked_time,
    in_plans,
    last_day,
    named,
    named_items,
    soonest_first,
    time_asked_for,
    without_parts,
)
from bot.answers.telling import asked_words, plans_of
from bot.messages import Period
from bot.model import Doubt, Item, Kind, Status

_STATES = ("undated", "unassigned", "late", "under_way")
_OF_ALL = ("done", "held")  # told with how many there are in all
_IS_OPEN = (Status.OPEN, Status.STARTED)
_TIMELESS = (Kind.MILESTONE, Kind.GOAL, Kind.FOCUS_AREA, Kind.RESPONSIBILITY)
_MARKABLE = tuple(kind for kind in Kind if kind.is_markable)


def count(asking: Asking) -> Facts:
    """Return how many of what is asked for, which, and in what time; of "done" and "held" also how many in all."""
    state = asking.frame.state
    if state == "each":
        return amount(asking)
    there = measures_in_state(asking) if state in _STATES else _counted(_with_kinds(asking))
    shown = soonest_first(item for item in there if _is_in_state(item, state, asking))
    kind = _kind_of(shown or there, asking)
    values = {
        "count": len(shown),
        "total": len(there) if state in _OF_ALL else None,
        "held": sum(_has_begun(item, asking) for item in there) if kind == Kind.EVENT else 0,
        "kind": kind,
        "words": asked_words(asking),
        "only": asking.frame.only,
        "state": state,
        "items": shown,
        "period": _period(asking, there) if state not in _STATES else None,
        "plans": plans_of(asking, shown),
    }
    return Facts(template="count", values=values, items=shown)


def _with_kinds(asking: Asking) -> Asking:
    """The question with the kinds that its state is of, where it names none: "hvor mange er ferdige"."""
    frame = asking.frame
    if frame.kinds or frame.names or frame.items or frame.state not in ("open", "done"):
        return asking
    kinds = (Kind.MEASURE,) if frame.state == "open" else _MARKABLE
    return replace(asking, frame=replace(frame, kinds=kinds))


def _counted(asking: Asking) -> tuple[Item, ...]:
    items = tuple(item for item in _named(asking) if not item.cancelled and not _is_blank(item))
    within = set(in_asked_time(asking, items))
    there = tuple(item for item in items if item in within or (item.kind in _TIMELESS and not item.span.is_dated))
    dated = tuple(item for item in there if item.span.is_dated)
    is_of_events = all(item.kind is Kind.EVENT for item in there)
    return without_parts(dated if dated and is_of_events else there)


def _is_blank(item: Item) -> bool:
    """Whether the plan has nothing but a place for it; the goals that a group is to have are counted all the same."""
    return Doubt.EMPTY_SLOT in item.doubts and item.kind is not Kind.GOAL


def _named(asking: Asking) -> tuple[Item, ...]:
    frame = asking.frame
    if frame.state == "duties":
        roles = frozenset(frame.roles)
        duties = (item for item in asking.book.items if item.kind is Kind.RESPONSIBILITY)
        return in_plans(asking, (item for item in duties if roles.intersection(item.responsible)))
    if frame.kinds == (Kind.GOAL,):
        return tuple(item for item in goals(asking).items if item.kind is Kind.GOAL)
    under = _under_areas(asking)
    if under:
        return under
    if frame.items:
        return _of_kind(in_plans(asking, named_items(asking)), asking)
    plans = frozenset(plan.id for plan in current_plans(asking))
    kinds = frame.kinds or (Kind.EVENT,)
    items = tuple(item for item in named(asking, asking.book.items) if item.kind in kinds and item.plan_id in plans)
    return tuple(item for item in items if item.area in frame.areas) or items if frame.areas else items


def _of_kind(items: tuple[Item, ...], asking: Asking) -> tuple[Item, ...]:
    """Of what is named the kind that is asked for; where only a meeting is, all that is called so if none is one.

    What an answer before listed is counted as it was.
    """
    frame = asking.frame
    wanted = tuple(kind for kind in frame.kinds if kind is not Kind.EVENT)
    if not frame.names and not frame.kinds:
        return items
    found = tuple(item for item in items if item.kind in (wanted or (Kind.EVENT,)))
    return found if wanted else found or items


def _under_areas(asking: Asking) -> tuple[Item, ...]:
    """The modules, goals and the like of the areas that are named; none where meetings are asked for."""
    kinds = frozenset(asking.frame.kinds) - {Kind.EVENT, Kind.FOCUS_AREA}
    items = (item for item in asking.book.items if item.area in asking.frame.areas and item.kind in kinds)
    return in_plans(asking, items)


def _is_in_state(item: Item, state: str | None, asking: Asking) -> bool:
    if state == "remaining":
        return _is_left(item, asking)
    if state == "held":
        return _has_begun(item, asking)
    if state == "open":
        return item.status in _IS_OPEN
    return state != "done" or item.status is Status.DONE


def _is_left(item: Item, asking: Asking) -> bool:
    """Not over, for what has its time; else not marked as done."""
    if item.kind is Kind.EVENT:
        is_to_be = item.span.is_dated and not item.status.is_set_aside
        return is_to_be and last_day(item, asking.book) >= asking.today
    return item.status in _IS_OPEN


def _has_begun(item: Item, asking: Asking) -> bool:
    return item.span.is_dated and not item.status.is_set_aside and first_day(item) < asking.today


def _kind_of(items: Iterable[Item], asking: Asking) -> str:
    """The kind that all of them are, "item" where they are of several; of none what was asked for."""
    kinds = {item.kind for item in items}
    if len(kinds) == 1:
        return kinds.pop()
    if kinds:
        return "item"
    state, asked = asking.frame.state, asking.frame.kinds
    return Kind.RESPONSIBILITY if state == "duties" else Kind.MEASURE if state in _STATES else (*asked, Kind.EVENT)[0]


def _period(asking: Asking, items: Iterable[Item]) -> Period | None:
    """The time that was counted in: the one asked for, else the period of the plan where all meetings are of one."""
    asked = time_asked_for(asking)
    there = tuple(items)
    plans = plans_of(asking, there)
    if asked is not None or len(plans) != 1 or any(item.kind is not Kind.EVENT for item in there):
        return asked
    first, last = plans[0].period_start, plans[0].period_end
    return Period(start=first, end=last) if first and last else None
