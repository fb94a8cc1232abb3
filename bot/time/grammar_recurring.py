"""What comes back or goes on: "hver mandag", "annenhver uke", "mandager i november", "løpende"."""

from __future__ import annotations

from bot.time.chart import Rules
from bot.time.units import Unit
from bot.time.values import Ongoing, Recurring, Value

rules = Rules()


@rules("recurring", "every u:one_unit")
def every_one(u: Unit) -> Value:
    return Recurring(every=u)


@rules(
    "recurring",
    "every any_weekday [(and|or|comma) any_weekday]",
    "all_of weekday_plural",
    "[the] ordinal any_weekday every week",
)
def every_weekday() -> Value:
    return Recurring(every=Unit.WEEK)


@rules("recurring", "every any_season [and any_season]", "every any_month", "every holiday")
def every_season() -> Value:
    return Recurring(every=Unit.YEAR)


# "Annankvar tysdag", "hver 14. dag": how often, its own words tell best.
@rules(
    "recurring",
    "every_other (one_unit|any_weekday)",
    "every (ordinal|count) (one_unit|many_units|any_weekday)",
)
def every_so_often() -> Value:
    return Recurring()


@rules(
    "recurring",
    "[the] ordinal (any_weekday|one_unit) [in|of] every u:one_unit",
    "[the] ordinal any_weekday (in|of) the_unit every u:one_unit",
    "every ordinal any_weekday (in|of) u:the_unit",
    "the (nth|int|nth_word) [in] every u:one_unit",
    "every u:one_unit the (nth|int)",
    "every nth (in|of) u:the_unit",
)
def nth_of_every(u: Unit) -> Value:
    return Recurring(every=u)


@rules(
    "recurring",
    "([in|during] t:plain_time|t:side) every u:one_unit",
    "every u:one_unit ([in|during] t:plain_time|t:side)",
)
def every_year(t: Value, u: Unit) -> Value:
    return Recurring(of=t, every=u)


@rules("recurring", "([in|during] t:plain_time|t:side) every ordinal one_unit")
@rules("recurring", "(every any_weekday|[all_of] weekday_plural) ([in|during] t:plain_time|t:side)")
def again_and_again(t: Value) -> Value:
    return Recurring(of=t)


@rules("ongoing_time", "[during] o:ongoing")
def ongoing(o: str) -> Value:
    return Ongoing(is_always=o == "always")
