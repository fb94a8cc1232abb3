"""Holidays and school breaks, and what lies beside them: "uka etter påske", "siste fredag før jul"."""

from __future__ import annotations

from bot.time.chart import Rules
from bot.time.guards import ends_glued
from bot.time.units import Relation, Unit, Which
from bot.time.values import Away, Beside, Break, Holiday, Present, Range, Relative, SchoolYear, Side, Stretch, Value

rules = Rules()

_SUNDAY = 7


@rules("holidays", "h:holiday [[comma] y:said_year]", "to h:holiday")
def holiday(h: str, y: Value | None) -> Value:
    return Holiday(name=h, year=y)


@rules("holidays", "next h:holiday")
def next_holiday(h: str) -> Value:
    return Holiday(name=h, which=Which.NEXT)


@rules("holidays", "last h:holiday")
def last_holiday(h: str) -> Value:
    return Holiday(name=h, which=Which.LAST)


@rules("holidays", "y:said_shift [in] h:holiday")
def holiday_after_its_year(h: str, y: Value) -> Value:
    return Holiday(name=h, year=y)


@rules("holidays", "n:ordinal f:feast_day [y:said_year]")
def numbered_feast_day(n: int, f: str, y: Value | None) -> Value | None:
    return Holiday(name=f, later=n - 1, year=y) if 0 < n < 5 else None


@rules("holidays", "n:ordinal [w:weekday] [in|of] advent [y:said_year]", "n:ordinal advent_sunday [y:said_year]")
def sunday_in_advent(n: int, w: int | None, y: Value | None) -> Value | None:
    if w not in (None, _SUNDAY) or not 0 < n <= 4:
        return None
    return Holiday(name="first_advent", later=7 * (n - 1), year=y)


@rules("breaks", "[this|to] b:break [y:said_year]")
def school_break(b: str, y: Value | None) -> Value:
    return Break(name=b, year=y)


@rules("breaks", "[this|to] b:break [in] school_year_word first:school_years")
def break_of_school_year(b: str, first: int) -> Value:
    return Break(name=b, year=SchoolYear(first=first))


@rules("breaks", "next b:break")
def next_break(b: str) -> Value:
    return Break(name=b, which=Which.NEXT)


@rules("breaks", "last b:break")
def last_break(b: str) -> Value:
    return Break(name=b, which=Which.LAST)


@rules("school_events", "s:school_event")
def school_event(s: str) -> Value:
    return Break(name=s)


@rules("over_time", "over (t:holidays|t:breaks|t:seasons|t:relative)")
def over(t: Value) -> Value | None:
    """ "over jul" is when Christmas is over; of what is told from today, only a weekend can be over like that."""
    if isinstance(t, Range | Side | Away | Stretch | Present) or (
        isinstance(t, Relative) and t.unit is not Unit.WEEKEND
    ):
        return None
    return Side(relation=Relation.AFTER, of=t)


rules.either(
    "landmark",
    "[in|to] (it:holidays|it:breaks|it:school_events|it:date|it:loose_day|it:months|it:seasons|it:one_week)",
    "[in|to] (it:relative|it:weekdays)",
)


@rules("beside", "[the] [ordinal_last] u:one_unit before t:landmark")
def unit_before(u: Unit, t: Value) -> Value | None:
    return _beside(u, t, -1)


@rules("beside", "[the] [ordinal_first] u:one_unit (after|over) t:landmark")
def unit_after(u: Unit, t: Value) -> Value | None:
    return _beside(u, t, 1)


def _beside(unit: Unit, of: Value, steps: int) -> Value:
    return Beside(steps=steps, unit=unit, of=of)


@rules("beside", "[in|the] n:ordinal u:one_unit after t:landmark")
def nth_unit_after(n: int, u: Unit, t: Value) -> Value | None:
    return Beside(steps=n, unit=u, of=t) if n > 0 else None


@rules("beside", "[in|to] [the] [ordinal_last] w:any_weekday before t:landmark")
def weekday_before(w: int, t: Value) -> Value:
    return Beside(steps=-1, weekday=w, of=t)


@rules("beside", "[in|to] [the] [n:ordinal] w:any_weekday after t:landmark")
def weekday_after(w: int, t: Value, n: int | None) -> Value | None:
    steps = 1 if n is None else n
    return Beside(steps=steps, weekday=w, of=t) if steps > 0 else None


@rules("beside", "b:school_event (before|after) landmark")
def school_day_beside(b: str) -> Value:
    """ "siste skoledag før jul" is for the municipality's calendar to say, and it does not."""
    return Break(name=f"{b} beside a holiday")


@rules("ordinal_last", "n:nth_word", "last")
def is_last(n: int | None) -> bool | None:
    return True if n in (None, -1) else None


@rules("ordinal_first", "n:nth_word", "next")
def is_first(n: int | None) -> bool | None:
    return True if n in (None, 1) else None


@rules("beside", "c:count u:counted_unit before t:landmark")
def so_many_before(c: int, u: Unit, t: Value) -> Value:
    return Away(count=-c, unit=u, of=t)


@rules("beside", "c:count u:counted_unit after t:landmark")
def so_many_after(c: int, u: Unit, t: Value) -> Value:
    return Away(count=c, unit=u, of=t)


@rules(
    "beside",
    "[the] n:nth_word c:count u:counted_unit after t:landmark",
    "[the] c:count n:nth_word u:counted_unit after t:landmark",
)
def first_so_many_after(n: int, c: int, u: Unit, t: Value) -> Value | None:
    return Range(items=(_beside(u, t, 1), _beside(u, t, c))) if n == 1 < c else None


@rules(
    "beside",
    "[the] n:nth_word c:count u:counted_unit before t:landmark",
    "[the] c:count n:nth_word u:counted_unit before t:landmark",
)
def last_so_many_before(n: int, c: int, u: Unit, t: Value) -> Value | None:
    return Range(items=(_beside(u, t, -c), _beside(u, t, -1))) if n == -1 and c > 1 else None


@rules("beside", "t:date dash u:one_unit", guard=ends_glued)
def week_around_a_day(t: Value, u: Unit) -> Value | None:
    """ "17. mai-helga"."""
    return _beside(u, t, 0) if u in (Unit.WEEK, Unit.WEEKEND) else None


@rules("beside", "u:one_unit [in] t:holidays")
def weekend_of_holiday(u: Unit, t: Holiday) -> Value | None:
    return Beside(steps=0, unit=u, of=t) if u is Unit.WEEKEND else None
