"""What does not add up between an entry and the plan: its order, its period, the calendar, another entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.model import Doubt, Entry, Kind, Precision
from bot.proposals.lexicon import fold, words
from bot.proposals.surroundings import Days
from bot.proposals.weekdays import names_weekday
from bot.time.calendar import is_public_holiday

_SATURDAY = 5
_FIGURES = re.compile(r"[1-9]\d*")
_ONCE = (Kind.GOAL, Kind.FOCUS_AREA, Kind.MILESTONE)


def with_doubts(entries: Iterable[Entry], period: Days | None) -> tuple[Entry, ...]:
    """Return the entries with the doubts that only the whole plan shows; a heading said twice is kept once."""
    kept: list[Entry] = []
    seen: set[tuple[object, ...]] = set()
    for entry in entries:
        mark = _mark(entry)
        if mark in seen and entry.kind in _ONCE:
            continue
        found = [*_of_period(entry, period), *_of_calendar(entry)]
        if mark in seen and entry.span.is_dated:
            found.append(Doubt.DUPLICATE)
        seen.add(mark)
        kept.append(_doubted(entry, found))
    return tuple(kept)


def _doubted(entry: Entry, found: Sequence[Doubt]) -> Entry:
    doubts = [*entry.doubts, *(doubt for doubt in found if doubt not in entry.doubts)]
    if Doubt.OUTSIDE_PERIOD in found and Doubt.OUT_OF_ORDER in doubts:
        doubts.remove(Doubt.OUT_OF_ORDER)
    return replace(entry, doubts=tuple(doubts)) if doubts != list(entry.doubts) else entry


def _mark(entry: Entry) -> tuple[object, ...]:
    """What makes two entries one and the same."""
    where = (entry.area, entry.goal, entry.region, entry.audience) if entry.kind not in _ONCE else ()
    return (entry.kind, fold(entry.title), entry.span.start, entry.span.end, entry.time_start, *where)


def _of_period(entry: Entry, period: Days | None) -> Iterable[Doubt]:
    if period and entry.span.is_dated and not entry.span.overlaps(*period):
        yield Doubt.OUTSIDE_PERIOD


def _of_calendar(entry: Entry) -> Iterable[Doubt]:
    """A single day at a weekend may be a slip, unless the plan itself says which weekday it is.

    So may one on a public holiday, for what people come to, unless it is the holiday or a day off that is told of.
    """
    span = entry.span
    day = span.start or span.end
    is_single = span.precision is Precision.DAY and (span.start == span.end or None in (span.start, span.end))
    if not day or not is_single or span.repeats or str(day.day) not in _FIGURES.findall(span.text or ""):
        return  # "innen utgangen av mai" names no day
    is_weekend = day.weekday() >= _SATURDAY and not names_weekday(span.text or "")
    is_free = day.weekday() < _SATURDAY and is_public_holiday(day) and entry.kind is Kind.EVENT
    if is_weekend or (is_free and not _is_day_off(entry.title)):
        yield Doubt.WEEKEND_DATE


def _is_day_off(text: str) -> bool:
    """Whether a title tells of a holiday or of a day when nobody works: "Barnehagen stengt", "Skjærtorsdag"."""
    small = text.casefold()
    return any(word in small for word in words("plans", "doubts", "day_off"))
