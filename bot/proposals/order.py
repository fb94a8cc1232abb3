"""Rows that stand out of their order in a table that is sorted by time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.model import Doubt, Entry, Precision

# A table with more rows than this out of order is not sorted at all.
_MOST = 0.25
_FEWEST = 4


def in_order(rows: Sequence[Sequence[Entry]]) -> Iterator[Entry]:
    """Yield the entries of all rows; those of a row out of order have a doubt."""
    days = [(index, day) for index, row in enumerate(rows) if (day := _first_day(row))]
    strays = _strays([day for _, day in days])
    is_sorted = len(days) >= _FEWEST and len(strays) <= len(days) * _MOST
    wrong = {days[stray][0] for stray in strays} if is_sorted else set()
    for index, row in enumerate(rows):
        for entry in row:
            yield _doubted(entry) if index in wrong and _is_exact(entry) else entry


def _doubted(entry: Entry) -> Entry:
    if Doubt.OUT_OF_ORDER in entry.doubts:
        return entry
    return replace(entry, doubts=(*entry.doubts, Doubt.OUT_OF_ORDER))


def _is_exact(entry: Entry) -> bool:
    return entry.span.precision in (Precision.DAY, Precision.RANGE) and entry.span.start is not None


def _first_day(row: Sequence[Entry]) -> date | None:
    return next((entry.span.start for entry in row if _is_exact(entry)), None)


def _strays(days: Sequence[date]) -> set[int]:
    """Return which days must go for the rest to stand in order, as few as can be; of two, the later row goes.

    Read from the end: of the longest runs that only fall, the one that the later rows do not displace.
    """
    falling: list[int] = []
    lasts: list[int] = []
    before: dict[int, int | None] = {}
    for index in range(len(days) - 1, -1, -1):
        height = -days[index].toordinal()
        at = bisect_right(falling, height)
        before[index] = lasts[at - 1] if at else None
        falling[at : at + 1] = [height]
        lasts[at : at + 1] = [index]
    kept: set[int] = set()
    step = lasts[-1] if lasts else None
    while step is not None:
        kept.add(step)
        step = before[step]
    return set(range(len(days))) - kept
