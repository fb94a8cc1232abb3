"""Measures by how far they have come: open, done, late, due, without a date, without anyone responsible."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.progress import late_meetings, progress_of
from bot.answers.scope import current_plans, in_asked_time, is_deadline, last_day, soonest_first
from bot.answers.telling import asked_words, done_presses, plans_of
from bot.messages import Period
from bot.model import Book, Item, Kind, Precision, Status
from bot.recurrence import as_of
from bot.understanding.lexicon import concept_tables
from bot.understanding.words import words_of

_IS_OPEN = (Status.OPEN, Status.STARTED)
_OF_ONE_THING = ("is_done", "status_of")
# What a state is of where no kind of thing is named: "hva er i gang?", "ligger vi etter med noe?".
_KINDS = {
    "late": (Kind.MEASURE, Kind.MILESTONE, Kind.MODULE),
    "under_way": (Kind.MEASURE, Kind.MODULE),
    "due": (Kind.MEASURE, Kind.RESPONSIBILITY),
    "next_due": (Kind.MEASURE, Kind.RESPONSIBILITY),
}
_MOST_MEETINGS = 5
_ASIDE = (Status.DROPPED.value, Status.NEXT_YEAR.value)


def measures_by_status(asking: Asking) -> Facts:
    """Return the measures in the state that is asked for, soonest first, those without a date last."""
    state = asking.frame.state or "any"
    if state in _OF_ONE_THING:
        return progress_of(asking)
    items = soonest_first(measures_in_state(asking) or _undated_events(asking))
    if state == "next_due":
        items = tuple(item for item in items if last_day(item, asking.book) == _soonest_last_day(items, asking.book))
    unmarked = () if items or state != "late" or asking.frame.kinds else _unmarked(asking)
    dated = tuple(item for item in items if not item.span.precision.is_vague)
    vague = tuple(item for item in items if item.span.precision.is_vague)
    shown = (*dated, *vague, *unmarked[-_MOST_MEETINGS:])
    period = asking.frame.when.period if asking.frame.when else None
    values = {
        "state": state,
        "is_of_events": asking.frame.kinds == (Kind.EVENT,) or bool(items and items[0].kind is Kind.EVENT),
        "is_of_all": not asking.frame.kinds,
        "words": asked_words(asking),
        "period": period,
        "unmarked": len(unmarked),
        "unmarked_meetings": unmarked[-_MOST_MEETINGS:],
        "dated": dated,
        "vague": vague,
        "plans": plans_of(asking, shown),
    }
    presses = done_presses(asking, shown) if state in ("open", "late", "due", "any", "started") else ()
    return Facts(template="measures_by_status", values=values, period=period, items=shown, buttons=presses)


def measures_in_state(asking: Asking) -> tuple[Item, ...]:
    """Return the measures in the state; what is done, started or set aside may be anything that can be marked."""
    state = asking.frame.state or "any"
    plans = frozenset(plan.id for plan in current_plans(asking))
    is_markable = state in ("done", "started", *_ASIDE)
    kinds = _kinds(asking, state)
    is_due = Kind.RESPONSIBILITY in kinds
    items = tuple(
        as_of(item, asking.today, asking.book) if is_due else item
        for item in asking.book.items
        if item.plan_id in plans
        and not item.cancelled
        and (item.kind.is_markable if is_markable else item.kind in kinds or (is_due and is_deadline(item)))
        and _is_asked_about(asking, item)
    )
    if asking.frame.when is not None and state not in ("due", "ongoing"):
        items = in_asked_time(asking, items)
    return tuple(item for item in items if _IN_STATE[state](item, asking))


def _kinds(asking: Asking, state: str) -> tuple[Kind, ...]:
    """What is looked among: meetings where only they are asked for, else measures, and more where no kind is named."""
    if asking.frame.kinds == (Kind.EVENT,):
        return (Kind.EVENT,)
    if state == "of_area":  # what a plan does for an area may be a meeting too
        return (Kind.MEASURE, Kind.EVENT)
    return (Kind.MEASURE,) if Kind.MEASURE in asking.frame.kinds else _KINDS.get(state, (Kind.MEASURE,))


def _soonest_last_day(items: Iterable[Item], book: Book) -> date:
    return min(last_day(item, book) for item in items)


def _unmarked(asking: Asking) -> tuple[Item, ...]:
    """The meetings that are over and that nobody has marked: told of where no work is late."""
    plans = frozenset(plan.id for plan in current_plans(asking))
    over = late_meetings((item for item in asking.book.items if item.plan_id in plans), asking)
    return soonest_first(in_asked_time(asking, over))


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
    if frame.state == "of_resources":
        return _has_resources(item, asking.message.text)
    return not frame.items or item.id in frame.items or frame.state != "any"


def _has_resources(item: Item, said: str) -> bool:
    """Whether the item has resources, of the kind that is asked for where one is ("eksterne ressurser")."""
    if not item.resources:
        return False
    there = {form for word in words_of(item.resources) for form in word.forms}
    kinds = _kinds_of_resources().intersection(form for word in words_of(said) for form in word.forms)
    return not kinds or bool(kinds & there)


@cache
def _kinds_of_resources() -> frozenset[str]:
    words = (word for phrase in concept_tables()["resource_kind"]["words"] for word in words_of(phrase))
    return frozenset(form for word in words for form in word.forms)


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
    Status.DROPPED.value: lambda item, asking: item.status is Status.DROPPED,
    Status.NEXT_YEAR.value: lambda item, asking: item.status is Status.NEXT_YEAR,
    "ongoing": lambda item, asking: item.span.precision in (Precision.ONGOING, Precision.YEAR),
    "under_way": _is_under_way,
    "late": _is_late,
    "due": _is_due,
    "next_due": lambda item, asking: _is_due(item, asking) and last_day(item, asking.book) >= asking.today,
    "of_resources": lambda item, asking: True,
    "undated": lambda item, asking: is_undated(item),
    "unassigned": lambda item, asking: not item.responsible,
}
