"""The two ways into the grammar: a time in a running text, and a cell that is nothing but a time."""

from __future__ import annotations

from dataclasses import replace

from bot.time.chart import Rules
from bot.time.guards import is_glued, is_no_short_year
from bot.time.units import Relation, Unit
from bot.time.values import (
    Bracketed,
    Clock,
    Day,
    Doubtful,
    Ongoing,
    Present,
    Range,
    Recurring,
    SchoolYear,
    Side,
    Timed,
    Value,
    Weekday,
)

rules = Rules()

_TO = "(dash|to|through|until)"
# "23/24" under a heading; lower figures are days and months.
_LOWEST_YEAR = 13

rules.either(
    "undoubted",
    "[in|during] it:plain_time",
    "[during] (it:side|it:over_time|it:remainder|it:recurring|it:ongoing_time)",
    "during [the] it:plain_time",
    "[in|during] whole it:plain_time",
    "to it:day",
)
rules.either("spoken", "it:undoubted", "it:about_time")


@rules("about_time", "[in] about [in] t:undoubted")
def about(t: Value) -> Value:
    return Doubtful(of=t)


@rules("spoken", "t:undoubted open (i:undoubted|i:about_time) close")
@rules(
    "spoken",
    "t:one_week (comma|colon) [in] i:date",
    "t:one_week (comma|colon) [in] i:range_of_days",
    "t:date comma i:one_week",
    "t:breaks [comma|colon] [in] i:one_week",
)
def said_twice(t: Value, i: Value) -> Value:
    return Bracketed(outer=t, inner=i)


rules.either("time", "it:other_name", "it:spoken", "it:clocks")
rules.either("one_day", "it:day", "it:weekdays", "it:in_week", "it:relative")


@rules("time", "t:one_day [comma] c:times_of_day", "t:one_day open c:times_of_day close")
@rules("time", "t:spoken [comma] [in] c:clocks", "t:spoken open c:clocks close", "c:clocks [comma] t:spoken")
@rules("cell_time", "t:bare_day c:times_of_day", "t:cell_days [comma] c:times_of_day")
def timed(t: Value, c: Clock) -> Value:
    return Timed(of=t, times=(c.start, c.end))


@rules("cell_time", "weekday_plural [comma] c:clocks [[comma] ongoing]")
def weekly_by_the_clock(c: Clock) -> Value:
    return Timed(of=Recurring(every=Unit.WEEK), times=(c.start, c.end))


# From here on: what is a time only where it is all that a cell says.
rules.either(
    "cell_time", "it:cell_days", "it:cell_side", "it:time", "it:bare_day", "it:bare_figures", "it:cell_year", "it:often"
)


@rules("cell_days", f"each:bare_day {_TO} each:bare_day")
@rules(
    "cell_days",
    *(f"{'each:listed_day joints:joint ' * n} each:bare_day" for n in range(1, 6)),
    guard=is_no_short_year,
)
def bare_days(each: tuple[Value, ...], joints: tuple[bool, ...]) -> Value:
    return Range(items=each, is_choice=any(joints))


rules.either("cell_days", "it:lettered_day")


@rules("lettered_day", "w:weekday_letters [comma] (n:nth|n:int)")
def two_letters_and_number(w: int, n: int) -> Value | None:
    return Day(day=n, weekday=w) if 0 < n <= 31 else None


@rules("lettered_day", "w:weekday_letters [comma] (d:dated|d:led_figures)")
def two_letters_and_day(w: int, d: Day) -> Value:
    return replace(d, weekday=w)


@rules("cell_days", f"each:lettered_day {_TO} (each:lettered_day|each:listed_day)")
@rules("cell_days", f"each:listed_day {_TO} each:lettered_day")
def from_a_day_in_letters(each: tuple[Value, ...]) -> Value:
    return Range(items=each)


@rules(
    "cell_days", *(f"{'(each:lettered_day|each:listed_day) joints:joint ' * n} each:lettered_day" for n in (1, 2, 3))
)
@rules("cell_days", "each:lettered_day joints:joint each:listed_day")
def days_in_letters(each: tuple[Value, ...], joints: tuple[bool, ...]) -> Value:
    return Range(items=each, is_choice=any(joints))


@rules("cell_days", "each:weekday_letters (dash|slash) each:weekday_letters", guard=is_glued)
def weekdays_in_letters(each: tuple[int, ...]) -> Value | None:
    return Range(items=tuple(Weekday(weekday=w) for w in each)) if each[0] < each[1] else None


@rules("cell_side", "to t:day", "to t:bare_day")
def up_to(t: Value) -> Value:
    return Side(relation=Relation.UNTIL, of=t)


@rules("cell_year", "u:the_unit")
def school_year_alone(u: Unit) -> Value | None:
    return Present(unit=u) if u is Unit.SCHOOL_YEAR else None


@rules("cell_year", "p:pair")
def school_year_in_figures(p: tuple[int, int]) -> Value | None:
    return SchoolYear(first=2000 + p[0]) if _LOWEST_YEAR <= p[0] == p[1] - 1 else None


@rules("often", "ongoing [comma|dash] [beginning|begins] undoubted", "undoubted [comma] ongoing")
@rules("often", "under_way ongoing [undoubted]", "ongoing open undoubted close", "undoubted open ongoing close")
def ongoing_all_that_time() -> Value:
    return Ongoing()


@rules("often", "[in] f:frequency", "f:frequency [comma] t:undoubted")
def often(f: str, t: Value | None) -> Value:
    return Recurring(of=t, every=Unit(f) if f in set(Unit) else None)


rules.either("cell", "[cell_label [colon]] it:cell_time", "[dash] open it:cell_time close", "dash it:cell_time")
rules.either("cell", "(beginning|begins) [colon|dash] [in] it:cell_time")


@rules("cell", "[cell_label [colon]] t:cell_time question", "open t:cell_time question close")
@rules("cell", "t:cell_time open question close", "t:cell_time about", "t:cell_time open about close")
def cell_in_doubt(t: Value) -> Value:
    return Doubtful(of=t)
