"""ISO weeks by number: "uke 34", "U40", "veke 17, 18 og 19", "f.o.m. uke 51 t.o.m. uke 2"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.time.chart import Rules
from bot.time.guards import before_no_noun, is_a_week_alone, is_glued
from bot.time.units import Unit
from bot.time.values import Range, Relative, Value, Week, Year

rules = Rules()

_LONGEST_LIST = 7


@rules("week_label", "week_word [number_sign]", "week_letter")
@rules("week_label", "(week_word|week_letter) dash", guard=is_glued)
def week_label() -> bool:
    return True


@rules("week_number", "n:int", "n:nth")
def week_number(n: int) -> int | None:
    return n if 0 < n < 100 else None


@rules("week_year", "[in|slash|comma|dash] y:year")
def week_year(y: int) -> Value:
    return Year(number=y)


rules.either("week_year", "it:said_shift")


@rules("one_week", "week_label n:week_number [y:week_year]", "week_label n:week_number open y:week_year close")
def one_week(n: int, y: Value | None) -> Value:
    return Week(number=n, year=y)


@rules("one_week", "week_word colon n:week_number", "week_word n:number_word", guard=is_a_week_alone)
def week_that_nothing_follows(n: int) -> Value:
    return Week(number=n)


@rules("one_week", "p:iso_week", "week_label p:month_year")
def week_in_figures(p: tuple[int, int]) -> Value:
    return Week(number=p[0], year=Year(number=p[1]))


@rules("one_week", "[the] n:nth week_word [in y:week_year]", guard=before_no_noun)
def week_by_ordinal(n: int, y: Value | None) -> Value | None:
    return Week(number=n, year=y) if n > 5 else None


@rules("week_joint", "dash", "slash", "comma [and|or]", "and", "or", "to", "through")
def week_joint() -> bool:
    return True


@rules("more_weeks", "week_joint [week_label] n:week_number", guard=before_no_noun)
def more_weeks(n: int) -> tuple[int, ...]:
    return (n,)


@rules("more_weeks", "week_joint [week_label] p:pair")
def more_weeks_in_a_pair(p: tuple[int, int]) -> tuple[int, ...]:
    return p


@rules(
    "week_list",
    *(f"[from] week_label each:week_number {'each:more_weeks ' * n} [y:week_year]" for n in range(1, _LONGEST_LIST)),
)
def week_list(each: tuple[int | tuple[int, ...], ...], y: Value | None) -> Value:
    numbers: list[int] = []
    for one in each:
        numbers.extend(one if isinstance(one, tuple) else (one,))
    return _weeks(numbers, y)


@rules("week_list", "week_label p:pair [y:week_year]")
def week_pair(p: tuple[int, int], y: Value | None) -> Value:
    return _weeks(p, y)


def _weeks(numbers: Sequence[int], year: Value | None) -> Value:
    *first, last = numbers
    return Range(items=(*(Week(number=n) for n in first), Week(number=last, year=year)))


@rules("said_shift", "steps:year_shift")
def said_shift(steps: int) -> Value:
    return Relative(unit=Unit.YEAR, steps=steps)
