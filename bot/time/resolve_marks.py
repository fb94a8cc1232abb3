"""What words around a time add to it: doubt, clock times, brackets, repetition; and what needs a calendar or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.model import Precision, Repeats
from bot.time.breaks import ANY_BREAK, break_days, break_near, days_meant, next_break
from bot.time.frame import Frame
from bot.time.resolve_calendar import spanning
from bot.time.resolving import resolved, resolves
from bot.time.units import Unit
from bot.time.values import Bracketed, Break, Clock, Doubtful, Ongoing, Recurring, Silence, Timed
from bot.time.when import When

_REPEATS: Mapping[Unit | None, Repeats] = {
    Unit.YEAR: Repeats.YEARLY,
    Unit.SCHOOL_YEAR: Repeats.YEARLY,
    Unit.HALF_YEAR: Repeats.HALF_YEARLY,
    Unit.TERM: Repeats.HALF_YEARLY,
    Unit.QUARTER: Repeats.QUARTERLY,
    Unit.MONTH: Repeats.MONTHLY,
    Unit.WEEK: Repeats.WEEKLY,
    Unit.DAY: Repeats.DAILY,
}


@resolves(Break)
def school_break(value: Break, frame: Frame) -> When | None:
    calendar = frame.context.calendar
    if value.name == ANY_BREAK:
        days = next_break(calendar, frame.today) or break_near(frame)
    else:
        days = break_days(calendar, value.name) or days_meant(value, frame)
    return spanning(days, Precision.RANGE) if days else None


@resolves(Ongoing)
def ongoing(value: Ongoing, frame: Frame) -> When | None:
    return When(precision=Precision.ONGOING)


@resolves(Recurring)
def recurring(value: Recurring, frame: Frame) -> When | None:
    found = resolved(value.of, frame) if value.of is not None else When(precision=Precision.ONGOING)
    return replace(found, repeats=_REPEATS.get(value.every, Repeats.OTHERWISE)) if found else None


@resolves(Silence, Clock)
def silence(value: Silence, frame: Frame) -> When | None:
    return None


@resolves(Timed)
def timed(value: Timed, frame: Frame) -> When | None:
    found = resolved(value.of, frame)
    return replace(found, times=value.times) if found else None


@resolves(Doubtful)
def doubtful(value: Doubtful, frame: Frame) -> When | None:
    found = resolved(value.of, frame)
    return replace(found, uncertain=True) if found else None


@resolves(Bracketed)
def bracketed(value: Bracketed, frame: Frame) -> When | None:
    outer = resolved(value.outer, frame)
    if outer is None or outer.start is None or outer.end is None:
        inner = resolved(value.inner, frame)
        return replace(inner, uncertain=True) if inner else outer
    inner = resolved(value.inner, frame.within((outer.start, outer.end)))
    if inner is None or inner.start is None or inner.end is None or _length(inner) > _length(outer):
        return outer
    return inner


def _length(when: When) -> int:
    assert when.start is not None
    assert when.end is not None
    return (when.end - when.start).days
