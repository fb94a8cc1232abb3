"""What happens in a span of time, for a group or region or of one name where the question says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from bot.answers.asking import Asking
from bot.answers.beside import beside
from bot.answers.emptiness import Emptiness, why_empty
from bot.answers.facts import Facts, Press
from bot.answers.possible import possible_in
from bot.answers.scope import (
    PLANNED,
    first_day,
    in_plans,
    is_deadline,
    is_over,
    is_within,
    named,
    soonest_first,
    without_parts,
)
from bot.answers.telling import asked_words, done_presses, plans_of, role_to_give
from bot.messages import Period
from bot.model import Item, Kind, Precision
from bot.recurrence import as_of
from bot.roles import roles_held_by
from bot.understanding.commands import typed
from bot.understanding.frame import WHETHER, Intent
from bot.understanding.subject import BESIDE
from bot.wording import day_to_type, month_in_words, period_in_words

_A_WEEK, _WEEKS_APART = timedelta(days=6), timedelta(days=41)
_LOOKS_FOR_NEXT = timedelta(days=366)
_LOOKS_AHEAD = timedelta(days=27)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A week or month of a long answer."""

    period: Period
    items: tuple[Item, ...]


def events_in_span(asking: Asking) -> Facts:
    """Return what has days in the span, and apart from it what is only roughly then; empty: the next there is."""
    if asking.frame.state == BESIDE:
        return beside(asking)
    period = asked_period(asking)
    first = period.start or asking.today
    about = tuple(as_of(item, first, asking.book) for item in _candidates(asking) if not item.cancelled)
    within = tuple(item for item in about if _is_exact(item) and is_within(item, period, asking.book))
    exact = soonest_first(item for item in within if not _has_begun(item, period))
    rough = tuple(item for item in about if not _is_exact(item) and _is_roughly_in(item, period, asking))
    vague = soonest_first((*(item for item in within if _has_begun(item, period)), *rough))
    possible = possible_in(about, period, asking.book)
    is_something = exact or possible or any(_lies_in(item, period) for item in vague)
    following = () if is_something else _next_after(period, about)
    shown = (*exact, *vague, *possible, *following)
    why = None if shown else why_empty(asking, period, about)
    values = {
        "period": period,
        "is_on": _is_on(asking, exact, vague),
        "words": asked_words(asking),
        "is_without": asking.frame.state == "except",
        "groups": groups_of(exact, period, asking.today),
        "vague": vague,
        "possible": possible,
        "next": following,
        "plans": plans_of(asking, shown),
        "why": why,
        "only": asking.frame.only,
        "gives_role": _gives_role(asking),
        "conflicting": period.start if asking.frame.when and asking.frame.when.is_conflicting else None,
    }
    presses = (
        *_other_reading(asking),
        *done_presses(asking, exact),
        *_neighbours(period, asking),
        *_last_month(why, asking),
    )
    return Facts(
        template="events_in_span", values=values, period=period, items=shown, offered=following, buttons=presses
    )


def _is_on(asking: Asking, exact: Sequence[Item], vague: Sequence[Item]) -> bool | None:
    """Whether there is what a question of yes or no asks for; None where none was asked, or the day is in doubt."""
    if asking.frame.state != WHETHER or asking.frame.when is None:
        return None
    if any(item.span.other is None and not item.span.uncertain for item in exact):
        return True
    return None if exact or vague else False


def asked_period(asking: Asking) -> Period:
    """Return the days that are asked for: what is open to the past begins today where the question looks ahead."""
    today = asking.today
    if asking.frame.when is None and asking.frame.names and (whole := _time_of_ended(asking)):
        return whole
    if asking.frame.when is None:
        names_something = asking.frame.names or set(asking.frame.only) - {"for_me"}
        return Period(start=today, end=None if names_something else today + _LOOKS_AHEAD)
    period = asking.frame.when.period
    ahead = period.end is None or period.end >= today
    if ahead and (period.start is None or (asking.frame.state == "remaining" and period.start < today)):
        return replace(period, start=today)
    return period


def _time_of_ended(asking: Asking) -> Period | None:
    """All the time of the plans that are named, where they are over: what is asked for can only lie behind."""
    plans = [plan for plan in asking.book.plans if plan.id in asking.frame.plans]
    days = [day for plan in plans for day in (plan.period_start, plan.period_end) if day is not None]
    return (
        Period(start=min(days), end=max(days)) if days and all(is_over(plan, asking.today) for plan in plans) else None
    )


def groups_of(items: Sequence[Item], period: Period, today: date) -> tuple[Group, ...]:
    """Return the items week by week, month by month where the span is longer than six weeks, one group if short."""
    if period.start and period.end and period.end - period.start <= _A_WEEK:
        return (Group(period=period, items=tuple(items)),) if items else ()
    is_long = not (period.start and period.end and period.end - period.start <= _WEEKS_APART)
    around = _month if is_long else _week
    first = period.start or date.min
    return tuple(
        Group(period=part, items=tuple(grouped))
        for part, grouped in groupby(items, lambda item: around(max(first_day(item), first)))
    )


def _candidates(asking: Asking) -> tuple[Item, ...]:
    frame, book = asking.frame, asking.book
    items = in_plans(asking, named(asking, book.items))
    kinds = (Kind.EVENT,) if frame.kinds == (Kind.EVENT,) else PLANNED
    planned = tuple(item for item in items if item.kind in kinds or (kinds is PLANNED and is_deadline(item)))
    if not planned and frame.items:
        planned = tuple(item for item in items if item.kind.is_markable)
    return without_parts(planned)


def _is_exact(item: Item) -> bool:
    return not item.span.precision.is_vague


def _has_begun(item: Item, period: Period) -> bool:
    """Whether it goes on from a day before the span, with no end: then it has no day of its own in it."""
    first, begin = item.span.start, period.start
    return item.span.end is None and first is not None and begin is not None and first < begin


def _is_roughly_in(item: Item, period: Period, asking: Asking) -> bool:
    """Months and seasons that overlap; whole years and what goes on for good only where they begin in the span."""
    if item.span.precision in (Precision.MONTH, Precision.SEASON):
        return is_within(item, period, asking.book)
    first = item.span.start
    return first is not None and (period.start or date.min) <= first <= (period.end or date.max)


def _lies_in(item: Item, period: Period) -> bool:
    return item.span.lies_in(period.start or date.min, period.end or date.max)


def _next_after(period: Period, items: Sequence[Item]) -> tuple[Item, ...]:
    """What comes first after the span and within a year, all of that day."""
    if period.end is None or period.end > date.max - _LOOKS_FOR_NEXT:
        return ()
    latest = period.end + _LOOKS_FOR_NEXT
    later = soonest_first(item for item in items if _is_exact(item) and period.end < first_day(item) <= latest)
    return tuple(item for item in later if first_day(item) == first_day(later[0]))


def _other_reading(asking: Asking) -> tuple[Press, ...]:
    """A button for the other days that the words may mean ("neste onsdag")."""
    other = asking.frame.when.other if asking.frame.when else None
    if other is None or other.start is None or other.end is None:
        return ()
    first, last = (day_to_type(day, asking.frame.language) for day in (other.start, other.end))
    values = {"days": period_in_words(other, asking.frame.language, asking.today)}
    return (Press(name="other_reading", says=first if first == last else f"{first} – {last}", values=values),)


def _last_month(why: Emptiness | None, asking: Asking) -> tuple[Press, ...]:
    """A button for the last month that has something, where all that is asked about was earlier."""
    if why is None or why.last is None:
        return ()
    says = _typed_month(why.last, asking)
    return (Press(name="month", says=says, values={"month": says[:1].upper() + says[1:]}),)


def _typed_month(day: date, asking: Asking) -> str:
    """The month with its year, which tells it from the next one of that name."""
    return month_in_words(day, asking.frame.language, date.min)


def _gives_role(asking: Asking) -> str | None:
    """How a role is given, for who asks of their own meetings and has none; None for anybody else."""
    if "for_me" not in asking.frame.only or roles_held_by(asking.asker, asking.book):
        return None
    return typed(Intent.GIVE_ROLE, asking.frame.language, f"{role_to_give(asking)} {asking.asker.name}")


def _neighbours(period: Period, asking: Asking) -> tuple[Press, ...]:
    """A button for the week after, where a week was asked for."""
    if period.start is None or period.end is None or _week(period.start) != period or asking.frame.names:
        return ()
    after = _week(period.end + timedelta(days=1))
    year, number, _ = (after.start or date.min).isocalendar()
    says = period_in_words(after, asking.frame.language, asking.today).partition(":")[0]
    return (Press(name="next_week", says=says, values={"number": number, "year": year}),)


def _week(day: date) -> Period:
    monday = day - timedelta(days=day.weekday())
    return Period(start=monday, end=monday + _A_WEEK)


def _month(day: date) -> Period:
    first = day.replace(day=1)
    return Period(start=first, end=(first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
