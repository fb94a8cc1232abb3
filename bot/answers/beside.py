"""What else there is on the days of something: of either reading of a doubtful date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.scope import latest_day, named_items, soonest_first, with_alternatives, without_parts
from bot.answers.telling import once_each, plans_of
from bot.messages import Period
from bot.model import Item, Kind
from bot.wording import is_choice

_LONGEST = timedelta(days=6)  # what lasts longer is a time of year, and on no day in particular
_MOST_DAYS = 12
_FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of what was asked about, and what else is on it."""

    day: date
    items: tuple[Item, ...]


def beside(asking: Asking) -> Facts:
    """Return what else is on the days of the items, day by day; of what is over and what is to come only the latter."""
    about = with_alternatives(named_items(asking), asking.book)
    coming = tuple(item for item in about if latest_day(item, asking.book) >= asking.today)
    about = coming if coming and asking.frame.when is None else about
    days = sorted({day for item in about for day in _days(item)})[:_MOST_DAYS]
    others = _others(asking, about)
    told = tuple(Day(day=day, items=soonest_first(i for i in others if day in _days(i))) for day in days)
    shown = tuple({item.id: item for one in told for item in one.items}.values())
    values = {
        "titles": once_each(item.title for item in about),
        "days": tuple(one for one in told if one.items),
        "free": tuple(one.day for one in told if not one.items) if len(told) <= _FEW else (),
        "is_free": not shown,
        "plans": plans_of(asking, shown or about),
    }
    period = Period(start=days[0], end=days[-1]) if days else None
    return Facts(template="beside", values=values, period=period, items=shown)


def _others(asking: Asking, about: tuple[Item, ...]) -> tuple[Item, ...]:
    """Meetings that are not the ones asked about; of the plans that were named, if any were."""
    ids, days = {item.id for item in about}, {day for item in about for day in _days(item)}
    plans = asking.frame.plans
    there = (
        item
        for item in asking.book.items
        if item.kind is Kind.EVENT and not item.is_off and item.id not in ids and not days.isdisjoint(_days(item))
    )
    return without_parts(tuple(item for item in there if not plans or item.plan_id in plans))


def _days(item: Item) -> frozenset[date]:
    """The days that it is on, or may be on; none of what has no certain days."""
    first, last = item.span.start, item.span.end
    if first is None or last is None or item.span.precision.is_vague or last - first > _LONGEST:
        return frozenset()
    if is_choice(item.span):
        return frozenset({first, last})
    length = (last - first).days + 1
    other = frozenset({item.span.other}) if item.span.other else frozenset()
    return other | {first + timedelta(days=ahead) for ahead in range(length)}
