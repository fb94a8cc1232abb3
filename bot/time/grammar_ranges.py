"""What times make together: ranges and lists of days, months, seasons and years."""

from __future__ import annotations

from bot.time.chart import Rules
from bot.time.guards import is_no_list_of_names, is_no_number_of_something
from bot.time.units import Season, Unit
from bot.time.values import Between, Month, Range, Relative, SeasonOf, Value

rules = Rules()

_LONGEST_LIST = 8
_TO = "(dash|to|through|until)"
_TODAY = Relative(unit=Unit.DAY, steps=0)


def _list_of(item: str, longest: int) -> tuple[str, ...]:
    """Return the patterns of two, three and more items, with whatever joins them."""
    return tuple(f"{f'each:{item} joints:joint ' * n}[in] each:{item}" for n in range(1, longest))


@rules("joint", "comma [and]", "and", "slash", "dash")
def joint() -> bool:
    return False


@rules("joint", "or", "comma or", "and about", "or about")
def choice() -> bool:
    return True


rules.either("day", "it:date", "it:loose_day")
rules.either("listed_day", "[in|to] (it:day|it:bare_day|it:weekdays)")
rules.either("range", "it:range_of_days")


@rules("range_of_days", f"[from] each:listed_day {_TO} each:day", guard=is_no_number_of_something)
@rules("range_of_days", f"[from] each:listed_day {_TO} each:weekdays", guard=is_no_number_of_something)
@rules("range_of_days", "each:bare_day dash each:led_figures", guard=is_no_number_of_something)
def from_one_day_to_another(each: tuple[Value, ...]) -> Value:
    return Range(items=each)


@rules(
    "range_of_days",
    *(f"{'each:listed_day joints:joint ' * n} each:day" for n in range(1, _LONGEST_LIST)),
    *_list_of("weekdays", 5),
    guard=is_no_number_of_something,
)
@rules("range", *_list_of("named_month", _LONGEST_LIST), guard=is_no_list_of_names)
@rules("range", *_list_of("named_season", 5), *_list_of("years", 6), *_list_of("relative", 3))
@rules("range", *_list_of("in_week", 4), *_list_of("parts", 3))
def list_of_times(each: tuple[Value, ...], joints: tuple[bool, ...]) -> Value:
    return Range(items=each, is_choice=any(joints))


rules.either("named_month", "it:months")
rules.either("named_season", "it:seasons")


@rules("named_month", "m:any_month")
def month_in_a_list(m: int) -> Value:
    return Month(month=m)


@rules("named_season", "s:season_weak")
def season_in_a_list(s: str) -> Value:
    return SeasonOf(season=Season(s))


@rules("range", "a:month_short (dash|slash) b:month_or_christmas [y:said_year]")
@rules("range", "a:month_or_christmas (dash|slash) b:month_short [y:said_year]")
def short_months(a: int, b: int, y: Value | None) -> Value:
    return Range(items=(Month(month=a), Month(month=b, year=y)))


@rules("range", "[the] u:the_unit [comma] [from] (t:range_of_days|t:date)")
def week_of_days(u: Unit, t: Value) -> Value | None:
    """In "helga 16.–17. mars" the days decide."""
    return t if u in (Unit.WEEK, Unit.WEEKEND) else None


rules.either("pause", "it:holidays", "it:breaks", "it:school_events")
rules.either(
    "range_end",
    "[in] (it:day|it:named_month|it:seasons|it:years|it:numbered|it:one_week|it:holidays|it:relative)",
    "[in] (it:weekdays|it:parts|it:in_week)",
)


@rules("range", "[from|between] now (to|until|dash|and) b:pause")
def from_now_to_a_holiday(b: Value) -> Value:
    return Between(first=_TODAY, last=b)


@rules("range", "[from|between] now (to|until|dash|and) b:range_end")
def from_now(b: Value) -> Value:
    return Range(items=(_TODAY, b))


@rules(
    "range",
    "[from] (a:range_end|a:breaks) (to|until) [in] b:pause",
    "[from] a:range_end dash b:holidays",
    "[from] a:school_events (to|until) [in] (b:pause|b:range_end)",
)
def range_up_to_a_holiday(a: Value, b: Value) -> Value:
    return Between(first=a, last=b, is_first_included=True)


@rules("range", "a:range_end dash out [the] (b:range_end|b:spoken_year)")
@rules("range", "from a:range_end [and] (out|rest) [the] (b:range_end|b:spoken_year)")
def from_one_time_through_another(a: Value, b: Value) -> Value:
    return Range(items=(a, b))


@rules("range", "between (a:range_end|a:bare_day|a:breaks|a:school_events) and (b:range_end|b:breaks|b:school_events)")
def between(a: Value, b: Value) -> Value:
    return Between(first=a, last=b)


@rules("range", f"[from] each:range_end {_TO} each:range_end")
def from_one_time_to_another(each: tuple[Value, ...]) -> Value:
    return Range(items=each)


rules.either(
    "plain_time",
    "it:one_week", "it:week_list", "it:date", "it:loose_day", "it:months", "it:seasons", "it:years", "it:numbered",
    "it:relative", "it:weekdays", "it:in_week", "it:holidays", "it:breaks", "it:parts", "it:beside", "it:range",
)  # fmt: skip
