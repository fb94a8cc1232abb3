"""Meetings that collide: at the same time, for some of the same people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import combinations

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.scope import current_plans, in_asked_time, is_about, without_parts
from bot.answers.telling import plans_of
from bot.messages import Period
from bot.model import Doubt, Item, Kind
from bot.understanding.words import words_of

_LONGEST = timedelta(days=6)  # what lasts longer is a time of year, no meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two meetings on one day; `collides` where their hours overlap and somebody may belong to both."""

    day: date
    one: Item
    other: Item
    collides: bool


def collisions(asking: Asking) -> Facts:
    """Return the pairs that collide, and apart from them those that only share a day."""
    pairs = _pairs(_meetings(asking))
    if asking.frame.when is None:
        pairs = tuple(pair for pair in pairs if pair.day >= asking.today)
    shown = tuple({item.id: item for pair in pairs for item in (pair.one, pair.other)}.values())
    values = {
        "colliding": tuple(pair for pair in pairs if pair.collides),
        "same_day": tuple(pair for pair in pairs if not pair.collides),
        "period": asking.frame.when.period if asking.frame.when else Period(start=asking.today, end=None),
        "is_timed": asking.frame.when is not None,
        "plans": plans_of(asking, shown),
    }
    return Facts(template="collisions", values=values, items=shown)


def _meetings(asking: Asking) -> tuple[Item, ...]:
    plans = frozenset(plan.id for plan in current_plans(asking))
    about = is_about(asking.frame)
    meetings = (
        item
        for item in in_asked_time(asking, asking.book.items)
        if item.kind is Kind.EVENT and not item.cancelled and item.plan_id in plans and about(item) and _is_short(item)
    )
    return without_parts(tuple(meetings))


def _is_short(item: Item) -> bool:
    first, last = item.span.start, item.span.end
    is_exact = first is not None and last is not None and not item.span.precision.is_vague
    return is_exact and last - first <= _LONGEST if first and last else False


def _pairs(meetings: Iterable[Item]) -> tuple[Pair, ...]:
    by_day: dict[date, list[Item]] = {}
    for item in meetings:
        for day in _days(item):
            by_day.setdefault(day, []).append(item)
    found: dict[tuple[int, int], Pair] = {}
    for day in sorted(by_day):
        for one, other in combinations(by_day[day], 2):
            collides = _hours_overlap(one, other) and _may_share(one, other)
            found.setdefault((one.id, other.id), Pair(day=day, one=one, other=other, collides=collides))
    return tuple(found.values())


def _days(item: Item) -> Iterable[date]:
    """Its days, by either reading of a doubtful one."""
    first, last = item.span.start, item.span.end
    if first is None or last is None:
        return
    for ahead in range((last - first).days + 1):
        yield first + timedelta(days=ahead)
    if item.span.other is not None and not first <= item.span.other <= last:
        yield item.span.other


def _hours_overlap(one: Item, other: Item) -> bool:
    """Hours that the plan does not give may overlap."""
    if one.time_start is None or other.time_start is None:
        return True
    return one.time_start < (other.time_end or time.max) and other.time_start < (one.time_end or time.max)


def _may_share(one: Item, other: Item) -> bool:
    """Whether a group of the one is among those of the other; one of two days to choose from never collides."""
    if one.region != other.region and one.region and other.region:
        return False
    if Doubt.ALTERNATIVE_DATES in one.doubts or Doubt.ALTERNATIVE_DATES in other.doubts:
        return False
    if not one.audience or not other.audience:
        return True
    return not _forms(one.audience).isdisjoint(_forms(other.audience))


def _forms(groups: Iterable[str]) -> set[str]:
    return {form for group in groups for word in words_of(group) for form in word.forms if len(form) > 3}
