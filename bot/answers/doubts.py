"""What does not add up in the plans."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.asking import Asking
from bot.answers.collisions import collisions
from bot.answers.facts import Facts
from bot.answers.scope import current_plans, in_asked_time, named_items, soonest_first
from bot.answers.telling import asked_words, plans_of
from bot.model import Doubt, Item

# The gravest first; what is no doubt of the plan's content (a bad scan, what comes back every year) is left out.
_OF_DATES = (
    Doubt.WEEKDAY_MISMATCH,
    Doubt.IMPOSSIBLE_DATE,
    Doubt.OUT_OF_ORDER,
    Doubt.OUTSIDE_PERIOD,
    Doubt.WEEKEND_DATE,
    Doubt.AMBIGUOUS_DATE,
    Doubt.ALTERNATIVE_DATES,
    Doubt.AMBIGUOUS_PAIRING,
    Doubt.TENTATIVE,
    Doubt.POSTPONED,
    Doubt.PLACEHOLDER_DATE,
)
_ALL = (*_OF_DATES, Doubt.EMPTY_SLOT, Doubt.DUPLICATE)
_ASKED = {"dates_in_doubt": _OF_DATES, "postponed": (Doubt.POSTPONED,)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Items that have one and the same thing wrong."""

    doubt: Doubt
    items: tuple[Item, ...]


def conflicts(asking: Asking) -> Facts:
    """Return what is in doubt, by what is wrong; each item once, under its gravest. Of collisions: those."""
    if asking.frame.state == "collide":
        return collisions(asking)
    asked = _ASKED.get(asking.frame.state or "", _ALL)
    matters = _by_doubt(_items(asking), asked)
    shown = tuple(item for matter in matters for item in matter.items)
    values = {
        "words": asked_words(asking),
        "matters": matters,
        "only_dates": asking.frame.state == "dates_in_doubt",
        "only_postponed": asking.frame.state == "postponed",
        "period": asking.frame.when.period if asking.frame.when else None,
        "plans": plans_of(asking, shown),
    }
    return Facts(template="conflicts", values=values, items=shown)


def _items(asking: Asking) -> tuple[Item, ...]:
    if asking.frame.items:
        return in_asked_time(asking, named_items(asking))
    plans = frozenset(plan.id for plan in current_plans(asking) or asking.book.plans)  # all, where all are over
    return in_asked_time(asking, (item for item in asking.book.items if item.plan_id in plans))


def _by_doubt(items: tuple[Item, ...], asked: tuple[Doubt, ...]) -> tuple[Matter, ...]:
    under: dict[Doubt, list[Item]] = {doubt: [] for doubt in asked}
    for item in items:
        gravest = next((doubt for doubt in asked if doubt in item.doubts), None)
        if gravest is not None:
            under[gravest].append(item)
    return tuple(Matter(doubt=doubt, items=soonest_first(some)) for doubt, some in under.items() if some)
