"""What comes back: only what is on a day of every year has a next one; of the rest the plan's own words tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.model import Book, Item, Precision, Repeats, Span, Status


def as_of(item: Item, day: date, book: Book) -> Item:
    """Return what comes back on a day of every year as it is the first time that is not over on that day.

    Anything else is returned as it is, as is what comes back no more while its plan lasts. What was done once is
    still to be done the next time.
    """
    moved = next_round(item, day, book)
    if moved is None:
        return item
    return replace(item, status=Status.OPEN, span=replace(item.span, start=moved[0], end=moved[1], other=None))


def after_plan(item: Item, day: date) -> Item | None:
    """Return what comes back on a day of every year as it is the first time from that day, even after its plan.

    None for anything else: whether the next plan has it too, nobody knows.
    """
    ahead = _years_ahead(item.span, day)
    if ahead is None:
        return None
    start, end = (None if one is None else _in_years(one, ahead) for one in (item.span.start, item.span.end))
    return replace(item, status=Status.OPEN, span=replace(item.span, start=start, end=end, other=None))


def next_round(item: Item, day: date, book: Book) -> tuple[date | None, date | None] | None:
    """Return the days of the next time after the plan's own that is not over on a day; None where there is none."""
    span = item.span
    ahead = _years_ahead(span, day)
    if ahead is None:
        return None
    until = book.plan_of(item).period_end
    start, end = (None if one is None else _in_years(one, ahead) for one in (span.start, span.end))
    last = end or start
    return None if until is not None and last is not None and last > until else (start, end)


def _years_ahead(span: Span, day: date) -> int | None:
    """How many years after the plan's own time the next one is; None for what does not come back, or is not over."""
    last = span.end or span.start
    if span.repeats is not Repeats.YEARLY or span.precision is not Precision.DAY or last is None or last >= day:
        return None
    ahead = day.year - last.year
    return ahead + (_in_years(last, ahead) < day)


def _in_years(day: date, years: int) -> date:
    """Return the same day that many years later; what is on 29 February is on the 28th in other years."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=day.day - 1)
