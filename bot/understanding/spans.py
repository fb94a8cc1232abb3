"""Another span, told from the one that was spoken of: the week after, the first two weeks of it, "og i 46?"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

from bot.messages import Period
from bot.time.reading import Context, Found, resolve
from bot.understanding.lexicon import is_filler, table
from bot.understanding.words import plain, words_of

_WEEK = timedelta(days=6)
_DAY = timedelta(days=1)
_LONGEST = 400  # days of a span that parts are taken of


def hanging(found: Found, period: Period) -> Period | None:
    """Return what the time reader tells from the period's last day, or from its first where it looks back."""
    if period.start is None or period.end is None:
        return None
    later = resolve(found.value, Context(reference=period.end))
    earlier = resolve(found.value, Context(reference=period.start))
    if later is None or earlier is None or later.start is None:
        return None
    when = later if later.start > period.end else earlier
    return Period(start=when.start, end=when.end)


def beside(period: Period, *, is_after: bool) -> Period | None:
    """Return as long again, or the month beside a whole month."""
    if period.start is None or period.end is None:
        return None
    if month_of(period.start) == period:
        return month_of(period.end + _DAY if is_after else period.start - _DAY)
    length = period.end - period.start + _DAY
    step = length if is_after else -length
    return Period(start=period.start + step, end=period.end + step)


def week_numbered(number: int, beside_it: Period) -> Period | None:
    """Return the week of that number nearest to a span that is itself one week; None for any other span."""
    first = beside_it.start
    if first is None or week_of(first) != beside_it:
        return None
    weeks = (_iso_week(first.isocalendar().year + step, number) for step in (-1, 0, 1))
    there = [week for week in weeks if week is not None and week.start is not None]
    return min(there, key=lambda week: abs(((week.start or first) - first).days), default=None)


def part_of(text: str, period: Period) -> Period | None:
    """Return the part of the period that is all the message says: "de to første ukene", "siste halvdel"."""
    found = _parts().search(text)
    first, last = period.start, period.end
    if found is None or first is None or last is None or (last - first).days > _LONGEST:
        return None
    if any(not is_filler(word.text) for word in words_of(f"{text[: found.start()]} {text[found.end() :]}")):
        return None
    units = tuple(_UNITS[_unit(found["unit"])](first, last))
    counts = _table()["count"]
    count = next((counts[plain(said)] for said in (found["one"], found["other"]) if said), 1)
    place = _table()["place"][" ".join(plain(found["place"]).split())]
    chosen = units[place - 1 : place - 1 + count] if place > 0 else units[max(len(units) + place - count + 1, 0) :]
    if not chosen or len(units) < 2:
        return None
    return Period(start=chosen[0].start, end=chosen[:count][-1].end)


def week_of(day: date) -> Period:
    """Return the ISO week that the day lies in."""
    monday = day - timedelta(days=day.weekday())
    return Period(start=monday, end=monday + _WEEK)


def month_of(day: date) -> Period:
    """Return the calendar month that the day lies in."""
    return Period(start=day.replace(day=1), end=day.replace(day=monthrange(day.year, day.month)[1]))


def _iso_week(year: int, number: int) -> Period | None:
    try:
        return week_of(date.fromisocalendar(year, number, 1))
    except ValueError:
        return None


def _cut(first: date, last: date, around: Callable[[date], Period]) -> Iterator[Period]:
    day = first
    while day <= last:
        whole = around(day)
        end = min(whole.end or last, last)
        yield Period(start=day, end=end)
        day = end + _DAY


def _halves(first: date, last: date) -> Iterator[Period]:
    middle = first + (last - first) // 2
    yield Period(start=first, end=middle)
    yield Period(start=middle + _DAY, end=last)


_UNITS: dict[str, Callable[[date, date], Iterable[Period]]] = {
    "week": lambda first, last: _cut(first, last, week_of),
    "month": lambda first, last: _cut(first, last, month_of),
    "day": lambda first, last: _cut(first, last, lambda day: Period(start=day, end=day)),
    "half": _halves,
}


def _unit(word: str) -> str:
    return next(unit for unit in _UNITS if plain(word) in _table()["unit"][unit])


@cache
def _table() -> dict[str, Any]:
    return table("picks")


@cache
def _parts() -> re.Pattern[str]:
    words = _table()
    units = [word for some in words["unit"].values() for word in some]
    before = f"(?:(?:{any_of(words['before'])})\\s+)?"
    one, other = f"(?:(?P<one>{any_of(words['count'])})\\s+)?", f"(?:(?P<other>{any_of(words['count'])})\\s+)?"
    place, unit = f"(?P<place>{any_of(words['place'])})\\s+", f"(?P<unit>{any_of(units)})"
    return re.compile(rf"(?<!\w){before}{one}{place}{other}{unit}(?!\w)", re.IGNORECASE)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern that is any of the words, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
