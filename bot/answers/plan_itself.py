"""What is known of the plans themselves: the time they hold, whose they are, their file, what they hold in short."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.scope import current_plans, first_day, without_parts
from bot.answers.telling import once_each
from bot.model import Doubt, Item, Kind, Person, Plan
from bot.roles import owners_of

_TOLD = (Kind.EVENT, Kind.MEASURE, Kind.MILESTONE, Kind.MODULE, Kind.GOAL, Kind.RESPONSIBILITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A plan in short: how many it has of each kind, how many of its meetings have been, and its focus areas.

    `days_left` is None where it does not hold now, or does not say until when.
    """

    plan: Plan
    numbers: tuple[tuple[Kind, int], ...]
    held: int
    areas: tuple[str, ...]
    owners: tuple[Person, ...]
    days_left: int | None


def plan_itself(asking: Asking) -> Facts:
    """Return what the state asks of the plans that are meant: those named, else those that hold, else all."""
    meant = current_plans(asking) or asking.book.plans
    values = {"asked": asking.frame.state, "plans": tuple(_in_short(plan, asking) for plan in meant)}
    return Facts(template="plan_itself", values=values)


def _in_short(plan: Plan, asking: Asking) -> Contents:
    items = [item for item in asking.book.items if item.plan_id == plan.id and not item.cancelled]
    of_kind = {kind: without_parts(tuple(_told(items, kind))) for kind in _TOLD}
    named = (item.title for item in items if item.kind is Kind.FOCUS_AREA)
    return Contents(
        plan=plan,
        numbers=tuple((kind, len(some)) for kind, some in of_kind.items() if some),
        held=sum(first_day(item) < asking.today for item in of_kind[Kind.EVENT]),
        areas=once_each(named) or once_each(item.area for item in of_kind[Kind.GOAL]),
        owners=owners_of(plan, asking.book),
        days_left=_days_left(plan, asking.today),
    )


def _days_left(plan: Plan, today: date) -> int | None:
    if plan.period_end is None or plan.period_end < today or (plan.period_start or date.min) > today:
        return None
    return (plan.period_end - today).days


def _told(items: Iterable[Item], kind: Kind) -> Iterable[Item]:
    return (item for item in items if item.kind is kind and Doubt.EMPTY_SLOT not in item.doubts)
