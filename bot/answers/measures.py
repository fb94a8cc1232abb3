"""Measures by how far they have come: open, done, late, due, without a date, without anyone responsible."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.scope import current_plans, in_asked_time, is_deadline, last_day, soonest_first
from bot.answers.telling import asked_words, done_presses, plans_of
from bot.messages import Period
from bot.model import Book, Item, Kind, Precision, Status

_IS_OPEN = (Status.OPEN, Status.STARTED)


def measures_by_status(asking: Asking) -> Facts:
    """Return the measures in the state that is asked for, soonest first, those without a date last."""
    items = soonest_first(measures_in_state(asking) or _undated_events(asking))
    state = asking.frame.state or "any"
    dated = tuple(item for item in items if not item.span.precision.is_vague)
    vague = tuple(item for item in items if item.span.precision.is_vague)
    shown = (*dated, *vague)
    period = asking.frame.when.period if asking.frame.when else None
    values = {
        "state": state,
        "is_of_events": asking.frame.kinds == (Kind.EVENT,) or bool(items and items[0].kind is Kind.EVENT),
        "words": asked_words(asking),
        "period": period,
        "dated": dated,
        "vague": vague,
        "plans": plans_of(asking, shown),
    }
    presses = done_presses(asking, shown) if state in ("open", "late", "due", "any", "started") else ()
    return Facts(template="measures_by_status", values=values, period=period, items=shown, buttons=presses)


def measures_in_state(asking: Asking) -> tuple[Item, ...]:
    """Return the measures in the frame's state; what is done or started may be anything that can be marked."""
    state = asking.frame.state or "any"
    plans = frozenset(plan.id for plan in current_plans(asking))
    is_markable = state in ("done", "started")
    kinds: tuple[Kind, ...] = (Kind.EVENT,) if asking.frame.kinds == (Kind.EVENT,) else (Kind.MEASURE,)
    if state == "of_area":  # what a plan does for an area may be a meeting too
        kinds = (Kind.MEASURE, Kind.EVENT)
    is_due = state == "due" and Kind.MEASURE not in asking.frame.kinds
    if is_due:
        kinds = (*kinds, Kind.RESPONSIBILITY)
    items = tuple(
        item
        for item in asking.book.items
        if item.plan_id in plans
        and not item.cancelled
        and (item.kind.is_markable if is_markable else item.kind in kinds or (is_due and is_deadline(item)))
        and _is_asked_about(asking, item)
    )
    if asking.frame.when is not None and state not in ("due", "ongoing"):
        items = in_asked_time(asking, items)
    return tuple(item for item in items if _IN_STATE[state](item, asking))


def _undated_events(asking: Asking) -> tuple[Item, ...]:
    """The meetings without a date, where what has none is asked for and no kind of thing."""
    if asking.frame.state != "undated" or asking.frame.kinds:
        return ()
    return measures_in_state(replace(asking, frame=replace(asking.frame, kinds=(Kind.EVENT,))))


def is_undated(item: Item) -> bool:
    """Whether the plan gives no time at all; what goes on for good has one."""
    return not item.span.is_dated and item.span.precision is not Precision.ONGOING and not item.span.text


def _is_asked_about(asking: Asking, item: Item) -> bool:
    frame = asking.frame
    if frame.state == "of_area":
        titles = {asking.book.by_id[number].title for number in frame.items if number in asking.book.by_id}
        return item.area in frame.areas or item.area in titles or item.goal in titles
    if frame.roles and not frozenset(frame.roles).intersection(item.responsible):
        return False
    return not frame.items or item.id in frame.items or frame.state != "any"


def _is_open(item: Item, asking: Asking) -> bool:
    return item.status in _IS_OPEN


def _is_under_way(item: Item, asking: Asking) -> bool:
    """Not done, and its time has come and is not over; or somebody has marked it as started."""
    now = item.span.overlaps(asking.today, asking.today) or item.span.precision is Precision.ONGOING
    return item.status is Status.STARTED or (item.status is Status.OPEN and now)


def _is_late(item: Item, asking: Asking) -> bool:
    return item.status in _IS_OPEN and item.span.end is not None and item.span.end < asking.today


def _is_due(item: Item, asking: Asking) -> bool:
    """Open, and its last day is in the time asked for, or else still to come."""
    if item.status not in _IS_OPEN or item.span.end is None:
        return False
    period = asking.frame.when.period if asking.frame.when else Period(start=asking.today, end=None)
    return _ends_in(item, period, asking.book)


def _ends_in(item: Item, period: Period, book: Book) -> bool:
    end = last_day(item, book)
    if period.start is not None and end < period.start:
        return False
    return period.end is None or end <= period.end


_IN_STATE: Mapping[str, Callable[[Item, Asking], bool]] = {
    "any": lambda item, asking: True,
    "of_area": lambda item, asking: True,
    "open": _is_open,
    "done": lambda item, asking: item.status is Status.DONE,
    "started": lambda item, asking: item.status is Status.STARTED,
    "ongoing": lambda item, asking: item.span.precision in (Precision.ONGOING, Precision.YEAR),
    "under_way": _is_under_way,
    "late": _is_late,
    "due": _is_due,
    "undated": lambda item, asking: is_undated(item),
    "unassigned": lambda item, asking: not item.responsible,
}
