"""Parts of months, years and weeks: "slutten av mai", "tredje uka i januar", "de to første ukene i mars"."""

from __future__ import annotations

from bot.time.chart import Rules
from bot.time.units import Part, Unit
from bot.time.values import NthOf, PartOf, Present, Relative, Turn, Value

rules = Rules()


rules.either(
    "whole_time",
    "[whole] (it:months|it:seasons|it:years|it:numbered|it:one_week|it:relative|it:holidays|it:breaks)",
)
# "midten av uka": a unit in the definite form is a whole by itself only where a part of it is named.
rules.either("divided", "it:whole_time", "it:spoken_year")


@rules("spoken_year", "[whole] u:the_unit", "the u:one_unit")
def spoken_unit(u: Unit) -> Value:
    return Present(unit=u)


@rules("any_part", "p:part")
def any_part(p: str) -> Part:
    return Part(p)


@rules("parts", "[the] p:any_part [of|in] [the] t:divided", "[the] p:any_part dash t:months")
def part_of(p: Part, t: Value) -> Value:
    return PartOf(part=p, of=t)


@rules("parts", "[the] n:ordinal u:one_unit (of|in) [the] t:divided")
def nth_unit(n: int, u: Unit, t: Value) -> Value | None:
    return NthOf(number=n, unit=u, of=t) if u in (Unit.DAY, Unit.WEEK, Unit.WEEKEND, Unit.MONTH) else None


@rules("parts", "[the] n:nth [in|of] t:relative", "[the] n:nth (in|of) u:the_unit")
def day_of_month(n: int, t: Value | None, u: Unit | None) -> Value | None:
    """ "den 5. i neste måned"."""
    whole = t or Present(unit=u or Unit.DAY)
    is_month = isinstance(whole, Relative | Present) and whole.unit is Unit.MONTH
    return NthOf(number=n, unit=Unit.DAY, of=whole) if is_month and n > 0 else None


@rules("parts", "[the] n:ordinal w:any_weekday (of|in) [the] t:divided")
def nth_weekday(n: int, w: int, t: Value) -> Value:
    return NthOf(number=n, weekday=w, of=t)


@rules(
    "parts",
    "[the] c:count n:nth_word u:many_units (of|in) [the] t:divided",
    "[the] n:nth_word c:count u:many_units (of|in) [the] t:divided",
)
def first_so_many(c: int, n: int, u: Unit, t: Value) -> Value | None:
    return NthOf(number=n, unit=u, of=t, count=c) if n in (1, -1) else None


@rules("parts", "[the] n:nth_word u:many_units (of|in) [the] t:divided")
def first_few(n: int, u: Unit, t: Value) -> Value | None:
    if n not in (1, -1) or u not in (Unit.DAY, Unit.WEEK, Unit.MONTH):
        return None
    return PartOf(part=Part.START if n == 1 else Part.END, of=t)


@rules("parts", "g:unit_of p:part", "g:unit_of n:ordinal u:one_unit", "g:unit_of n:ordinal w:weekday")
def part_of_unit_that_owns(g: str, p: str | None, n: int | None, u: Unit | None, w: int | None) -> Value:
    whole = Present(unit=Unit(g))
    if p is not None:
        return PartOf(part=Part(p), of=whole)
    return NthOf(number=n or 1, unit=u, weekday=w, of=whole)


@rules("parts", "turn [in|of|between] a:any_month (slash|dash|and) b:any_month [y:said_year]")
def turn_of_months(a: int, b: int, y: Value | None) -> Value:
    return Turn(first=a, last=b, year=y)
