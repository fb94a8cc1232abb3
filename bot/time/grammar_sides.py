"""Open sides: "innen 1. mars", "frå og med hausten", "siden jul", "etter påske og før sommeren"."""

from __future__ import annotations

from bot.time.chart import Rules
from bot.time.guards import before_no_more
from bot.time.units import Relation, Unit
from bot.time.values import Away, Both, Clock, Range, Side, Timed, Value

rules = Rules()

_OPENING = (Relation.AFTER, Relation.FROM, Relation.SINCE)

rules.either("bound", "[in|during|the|about] it:plain_time", "[the] it:spoken_year", "[the] it:school_events")


@rules("relation", "r:before", "r:after", "r:until", "r:by [colon]", "r:since", "r:from")
def relation(r: str) -> Relation:
    return Relation(r)


@rules("relation", "through")
def through() -> Relation:
    return Relation.UNTIL


@rules("one_side", "r:relation t:bound")
def one_side(r: Relation, t: Value) -> Value:
    return t if r is Relation.FROM and isinstance(t, Range) else Side(relation=r, of=t)


@rules("side", "after t:bound until u:bound")
def after_one_until_another(t: Value, u: Value) -> Value:
    return Both(first=Side(relation=Relation.AFTER, of=t), second=Side(relation=Relation.UNTIL, of=u))


rules.either("side", "it:one_side")


@rules("side", "a:one_side (and|comma|dash|[comma] but) b:one_side")
def both_sides(a: Value, b: Value) -> Value | None:
    if not (isinstance(a, Side) and isinstance(b, Side)):
        return None
    return Both(first=a, second=b) if a.relation in _OPENING and b.relation not in _OPENING else None


@rules("side", "r:relation c:clocks t:bound")
def side_by_the_clock(r: Relation, c: Clock, t: Value) -> Value:
    return Timed(of=Side(relation=r, of=t), times=(c.start, c.end))


@rules("side", "(by|before) t:bound over_with")
def before_it_is_over(t: Value) -> Value:
    return Side(relation=Relation.BY, of=t)


@rules("side", "[to] t:bound [comma] at_latest", guard=before_no_more)
def at_the_latest(t: Value) -> Value:
    return Side(relation=Relation.BY, of=t)


@rules("side", "by [the] c:count u:counted_unit")
def by_so_many(c: int, u: Unit) -> Value:
    return Side(relation=Relation.BY, of=Away(count=c, unit=u))
