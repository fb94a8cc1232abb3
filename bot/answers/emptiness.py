"""Why there is nothing in a span: the plan has no days at all, or what is asked for was earlier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.asking import Asking
from bot.answers.scope import current_plans, first_day
from bot.messages import Period
from bot.model import Item, Kind, Plan

_DATED = (Kind.EVENT, Kind.MEASURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Emptiness:
    """Plans that are `without_days`, and the `last` day that has what is asked for."""

    without_days: tuple[Plan, ...]
    last: date | None


def why_empty(asking: Asking, period: Period, about: Sequence[Item]) -> Emptiness:
    """Return why nothing of what is asked about lies in the span, nor comes after it."""
    start = period.start or asking.today
    plans = {plan.id for plan in current_plans(asking) or asking.book.plans}
    before = [
        first_day(item)
        for item in about
        if item.plan_id in plans and not item.span.precision.is_vague and first_day(item) < start
    ]
    return Emptiness(
        without_days=_without_days(asking),
        last=max(before, default=None),
    )


def _without_days(asking: Asking) -> tuple[Plan, ...]:
    """Where a plan is named, or is the only one: whether it has no meetings and measures with days."""
    meant = current_plans(asking)
    if not asking.frame.plans and len(meant) != 1:
        return ()
    dated = {item.plan_id for item in asking.book.items if item.kind in _DATED and item.span.is_dated}
    return tuple(plan for plan in meant if plan.id not in dated)
