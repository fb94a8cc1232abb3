"""Meetings of a kind that no title names: on a weekday, online or in person, all day or half of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache

from bot.model import Item
from bot.understanding.lexicon import WEEKDAYS, table

_WHOLE_DAY, _HALF_DAY = timedelta(hours=5, minutes=30), timedelta(hours=2, minutes=30)
_LONGEST = timedelta(days=6)  # what lasts longer is a time of year, no meeting


def is_such(only: Iterable[str]) -> Callable[[Item], bool]:
    """Return whether an item is all that narrows the list (`Frame.only`): on one of the weekdays, and the rest."""
    named = tuple(only)
    weekdays = {WEEKDAYS.index(name) for name in named if name in WEEKDAYS}
    others = [_TESTS[name] for name in named if name in _TESTS]

    def such(item: Item) -> bool:
        if weekdays and not weekdays.intersection(day.weekday() for day in days_of(item)):
            return False
        return all(test(item) for test in others)

    return such


def days_of(item: Item) -> tuple[date, ...]:
    """Return the days of what lasts a week at most, by either reading of a doubtful one; none of the rest."""
    first, last = item.span.start, item.span.end
    if first is None or last is None or item.span.precision.is_vague or last - first > _LONGEST:
        return ()
    days = tuple(first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    other = item.span.other
    return days if other is None or other in days else (*days, other)


def _is_online(item: Item) -> bool:
    return _says(item, "online")


def _is_in_person(item: Item) -> bool:
    """At a place that the plan names; one that says no place is neither."""
    return bool(item.location) and not _is_online(item)


def _lasts_all_day(item: Item) -> bool:
    length = _length(item)
    return _says(item, "whole_day") or (length is not None and length >= _WHOLE_DAY)


def _lasts_half_a_day(item: Item) -> bool:
    length = _length(item)
    return _says(item, "half_day") or (length is not None and _HALF_DAY <= length < _WHOLE_DAY)


def _length(item: Item) -> timedelta | None:
    if item.time_start is None or item.time_end is None:
        return None
    day = item.span.start or date.min
    return datetime.combine(day, item.time_end) - datetime.combine(day, item.time_start)


def _says(item: Item, name: str) -> bool:
    texts = (item.title, item.location, item.comment, item.span.text)
    return any(_words(name).search(text) for text in texts if text)


@cache
def _words(name: str) -> re.Pattern[str]:
    beginnings = "|".join(re.escape(words) for words in table("filters")[name])
    return re.compile(rf"(?<!\w)(?:{beginnings})", re.IGNORECASE)


_TESTS: Mapping[str, Callable[[Item], bool]] = {
    "online": _is_online,
    "not_online": lambda item: not _is_online(item),
    "in_person": _is_in_person,
    "whole_day": _lasts_all_day,
    "half_day": _lasts_half_a_day,
}
