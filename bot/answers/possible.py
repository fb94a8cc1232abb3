"""What may be at a time: the plan gives several for a row of things, and does not say which is whose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from bot.messages import Period
from bot.model import Book, Doubt, Item
from bot.time.reading import Context, find, resolve


def with_times(items: Iterable[Item], book: Book) -> tuple[Item, ...]:
    """Return those of the items that have no date of their own, but times that are theirs or a neighbour's."""
    return tuple(item for item in items if _times(item, book))


def possible_in(items: Iterable[Item], period: Period, book: Book) -> tuple[Item, ...]:
    """Return those that may be in the period: a day of it is given, or a whole month or season lies in it."""
    return tuple(item for item in items if any(_meets(time, is_vague, period) for time, is_vague in _times(item, book)))


def _meets(time: Period, is_vague: bool, period: Period) -> bool:
    first, last = period.start or date.min, period.end or date.max
    start, end = time.start or date.min, time.end or date.max
    return first <= start and end <= last if is_vague else start <= last and first <= end


def _times(item: Item, book: Book) -> tuple[tuple[Period, bool], ...]:
    if item.cancelled or item.span.is_dated or not item.span.text or Doubt.AMBIGUOUS_PAIRING not in item.doubts:
        return ()
    return _said(item.span.text, book.plan_of(item).period_start or date.min)


@lru_cache(maxsize=1_000)
def _said(text: str, reference: date) -> tuple[tuple[Period, bool], ...]:
    """The times in a text, and whether each is no more exact than a month."""
    whens = (resolve(found.value, Context(reference=reference)) for found in find(text))
    return tuple(
        (Period(start=when.start, end=when.end), when.precision.is_vague)
        for when in whens
        if when is not None and when.is_dated
    )
