"""Times told from today: "neste uke", "i overmorgen", "om to måneder", "sist fredag", "uka etter neste"."""

from __future__ import annotations

from dataclasses import replace

from bot.time.chart import Rules
from bot.time.guards import before_no_noun, before_no_word, is_led_or_listed, is_no_particle, stands_last
from bot.time.units import Relation, Unit, Which
from bot.time.values import (
    Away,
    Beside,
    InWeek,
    Present,
    Range,
    Relative,
    Rest,
    Side,
    Stretch,
    Value,
    Week,
    Weekday,
)

rules = Rules()

# How many "de neste ukene" are, where no number is given.
_A_FEW = {Unit.DAY: 7, Unit.WEEK: 3, Unit.MONTH: 3, Unit.YEAR: 3}
# Halves in the unit that they are counted in.
_HALVES = {
    Unit.WEEK: Away(count=4, unit=Unit.DAY),
    Unit.MONTH: Away(count=2, unit=Unit.WEEK),
    Unit.YEAR: Away(count=6, unit=Unit.MONTH),
}
_ONE_AND_A_HALF = {
    Unit.WEEK: Away(count=10, unit=Unit.DAY),
    Unit.MONTH: Away(count=6, unit=Unit.WEEK),
    Unit.YEAR: Away(count=18, unit=Unit.MONTH),
}


@rules("one_unit", "u:unit_one", "u:unit_the")
@rules("the_unit", "u:unit_the")
@rules("many_units", "u:unit_many")
@rules("counted_unit", "u:unit_one", "u:unit_many")
def unit(u: str) -> Unit:
    return Unit(u)


@rules("relative", "d:relative_day [daypart]")
def relative_day(d: int) -> Value:
    return Relative(unit=Unit.DAY, steps=d)


@rules("relative", "y:year_shift")
def relative_year(y: int) -> Value:
    return Relative(unit=Unit.YEAR, steps=y)


@rules("relative", "[the] nearest u:one_unit", "u:the_unit coming_up", "[now] to u:the_unit")
def coming_weekend(u: Unit) -> Value | None:
    return Relative(unit=u, steps=0, is_coming=True) if u is Unit.WEEKEND else None


@rules("relative", "[the] next u:one_unit", "u:the_unit coming_up", "[now] to u:the_unit")
def next_unit(u: Unit) -> Value:
    return Relative(unit=u, steps=1)


@rules("relative", "[the] last u:one_unit", "u:the_unit gone_by")
def last_unit(u: Unit) -> Value:
    return Relative(unit=u, steps=-1)


@rules("relative", "this u:one_unit", "u:the_unit going_on")
def this_unit(u: Unit) -> Value:
    return Relative(unit=u, steps=0)


@rules("relative", "(during|in whole|during whole|whole) u:one_unit")
def unit_spoken_of(u: Unit) -> Value:
    return Present(unit=u)


# Of all units, only the weekend is this one with nothing but "i": "i uka" is every week.
@rules("relative", "[in] u:the_unit", "in the u:one_unit", "in u:one_unit")
def this_weekend(u: Unit) -> Value | None:
    return Relative(unit=u, steps=0) if u is Unit.WEEKEND else None


@rules("relative", "u:the_unit (after|beside_after) next", "the u:one_unit after next")
def after_next(u: Unit) -> Value:
    return Relative(unit=u, steps=2)


@rules("relative", "u:the_unit (before|beside_before) last")
def before_last(u: Unit) -> Value:
    return Relative(unit=u, steps=-2)


@rules("relative", "this (and|or) [the] next u:one_unit", "this u:one_unit and [the] next")
def this_and_next(u: Unit) -> Value:
    return Range(items=(Relative(unit=u, steps=0), Relative(unit=u, steps=1)))


@rules("relative", "hence c:count u:counted_unit", "c:count u:counted_unit from_now")
def in_so_many(c: int, u: Unit) -> Value:
    return Away(count=c, unit=u)


@rules("relative", "[for] c:count u:counted_unit ago")
def so_many_ago(c: int, u: Unit) -> Value:
    return Away(count=-c, unit=u)


@rules("relative", "hence h:half_units", "h:half_units from_now")
def in_a_half(h: Away) -> Value:
    return h


@rules("relative", "[for] h:half_units ago")
def a_half_ago(h: Away) -> Value:
    return replace(h, count=-h.count)


@rules("half_units", "half u:counted_unit")
def half_unit(u: Unit) -> Value | None:
    return _HALVES.get(u)


@rules("half_units", "one_and_a_half u:counted_unit")
def unit_and_a_half(u: Unit) -> Value | None:
    return _ONE_AND_A_HALF.get(u)


@rules("relative", "during c:count u:counted_unit")
def within_so_many(c: int, u: Unit) -> Value | None:
    """ "i løpet av ei uke" is any week."""
    return Stretch(count=c, unit=u) if c > 1 else None


@rules("relative", "[in|to] w:any_weekday hence c:count u:counted_unit")
def weekday_in_so_many(w: int, c: int, u: Unit) -> Value | None:
    return Away(count=c, unit=u, weekday=w) if u in (Unit.WEEK, Unit.DAY) else None


@rules("relative", "d:relative_day hence c:count u:counted_unit")
def day_in_so_many(d: int, c: int, u: Unit) -> Value:
    return Away(count=c, unit=u, of=Relative(unit=Unit.DAY, steps=d))


@rules("relative", "[the] (next|nearest) [c:count] u:many_units", "[the] c:count next u:many_units")
def next_so_many(u: Unit, c: int | None) -> Value | None:
    return _stretch(u, c, 1)


@rules("relative", "[the] last [c:count] u:many_units", "[the] c:count last u:many_units")
def last_so_many(u: Unit, c: int | None) -> Value | None:
    return _stretch(u, c, -1)


def _stretch(unit: Unit, counted: int | None, sign: int) -> Value | None:
    count = counted or _A_FEW.get(unit)
    return Stretch(count=sign * count, unit=unit) if count else None


@rules("relative", "onwards")
def from_today_on() -> Value:
    return Side(relation=Relation.FROM, of=Relative(unit=Unit.DAY, steps=0))


@rules("weekdays", "[in|to|now in|now to] w:weekday [daypart]", "nearest w:weekday [daypart]", "w:weekday coming_up")
def coming_weekday(w: int) -> Value:
    return Weekday(weekday=w)


@rules("weekdays", "w:weekday_short", guard=is_led_or_listed)
def short_weekday(w: int) -> Value:
    return Weekday(weekday=w)


@rules("weekdays", "[the] next w:weekday [daypart]")
def next_weekday(w: int) -> Value:
    return Weekday(weekday=w, which=Which.NEXT)


@rules("weekdays", "this w:weekday [daypart]", "[in] w:weekday this u:one_unit")
def this_weekday(w: int, u: Unit | None) -> Value | None:
    return Weekday(weekday=w, which=Which.THIS) if u in (None, Unit.WEEK) else None


@rules("weekdays", "[the] last w:weekday [daypart]", "w:weekday gone_by", "w:weekday_past")
def last_weekday(w: int) -> Value:
    return Weekday(weekday=w, which=Which.LAST)


@rules("weekday_span", "each:any_weekday", "each:any_weekday (to|through) each:any_weekday")
@rules("weekday_span", *(f"{'each:any_weekday joint ' * n} each:any_weekday" for n in range(1, 5)))
def weekday_span(each: tuple[int, ...]) -> tuple[int, int]:
    return each[0], each[-1]


@rules("weekday_span", "each:weekday_letters (dash|slash|and) each:weekday_letters")
def weekdays_in_letters(each: tuple[int, ...]) -> tuple[int, int]:
    return each[0], each[-1]


@rules("weekday_span", "u:one_unit")
def weekend_as_days(u: Unit) -> tuple[int, int] | None:
    return (6, 7) if u is Unit.WEEKEND else None


@rules(
    "in_week",
    "[in|to] d:weekday_span [comma] [in|of|to] [the] k:some_week",
    "[in|to] d:weekday_span open k:some_week close",
)
@rules("in_week", "k:some_week [comma|colon|dash] [in] d:weekday_span", "k:some_week open d:weekday_span close")
def in_week(d: tuple[int, int], k: Value) -> Value:
    return InWeek(first=d[0], last=d[1], week=k)


@rules("some_week", "k:one_week", "k:relative", "k:beside")
def some_week(k: Value) -> Value | None:
    if isinstance(k, Week):
        return k
    is_week = isinstance(k, (Relative, Beside, Away, Present)) and k.unit is Unit.WEEK
    return k if is_week else None


@rules("remainder", "rest [the] t:whole_time", "rest [the] u:one_unit")
def rest(t: Value | None, u: Unit | None) -> Value:
    return Rest(of=t or Present(unit=u or Unit.DAY))


@rules("remainder", "later (u:the_unit|t:relative|t:seasons)")
def later_in(t: Value | None, u: Unit | None) -> Value:
    return Rest(of=t or Present(unit=u or Unit.DAY))


@rules("remainder", "earlier (u:the_unit|t:relative|t:seasons)")
def earlier_in(t: Value | None, u: Unit | None) -> Value:
    return Rest(of=t or Present(unit=u or Unit.DAY), is_so_far=True)


@rules("remainder", "out (u:the_unit|t:whole_time)")
@rules("remainder", "(u:the_unit|t:whole_time) out", guard=is_no_particle)
def through(t: Value | None, u: Unit | None) -> Value:
    return Rest(of=t or Present(unit=u or Unit.DAY), is_through=True)


@rules("remainder", "so_far", guard=before_no_word)
def until_today() -> Value:
    return Rest(of=None, is_so_far=True)


@rules("remainder", "so_far [in] t:whole_time", "so_far [in] u:one_unit")
def so_far(t: Value | None, u: Unit | None) -> Value:
    return Rest(of=t or (Present(unit=u) if u else None), is_so_far=True)


@rules("beside", "u:the_unit (beside_after|after)", "the u:unit_one (beside_after|after)", guard=stands_last)
def the_one_after(u: Unit) -> Value:
    return Beside(steps=1, unit=u)


@rules("beside", "u:the_unit (beside_before|before)", "the u:unit_one (beside_before|before)", guard=stands_last)
def the_one_before(u: Unit) -> Value:
    return Beside(steps=-1, unit=u)


@rules("beside", "[in] same u:one_unit", guard=before_no_noun)
def the_same_one(u: Unit) -> Value:
    return Beside(steps=0, unit=u)
