"""Meetings that collide: at the same time, for some of the same people; all of them, or with one that is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from itertools import combinations

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.narrowing import days_of
from bot.answers.scope import current_plans, in_asked_time, is_about, named_items, without_parts
from bot.answers.telling import asked_words, plans_of
from bot.messages import Period
from bot.model import Doubt, Item, Kind
from bot.understanding.words import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two meetings on one day; `collides` where their hours overlap and somebody may belong to both.

    `is_maybe`: only by one of the readings of a doubtful date.
    """

    day: date
    one: Item
    other: Item
    collides: bool
    is_maybe: bool


def collisions(asking: Asking) -> Facts:
    """Return the pairs that collide, and apart from them those that only share a day; of what is named, its own."""
    pairs = tuple(pair for pair in pairs_of(_meetings(asking)) if _is_asked_for(pair, asking))
    shown = tuple({item.id: item for pair in pairs for item in (pair.one, pair.other)}.values())
    alone = () if shown else _named_meetings(asking)
    values = {
        "colliding": tuple(pair for pair in pairs if pair.collides and not pair.is_maybe),
        "same_day": tuple(pair for pair in pairs if not pair.collides or pair.is_maybe),
        "alone": tuple(item for item in alone if days_of(item)),
        "without_day": tuple(item for item in alone if not days_of(item)),
        "words": asked_words(asking),
        "period": asking.frame.when.period if asking.frame.when else Period(start=asking.today, end=None),
        "is_timed": asking.frame.when is not None,
        "plans": plans_of(asking, shown or alone),
    }
    return Facts(template="collisions", values=values, items=shown or alone)


def _is_asked_for(pair: Pair, asking: Asking) -> bool:
    """On a day that is asked for, or still to come; and one of the two is what is named."""
    ids, when = asking.frame.items, asking.frame.when
    if ids and pair.one.id not in ids and pair.other.id not in ids:
        return False
    if when is None:
        return pair.day >= asking.today
    return (when.period.start or date.min) <= pair.day <= (when.period.end or date.max)


def _meetings(asking: Asking) -> tuple[Item, ...]:
    """The meetings that may collide: of the group, region or plans that are asked about, all where one is named."""
    plans = frozenset(plan.id for plan in current_plans(asking))
    about = is_about(asking.frame)
    is_named = bool(asking.frame.items)
    meetings = (
        item
        for item in in_asked_time(asking, asking.book.items)
        if item.kind is Kind.EVENT and not item.is_off and item.plan_id in plans and (is_named or about(item))
    )
    return without_parts(tuple(item for item in meetings if days_of(item)))


def _named_meetings(asking: Asking) -> tuple[Item, ...]:
    """What is named and collides with nothing, or has no day to do so; what was only where its time is asked for."""
    items = (item for item in in_asked_time(asking, named_items(asking)) if item.kind is Kind.EVENT)
    is_timed = asking.frame.when is not None
    return without_parts(
        tuple(i for i in items if is_timed or not days_of(i) or any(day >= asking.today for day in days_of(i)))
    )


def pairs_of(meetings: Iterable[Item]) -> tuple[Pair, ...]:
    """Return each two meetings that share a day."""
    by_day: dict[date, list[Item]] = {}
    for item in meetings:
        for day in days_of(item):
            by_day.setdefault(day, []).append(item)
    found: dict[tuple[int, int], Pair] = {}
    for day in sorted(by_day):
        for one, other in combinations(by_day[day], 2):
            collides = _hours_overlap(one, other) and _may_share(one, other)
            is_maybe = one.span.other is not None or other.span.other is not None
            pair = Pair(day=day, one=one, other=other, collides=collides, is_maybe=is_maybe)
            found.setdefault((one.id, other.id), pair)
    return tuple(found.values())


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


@lru_cache(maxsize=10_000)  # each group is held against those of all other meetings of its day
def _forms(groups: tuple[str, ...]) -> frozenset[str]:
    return frozenset(form for group in groups for word in words_of(group) for form in word.forms if len(form) > 3)
