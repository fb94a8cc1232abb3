"""What a time expression is read against, and the days that it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from bot.model import Precision, Repeats

Times = tuple[time | None, time | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known around the words: the day they are read from, and where in a document they stand.

    `month`, `year` and `section` ("VÅR 2022") are what the headings above say, `school_year` is "2023/2024".
    `calendar` holds the first and last day of what differs by municipality ("vinterferie"); `breaks` those of several
    school years, in order, by the lexicon's names ("winter_break"): which of them is meant, the tense tells.
    `looks_back` is set where the words around speak of the past, so that a month without a year is one gone by.
    """

    reference: date
    month: int | None = None
    year: int | None = None
    school_year: str | None = None
    section: str | None = None
    calendar: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    breaks: Mapping[str, tuple[tuple[date, date], ...]] = field(default_factory=dict)
    looks_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Inclusive days; None is an open side, and both None is no date (ongoing, or impossible).

    `conflict` is set where the written weekday is not that of the written day; the day stands, and `other`
    is the nearest day that has the weekday. `times` are the clock times beside the date. `impossible` tells
    of a day that no calendar has (30 February). `repeats` tells how often what comes back does; the days of what
    comes back every year are those of the one year that is meant.
    """

    start: date | None = None
    end: date | None = None
    precision: Precision = Precision.NONE
    uncertain: bool = False
    conflict: bool = False
    times: Times | None = None
    other: date | None = None
    impossible: bool = False
    repeats: Repeats | None = None

    @property
    def recurring(self) -> bool:
        return self.repeats is not None

    @property
    def is_dated(self) -> bool:
        return self.start is not None or self.end is not None
