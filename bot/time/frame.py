"""What an unresolved value is held against: today, the tense, and the periods that the headings name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bot.model import Precision
from bot.time.calendar import FIRST_YEAR, LAST_YEAR, Days
from bot.time.units import Which
from bot.time.when import Context, When

AtYear = Callable[[int], When | None]

# So long "etter påske" still means the Easter that was.
RECENT = timedelta(days=120)
# So long after a season's first day in the calendar it is still spoken of as one to come.
_NOT_YET_FELT = timedelta(days=45)


class Tense(StrEnum):
    """Where a time without a year is looked for."""

    AHEAD = "ahead"
    BACK = "back"
    RECENT = "recent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """`windows` are the periods that the headings name, the narrowest first; `year`, where set, overrules all."""

    context: Context
    today: date
    tense: Tense
    windows: tuple[Days, ...] = ()
    year: int | None = None

    def at(self, year: int) -> Frame:
        return replace(self, year=year)

    def within(self, days: Days) -> Frame:
        return replace(self, windows=(days, *self.windows))

    def seen_from(self, today: date) -> Frame:
        return replace(self, today=today, windows=(), tense=Tense.AHEAD)

    def looking(self, tense: Tense) -> Frame:
        return self if tense is self.tense else replace(self, tense=tense)

    @property
    def heading_month(self) -> tuple[int, int | None] | None:
        """The month that the heading names, with its year if that is said too."""
        if self.context.month:
            return self.context.month, None
        for first, last in self.windows:
            if (first.year, first.month) == (last.year, last.month):
                return first.month, first.year
        return None


def pick(frame: Frame, at_year: AtYear, which: Which = Which.NEAREST) -> When | None:
    """Return what comes back every year as it is in the one year meant.

    In a document that is the year whose days lie in what the headings name, or at least touch it; elsewhere the
    nearest in the tense. A day that no such year has is impossible.
    """
    if frame.year is not None:
        return at_year(frame.year)
    if which is not Which.NEAREST:
        return _told(frame, at_year, which)
    for window in frame.windows:
        found = _in_window(window, at_year)
        if found is not None:
            return found
    if frame.windows:
        first = frame.windows[0][0]
        return at_year(first.year)
    return _nearest(frame, at_year)


def _in_window(window: Days, at_year: AtYear) -> When | None:
    touching: When | None = None
    for year in range(window[0].year, window[1].year + 2):
        when = at_year(year)
        if when is None or when.start is None or when.end is None:
            continue
        if window[0] <= _middle(when) <= window[1]:
            return when
        if touching is None and when.start <= window[1] and when.end >= window[0]:
            touching = when
    before = at_year(window[0].year - 1)
    if before and before.start and before.end and before.start <= window[1] and before.end >= window[0]:
        return before
    return touching


def _middle(when: When) -> date:
    """A week belongs to the year of its Thursday, all else to where it begins."""
    assert when.start is not None
    return when.start + timedelta(days=3) if when.precision is Precision.WEEK else when.start


def _years(frame: Frame) -> Iterator[int]:
    """This year and its neighbours first; far ones only for what few years have (29 February, week 53)."""
    year = frame.today.year
    for distance in range(9):
        for candidate in sorted({year - distance, year + distance}):
            if FIRST_YEAR < candidate < LAST_YEAR:
                yield candidate


def _candidates(frame: Frame, at_year: AtYear) -> Iterator[tuple[date, date, When]]:
    for year in _years(frame):
        when = at_year(year)
        if when is not None and when.start is not None and when.end is not None:
            yield when.start, when.end, when


def _nearest(frame: Frame, at_year: AtYear) -> When | None:
    today = frame.today
    back: tuple[date, date, When] | None = None
    ahead: tuple[date, date, When] | None = None
    for candidate in _candidates(frame, at_year):
        start, end, _ = candidate
        if start <= today and (back is None or start > back[0]):
            back = candidate
        if end >= today and (ahead is None or start < ahead[0]):
            ahead = candidate
        if back and ahead and abs(candidate[0].year - today.year) > 1:
            break
    if frame.tense is Tense.BACK:
        return _value(back or ahead, at_year, today)
    if frame.tense is Tense.RECENT and back is not None and today - back[1] <= RECENT:
        return back[2]
    return _value(ahead or back, at_year, today)


def _value(found: tuple[date, date, When] | None, at_year: AtYear, today: date) -> When | None:
    return found[2] if found else at_year(today.year)


def _told(frame: Frame, at_year: AtYear, which: Which) -> When | None:
    """Return the one that "neste", "denne" or "forrige" tells from today."""
    today = frame.today
    found = sorted(_candidates(frame, at_year), key=lambda candidate: candidate[0])
    if which is Which.NEXT:
        return next((when for start, _, when in found if start > today), None)
    if which is Which.COMING:
        return next((when for start, _, when in found if start + _NOT_YET_FELT > today), None)
    if which is Which.LAST:
        return next((when for _, end, when in reversed(found) if end < today), None)
    holding = next((when for start, end, when in found if start <= today <= end), None)
    return holding or _nearest(frame, at_year)
