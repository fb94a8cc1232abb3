"""What does not add up in the plans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.answers.asking import Asking
from bot.answers.collisions import collisions
from bot.answers.facts import Facts, Press
from bot.answers.scope import current_plans, in_asked_time, in_plans, named_items, soonest_first
from bot.answers.telling import asked_words, plans_of
from bot.model import Book, Doubt, Item
from bot.permissions import may_administer
from bot.proposals.slots import doubts_in
from bot.understanding.commands import typed
from bot.understanding.frame import Intent

# The gravest first; what is no doubt of the plan's content (a bad scan, what comes back every year) is left out.
OF_DATES = (
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
GRAVEST_FIRST = (*OF_DATES, Doubt.EMPTY_SLOT, Doubt.DUPLICATE)
_ASKED = {"dates_in_doubt": OF_DATES, "sure": OF_DATES, "postponed": (Doubt.POSTPONED,)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Items that have one and the same thing wrong."""

    doubt: Doubt
    items: tuple[Item, ...]


def conflicts(asking: Asking) -> Facts:
    """Return what is in doubt, by what is wrong; each item once, under its gravest. Of collisions: those.

    Who asks for what is postponed or cancelled is told of both.
    """
    if asking.frame.state == "collide":
        return collisions(asking)
    asked = _ASKED.get(asking.frame.state or "", GRAVEST_FIRST)
    items, only_postponed = _items(asking), asking.frame.state == "postponed"
    matters = _by_doubt(items, asked)
    cancelled = soonest_first(item for item in items if item.cancelled) if only_postponed else ()
    doubted = tuple(item for matter in matters for item in matter.items)
    shown = (*doubted, *cancelled)
    values = {
        "words": asked_words(asking),
        "matters": matters,
        "only_dates": asking.frame.state == "dates_in_doubt",
        "is_sure": not matters if asking.frame.state == "sure" else None,
        "cancelled": cancelled,
        "only_postponed": only_postponed,
        "period": asking.frame.when.period if asking.frame.when else None,
        "plans": plans_of(asking, shown),
        "settlers": (),
        "is_check": False,
    }
    return Facts(template="conflicts", values=values, items=shown, buttons=_go_through(asking, doubted))


def gravest(item: Item) -> Doubt | None:
    """Return the gravest doubt of an item, None where there is none of its content."""
    return next((doubt for doubt in GRAVEST_FIRST if doubt in item.doubts), None)


def by_doubt(items: Iterable[Item]) -> tuple[Matter, ...]:
    """Return what is in doubt of the items, gravest first; each under its gravest."""
    return _by_doubt(items, GRAVEST_FIRST)


def doubted_items(asking: Asking, book: Book) -> tuple[tuple[Item, Doubt], ...]:
    """Return what is in doubt in the plans that hold now, gravest and soonest first; each item under its gravest."""
    plans = frozenset(plan.id for plan in current_plans(replace(asking, book=book)) or book.plans)
    matters = _by_doubt((item for item in book.items if item.plan_id in plans), GRAVEST_FIRST)
    return tuple((item, matter.doubt) for matter in matters for item in matter.items)


def _go_through(asking: Asking, items: tuple[Item, ...]) -> tuple[Press, ...]:
    """A button that goes through the doubts one at a time, for who may settle one of them."""
    if not any(may_administer(asking.asker, asking.book.plan_of(item), asking.book) for item in items):
        return ()
    return (Press(name="go_through", says=typed(Intent.CHECK_DOUBTS, asking.frame.language)),)


def _items(asking: Asking) -> tuple[Item, ...]:
    if asking.frame.items:
        return in_asked_time(asking, in_plans(asking, named_items(asking)))
    plans = frozenset(plan.id for plan in current_plans(asking))
    return in_asked_time(asking, (item for item in asking.book.items if item.plan_id in plans))


def _by_doubt(items: Iterable[Item], asked: tuple[Doubt, ...]) -> tuple[Matter, ...]:
    under: dict[Doubt, list[Item]] = {doubt: [] for doubt in asked}
    for item in items:
        doubts = () if item.cancelled else (*item.doubts, *_said_to_be_so(item, asked))
        gravest = next((doubt for doubt in asked if doubt in doubts), None)
        if gravest is not None:
            under[gravest].append(item)
    return tuple(Matter(doubt=doubt, items=soonest_first(some)) for doubt, some in under.items() if some)


def _said_to_be_so(item: Item, asked: tuple[Doubt, ...]) -> tuple[Doubt, ...]:
    """Postponed, where only that is asked for: it is so, and no doubt any more, once somebody has said as much."""
    is_so = item.span.uncertain and Doubt.POSTPONED in doubts_in(item.span.text or "")
    return (Doubt.POSTPONED,) if asked == _ASKED["postponed"] and is_so else ()
