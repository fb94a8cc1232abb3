"""What time expressions say, before anybody asks which days that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from bot.time.units import Part, Relation, Season, Unit, Which
from bot.time.when import Times


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """An unresolved time: what the words say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence(Value):
    """Looks like a time, and is none: "kl. 14" alone, "1/2 dag", "tiltak 4.2"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ongoing(Value):
    """All the time: "løpende". `is_always`: said in the middle of a sentence it is that too, as "underveis" is not."""

    is_always: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring(Value):
    """What comes back: of nothing in particular ("hver mandag"), or "15. august hvert år".

    `every` is the unit that it comes once in; None where it comes more seldom or nobody says.
    """

    of: Value | None = None
    every: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Year(Value):
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolYear(Value):
    """August to July; `first` is the calendar year in which it begins."""

    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative(Value):
    """So many units from today's: 0 is this one. Weekends are told from the one that comes or is on.

    `is_coming`: the weekend of "til helga" is the one that comes, though one is on.
    """

    unit: Unit
    steps: int
    is_coming: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Present(Value):
    """The unit that is spoken of: the heading's month or the plan's year, else that of today."""

    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Value):
    """A day by its number. Without a month it is that of the heading, else the nearest such day.

    `is_bare` is a number alone, which is a day under its month's heading only. `may_be_year`: "sept 25" is English
    for a day, and Norwegian for the month of a plan's year.
    """

    day: int
    month: int | None = None
    year: Value | None = None
    weekday: int | None = None
    is_bare: bool = False
    may_be_year: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekday(Value):
    """1 is Monday."""

    weekday: int
    which: Which = Which.NEAREST


@dataclass(frozen=True, slots=True, kw_only=True)
class InWeek(Value):
    """Weekdays of a week: "onsdag i veke 12"."""

    first: int
    last: int
    week: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Week(Value):
    """An ISO week; without a year, the nearest in tense and context."""

    number: int
    year: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Month(Value):
    month: int
    year: Value | None = None
    which: Which = Which.NEAREST


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonOf(Value):
    """`is_term`: the half of a school year, never mind the weather."""

    season: Season
    year: Value | None = None
    which: Which = Which.NEAREST


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered(Value):
    """The second quarter, the first half-year: a numbered part of a year."""

    unit: Unit
    number: int
    year: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday(Value):
    """A holiday by its name in the calendar; `later` counts days from it ("2. juledag")."""

    name: str
    later: int = 0
    year: Value | None = None
    which: Which = Which.NEAREST


@dataclass(frozen=True, slots=True, kw_only=True)
class Break(Value):
    """What a municipality sets: its days stand in the context's calendar or nowhere."""

    name: str
    year: Value | None = None
    which: Which = Which.NEAREST


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOf(Value):
    part: Part
    of: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class NthOf(Value):
    """The third week of January, the last Thursday in March: `number` -1 is the last; `count` of them."""

    number: int
    of: Value
    unit: Unit | None = None
    weekday: int | None = None
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn(Value):
    """Where two months meet."""

    first: int
    last: int
    year: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Away(Value):
    """So many units from today, or from `of`: "om to uker", "for tre dager siden" (negative)."""

    count: int
    unit: Unit
    weekday: int | None = None
    of: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch(Value):
    """The next or last so many units, counted from today."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside(Value):
    """The unit or weekday before or after something; `of` None is what was last spoken of."""

    steps: int
    unit: Unit | None = None
    weekday: int | None = None
    of: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest(Value):
    """From today to the end of a whole; or from its beginning to today.

    `is_through`: "ut mars" reaches from today to the end of March even in February.
    """

    of: Value | None
    is_so_far: bool = False
    is_through: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Side(Value):
    """An open span."""

    relation: Relation
    of: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Range(Value):
    """From the first to the last of several times. `is_choice`: one of them, it is not said which."""

    items: tuple[Value, ...]
    is_choice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Between(Value):
    """What lies between two times; days count themselves, holidays do not, unless `is_first_included`."""

    first: Value
    last: Value
    is_first_included: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Both(Value):
    """Two open sides that close each other: "etter påske og før sommeren"."""

    first: Value
    second: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracketed(Value):
    """Two ways to say one time: the narrower decides."""

    outer: Value
    inner: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful(Value):
    """Said with a "ca." or a question mark."""

    of: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed(Value):
    of: Value
    times: Times


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(Silence):
    """Clock times: no date of their own."""

    start: time | None
    end: time | None = None
