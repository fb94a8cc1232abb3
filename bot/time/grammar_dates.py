"""Days, months and years: "torsd 14. sept.", "mai 2024", "skoleåret 23/24"."""

from __future__ import annotations

from dataclasses import replace

from bot.time.chart import Rules
from bot.time.guards import (
    before_no_noun,
    before_no_word,
    is_a_day_in_figures,
    is_a_weekday_in_letters,
    is_a_year,
    is_led,
    is_no_fraction,
    is_no_name,
    is_no_pronoun,
)
from bot.time.units import Unit, Which
from bot.time.values import Day, Month, Range, Relative, SchoolYear, Silence, Value, Year

rules = Rules()

DayMonth = tuple[int, int]


@rules("any_month", "m:month", "m:month_name", "m:month_short")
def any_month(m: int) -> int:
    return m


@rules("any_weekday", "w:weekday [daypart]")
@rules("any_weekday", "w:weekday_short", guard=is_no_pronoun)
@rules("any_weekday", "w:weekday_letters", guard=is_a_weekday_in_letters)
def any_weekday(w: int) -> int:
    return w


@rules("count", "n:int", "n:number_word")
def count(n: int) -> int | None:
    return n if 0 < n < 400 else None


@rules("ordinal", "n:nth", "n:nth_word", "n:nth_en")
def ordinal(n: int) -> int:
    return n


@rules("day_number", "n:nth", "n:int", "n:nth_word", "n:nth_en")
def day_number(n: int) -> int | None:
    return n if 0 < n <= 31 else None


# The year that a date, month, week or season says of itself.
@rules("said_year", "[in|of] y:year", "dash y:year")
def plain_year(y: int) -> Value:
    return Year(number=y)


@rules("said_year", "[in] first:school_years")
def year_of_school(first: int) -> Value:
    return SchoolYear(first=first)


@rules("said_year", "y:two_figures", "dash y:two_figures", guard=before_no_word)
def year_in_two_figures(y: int) -> Value:
    return Year(number=y)


@rules("said_year", "steps:year_shift")
def year_from_this(steps: int) -> Value:
    return Relative(unit=Unit.YEAR, steps=steps)


@rules("dated", "d:day_number [of] (m:any_month|m:month_or_christmas) [[comma] y:said_year]")
def day_and_month(d: int, m: int, y: Value | None) -> Value:
    return Day(day=d, month=m, year=y)


@rules("dated", "n:nth (any_month|month_or_christmas) [[comma] said_year]")
def day_that_no_month_has(n: int) -> Value | None:
    return None if 0 < n <= 31 else Day(day=n, month=1)


@rules("dated", "p:day_month [[comma] y:said_year]", guard=is_a_day_in_figures)
def figures(p: DayMonth, y: Value | None) -> Value:
    return Day(day=p[0], month=p[1], year=y)


@rules("dated", "p:fraction [y:said_year]", guard=is_no_fraction)
def small_figures(p: DayMonth, y: Value | None) -> Value:
    return Day(day=p[0], month=p[1], year=y)


@rules("dated", "p:full_date")
def all_figures(p: tuple[int, int, int]) -> Value:
    return Day(day=p[0], month=p[1], year=Year(number=p[2]))


@rules("dated", "m:month_en d:int", "m:month_both d:int", guard=before_no_word)
def english_date(m: int, d: int) -> Value | None:
    return Day(day=d, month=m, may_be_year=d > 12) if 0 < d <= 31 else None


@rules("dated", "(m:month_en|m:month_both) (d:int|d:nth_en) [comma] y:year", "(m:month_en|m:month_both) [the] d:nth_en")
def english_date_with_year(m: int, d: int, y: int | None) -> Value | None:
    year = Year(number=y) if y else None
    return Day(day=d, month=m, year=year) if 0 < d <= 31 else None


@rules("date", "[the] d:dated", "w:any_weekday [comma] [the] d:dated", "w:any_weekday [comma] [the] d:led_figures")
def date(d: Day, w: int | None) -> Value:
    return replace(d, weekday=w)


@rules("date", "[the] d:dated [comma] open w:any_weekday close", "d:dated comma w:any_weekday")
def date_before_weekday(d: Day, w: int) -> Value:
    return replace(d, weekday=w)


# 4.2 is a measure's number, but a day behind a weekday or "den".
@rules("led_figures", "p:numbering")
@rules("date", "the p:numbering")
def led_figures(p: DayMonth) -> Value:
    return Day(day=p[0], month=p[1])


@rules("bare_figures", "p:numbering")
def bare_figures(p: DayMonth) -> Value:
    """A day in a cell under the heading of its month, and nowhere else."""
    return Day(day=p[0], month=p[1], is_bare=True)


@rules("loose_day", "w:any_weekday [comma] [the] (n:nth|n:nth_en)")
def weekday_and_number(n: int, w: int) -> Value | None:
    return Day(day=n, weekday=w) if 0 < n <= 31 else None


@rules("loose_day", "w:any_weekday [comma] [the] n:int", "the n:int", guard=before_no_word)
def day_without_its_stop(n: int, w: int | None) -> Value | None:
    return Day(day=n, weekday=w) if 0 < n <= 31 else None


@rules("loose_day", "the (n:nth|n:nth_en)", guard=before_no_noun)
def the_day(n: int) -> Value | None:
    return Day(day=n) if 0 < n <= 31 else None


@rules("bare_day", "n:nth", "n:int")
def bare_day(n: int) -> Value | None:
    return Day(day=n, is_bare=True) if 0 < n <= 31 else None


@rules("months", "m:any_month [month_word] [comma] y:said_year", "m:any_month month_word")
def month_of_year(m: int, y: Value | None) -> Value:
    return Month(month=m, year=y)


@rules("months", "y:said_shift [in] m:any_month")
def year_before_month(m: int, y: Value) -> Value:
    return Month(month=m, year=y)


@rules("months", "p:month_year")
def month_in_figures(p: DayMonth) -> Value:
    return Month(month=p[0], year=Year(number=p[1]))


@rules("months", "m:month")
def month(m: int) -> Value:
    return Month(month=m)


@rules("months", "m:month_name", guard=is_no_name)
def month_that_may_be_a_name(m: int) -> Value:
    return Month(month=m)


@rules("months", "m:month_short", guard=is_led)
def short_month(m: int) -> Value:
    return Month(month=m)


@rules("months", "next m:any_month")
def next_month_of_name(m: int) -> Value:
    return Month(month=m, which=Which.NEXT)


@rules("months", "last m:any_month")
def last_month_of_name(m: int) -> Value:
    return Month(month=m, which=Which.LAST)


@rules("months", "this m:any_month")
def this_month_of_name(m: int) -> Value:
    return Month(month=m, which=Which.THIS)


@rules("years", "y:year", guard=is_a_year)
def calendar_year(y: int) -> Value:
    return Year(number=y)


@rules("years", "year_word y:year")
def named_year(y: int) -> Value:
    return Year(number=y)


@rules("years", "[year_word] pair:year_span")
def years_in_one_word(pair: tuple[int, int]) -> Value:
    return Range(items=(Year(number=pair[0]), Year(number=pair[1])))


@rules("years", "[school_year_word|year_word] first:school_years")
def school_year(first: int) -> Value:
    return SchoolYear(first=first)


@rules(
    "years", "school_year_word a:year (dash|slash) b:year", "school_year_word a:two_figures (dash|slash) b:two_figures"
)
def school_year_in_two(a: int, b: int) -> Value | None:
    return SchoolYear(first=a) if b == a + 1 else None


@rules("years", "school_year_word p:pair")
def school_year_in_figures(p: DayMonth) -> Value | None:
    return SchoolYear(first=2000 + p[0]) if p[1] == p[0] + 1 else None


@rules("years", "school_year_word y:year")
def school_year_by_its_first(y: int) -> Value:
    return SchoolYear(first=y)


@rules("other_name", "no_time")
@rules("other_name", "document_series [number_sign] [int] [open] (year|school_years) [close] [colon int]")
@rules("other_name", "document_series [number_sign] [int] open year dash year close")
@rules("other_name", "document_series (int|four_figures) colon year")
def name_of_something_else() -> Value:
    """ "Meld. St. 6 (2019–2020)" is the name of a document, and "planeten Mars" that of no month."""
    return Silence()
