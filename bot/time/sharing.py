"""What the members of a list say for each other: "3., 10. og 17. mars", "28. – 2. mars"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from bot.time.frame import Frame
from bot.time.units import Season, Which
from bot.time.values import Day, Holiday, Month, NthOf, Numbered, PartOf, SeasonOf, Turn, Value, Week, Year


def has_open_year(value: Value) -> bool:
    """Whether the value comes back every year, and does not say which it is."""
    if isinstance(value, PartOf | NthOf):
        return has_open_year(value.of)
    if isinstance(value, Day):
        return value.year is None and value.month is not None
    if isinstance(value, Month | SeasonOf | Holiday):
        return value.year is None and value.which is Which.NEAREST
    return isinstance(value, Week | Numbered | Turn) and value.year is None


def with_months_shared(items: tuple[Value, ...], frame: Frame, *, is_choice: bool = False) -> tuple[Value, ...] | None:
    """Give the days of a list their months; None where nobody says which month a bare number is of.

    Days follow each other, so that 28.–2. mars begins in February; those of a choice are of one month.
    """
    if not any(isinstance(item, Day) and item.month is None for item in items):
        return items
    shared = _forwards(_backwards(list(items), is_choice), is_choice)
    first = shared[0]
    if isinstance(first, Day) and first.month is None:
        heading = frame.heading_month
        if heading is not None:
            year = Year(number=heading[1]) if heading[1] else None
            shared = _forwards([replace(first, month=heading[0], year=year, is_bare=False), *shared[1:]], is_choice)
    if any(isinstance(item, Day) and item.month is None and item.is_bare for item in shared):
        return None
    return tuple(shared)


def with_winter_after_autumn(items: tuple[Value, ...]) -> tuple[Value, ...]:
    """ "høst/vinter 2023" is the autumn of 2023 and the winter that follows it."""
    for at, (left, right) in enumerate(pairwise(items)):
        if not (isinstance(left, SeasonOf) and isinstance(right, SeasonOf) and isinstance(right.year, Year)):
            continue
        if (left.season, right.season, left.year) == (Season.AUTUMN, Season.WINTER, None):
            winter = replace(right, year=Year(number=right.year.number + 1))
            return (*items[:at], replace(left, year=right.year), winter, *items[at + 2 :])
    return items


def _backwards(items: list[Value], is_choice: bool) -> list[Value]:
    """The month stands behind the last day, and is that of those before it."""
    for at in range(len(items) - 2, -1, -1):
        item, later = items[at], items[at + 1]
        if isinstance(item, Day) and item.month is None and isinstance(later, Day) and later.month is not None:
            month = later.month if is_choice or item.day <= later.day else (later.month - 2) % 12 + 1
            year = later.year if month <= later.month else None
            items[at] = replace(item, month=month, year=year, is_bare=False)
    return items


def _forwards(items: list[Value], is_choice: bool) -> list[Value]:
    for at in range(1, len(items)):
        item, earlier = items[at], items[at - 1]
        if isinstance(item, Day) and item.month is None and isinstance(earlier, Day) and earlier.month is not None:
            month = earlier.month if is_choice or item.day >= earlier.day else earlier.month % 12 + 1
            year = earlier.year if month >= earlier.month else None
            items[at] = replace(item, month=month, year=year, is_bare=False)
    return items
