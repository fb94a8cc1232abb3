"""A time that is asked for of a plan by name: "i november" is the November of that plan, though it is over."""

from __future__ import annotations

from datetime import date, timedelta

from bot.time.reading import Context, Found, When, resolve
from bot.understanding.names import Names
from bot.understanding.words import words_of

_MOST = timedelta(days=200)  # what is longer is a whole year, and no part of one
_A_WEEK = timedelta(days=7)

Read = tuple[Found, When]


def in_named_plan(read: Read | None, text: str, context: Context, names: Names) -> Read | None:
    """Return the time as it is; or that of the plan's year, where a plan is named and has no day of it as it is."""
    if read is None or not _is_part_of_any_year(*read, context):
        return read
    named = names.plans.find(words_of(text), of_people=True, besides=frozenset(names.regions))
    periods = names.periods(named.plans)
    if not periods or any(_is_within(read[1], *period) for period in periods):
        return read
    others = (resolve(read[0].value, Context(reference=first)) for first, _ in periods)
    inside = (when for when, period in zip(others, periods, strict=True) if when and _is_within(when, *period))
    return next(((read[0], when) for when in inside), read)


def _is_part_of_any_year(found: Found, when: When, context: Context) -> bool:
    """Whether it is a month, a week or the like without a year, and does not hang on what day it is ("i morgen")."""
    if when.start is None or when.end is None or when.end - when.start > _MOST:
        return False
    later = resolve(found.value, Context(reference=context.reference + _A_WEEK))
    ahead = resolve(found.value, Context(reference=context.reference + 53 * _A_WEEK))
    is_the_same = later is not None and (later.start, later.end) == (when.start, when.end)
    return is_the_same and ahead is not None and ahead.start != when.start


def _is_within(when: When, first: date, last: date) -> bool:
    return when.start is not None and when.end is not None and when.start <= last and when.end >= first
