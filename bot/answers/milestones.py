"""Milestones, and what serves them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.scope import current_plans, in_asked_time, in_plans, is_within, soonest_first, time_asked_for
from bot.answers.telling import done_presses, plans_of
from bot.messages import Period
from bot.model import Item, Kind, Plan, Status


def milestones(asking: Asking) -> Facts:
    """Return the milestones asked for: by number, by name, or all of the plans that hold; with how many are done.

    What serves them is told for the time that is asked for. `elsewhere` are plans that have some for another time.
    """
    chosen = _chosen(asking)
    serving = in_asked_time(asking, _serving(asking)) if asking.frame.numbers else ()
    is_asked_for_meetings = asking.frame.state == "serving" and bool(serving or asking.frame.when)
    shown = (*chosen, *serving) if is_asked_for_meetings else chosen
    values = {
        "asked": asking.frame.state,
        "period": time_asked_for(asking),
        "elsewhere": () if chosen else _plans_with_some(asking),
        "numbers": asking.frame.numbers,
        "milestones": chosen,
        "serving": serving,
        "shows_serving": is_asked_for_meetings,
        "done": sum(item.status is Status.DONE for item in chosen),
        "served_done": sum(item.status is Status.DONE for item in serving),
        "served_past": sum(item.span.end is not None and item.span.end < asking.today for item in serving),
        "plans": plans_of(asking, shown),
    }
    return Facts(template="milestones", values=values, items=shown, buttons=done_presses(asking, chosen))


def of_the_time(asking: Asking, items: Iterable[Item]) -> tuple[Item, ...]:
    """Return those of the milestones whose plan and time hold now; all of them where none does."""
    there, plans = list(items), frozenset(plan.id for plan in current_plans(asking))
    holding = [item for item in there if item.plan_id in plans] or there
    return tuple(_current(asking, holding) or holding)


def _chosen(asking: Asking) -> tuple[Item, ...]:
    frame = asking.frame
    plans = frozenset(plan.id for plan in current_plans(asking))
    there = [item for item in asking.book.items if item.kind is Kind.MILESTONE]
    all_of_them = [item for item in there if item.plan_id in plans]
    if frame.numbers:
        numbered = [item for item in all_of_them if set(frame.numbers).intersection(_numbers(item))]
        return tuple(_current(asking, numbered) or numbered)
    named = in_plans(asking, (item for item in there if item.id in frame.items))
    if named:
        return named
    served = _served_by(asking)
    if served:
        all_of_them = [item for item in all_of_them if served.intersection(_numbers(item))]
    if frame.when is not None:
        period = _of_school_year(frame.when.period)
        undated = [i for i in all_of_them if not i.span.is_dated and _overlaps(asking.book.plan_of(i), period)]
        return (*(item for item in all_of_them if is_within(item, period, asking.book)), *undated)
    return tuple(_current(asking, all_of_them) or all_of_them)


def _of_school_year(period: Period) -> Period:
    """ "2022-2023" is the school year of the milestones, not both calendar years."""
    first, last = period.start, period.end
    if first is None or last is None or (first.month, first.day, last.month, last.day) != (1, 1, 12, 31):
        return period
    return Period(start=date(first.year, 8, 1), end=date(last.year, 7, 31)) if last.year == first.year + 1 else period


def _overlaps(plan: Plan, period: Period) -> bool:
    """Whether a milestone without a date may be meant: it is of the time that its plan is of."""
    starts_after = period.end is not None and plan.period_start is not None and plan.period_start > period.end
    ends_before = period.start is not None and plan.period_end is not None and plan.period_end < period.start
    return not starts_after and not ends_before


def _plans_with_some(asking: Asking) -> tuple[Plan, ...]:
    having = [item for item in asking.book.items if item.kind is Kind.MILESTONE]
    plans = {plan.id for plan in current_plans(asking)}
    return plans_of(asking, (item for item in having if item.plan_id in plans))


def _served_by(asking: Asking) -> frozenset[int]:
    """The numbers of the milestones that the named items serve; none where they serve all, or nothing is named."""
    items = [asking.book.by_id[number] for number in asking.frame.items if number in asking.book.by_id]
    return frozenset(number for item in items for number in _numbers(item))


def _current(asking: Asking, items: list[Item]) -> list[Item]:
    """Those whose time is not over, or that have none; the plan's other years are not meant."""
    return [item for item in items if item.span.overlaps(asking.today, asking.today) or not item.span.is_dated] or [
        item for item in items if item.span.end is None or item.span.end >= asking.today
    ]


def _numbers(item: Item) -> tuple[int, ...]:
    return () if item.milestones == "all" else item.milestones


def _serving(asking: Asking) -> tuple[Item, ...]:
    numbers = set(asking.frame.numbers)
    plans = frozenset(plan.id for plan in current_plans(asking))
    return soonest_first(
        item
        for item in in_asked_time(asking, asking.book.items)
        if item.plan_id in plans
        and item.kind is not Kind.MILESTONE
        and (item.milestones == "all" or numbers.intersection(item.milestones))
    )
