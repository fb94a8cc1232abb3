"""Parts of a whole: "medio mai", "tredje uka i januar", "siste fredag før jul", "uka etter påske"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.model import Precision
from bot.time.calendar import DAY, Days, month_days, moved_by_months, week_of
from bot.time.edges import day_after, day_before
from bot.time.frame import Frame
from bot.time.resolve_calendar import on_day, spanning
from bot.time.resolve_relative import unit_around
from bot.time.resolving import resolved, resolves
from bot.time.units import Part, Unit
from bot.time.values import Beside, Break, Holiday, NthOf, PartOf
from bot.time.when import When

_ROUGH = (Part.START, Part.MIDDLE, Part.END)
# The last day of each third of a month, and how many months the ends of longer times have.
_FIRST_TEN, _SECOND_TEN, _HALF_MONTH = 10, 20, 15
_MONTHS_AT_AN_END = 2
_WEEK_PARTS = {
    Part.START: (0, 1),
    Part.MIDDLE: (1, 3),
    Part.END: (3, 6),
    Part.FIRST_HALF: (0, 2),
    Part.SECOND_HALF: (3, 6),
}


@resolves(PartOf)
def part_of(value: PartOf, frame: Frame) -> When | None:
    whole = resolved(value.of, frame)
    if whole is None or whole.start is None or whole.end is None:
        return whole
    days = (whole.start, whole.end)
    if value.part is Part.LAST_DAY:
        return on_day(whole.end)
    part = _part(value.part, days)
    return replace(spanning(part, Precision.RANGE), uncertain=value.part in _ROUGH)


def _part(part: Part, days: Days) -> Days:
    length = (days[1] - days[0]).days + 1
    if length == 7:
        first, last = _WEEK_PARTS[part]
        return days[0] + first * DAY, days[0] + last * DAY
    if days[0].day == 1 and length > 40:
        return _part_of_months(part, days)
    if days[0].day == 1 and length > 27:
        return _part_of_month(part, days)
    return _part_of_days(part, days, length)


def _part_of_month(part: Part, days: Days) -> Days:
    first, last = days
    return {
        Part.START: (first, first.replace(day=_FIRST_TEN)),
        Part.MIDDLE: (first.replace(day=_FIRST_TEN + 1), first.replace(day=_SECOND_TEN)),
        Part.END: (first.replace(day=_SECOND_TEN + 1), last),
        Part.FIRST_HALF: (first, first.replace(day=_HALF_MONTH)),
        Part.SECOND_HALF: (first.replace(day=_HALF_MONTH + 1), last),
    }[part]


def _part_of_months(part: Part, days: Days) -> Days:
    first, last = days
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    early, late = moved_by_months(first, _MONTHS_AT_AN_END), moved_by_months(first, months - _MONTHS_AT_AN_END)
    middle = moved_by_months(first, months // 2)
    if months % 2:
        middle += _HALF_MONTH * DAY
    return {
        Part.START: (first, early - DAY),
        Part.MIDDLE: (early, late - DAY) if early < late else (middle - _HALF_MONTH * DAY, middle + _HALF_MONTH * DAY),
        Part.END: (late, last),
        Part.FIRST_HALF: (first, middle - DAY),
        Part.SECOND_HALF: (middle, last),
    }[part]


def _part_of_days(part: Part, days: Days, length: int) -> Days:
    first, last = days
    third, half = max(length // 3, 1), max(length // 2, 1)
    return {
        Part.START: (first, first + (third - 1) * DAY),
        Part.MIDDLE: (
            first + min(third, length - 1) * DAY,
            max(last - third * DAY, first + min(third, length - 1) * DAY),
        ),
        Part.END: (last - (third - 1) * DAY, last),
        Part.FIRST_HALF: (first, first + (half - 1) * DAY),
        Part.SECOND_HALF: (min(first + half * DAY, last), last),
    }[part]


@resolves(NthOf)
def nth_of(value: NthOf, frame: Frame) -> When | None:
    whole = resolved(value.of, frame)
    if whole is None or whole.start is None or whole.end is None:
        return whole
    days = (whole.start, whole.end)
    if value.weekday is not None:
        found = _nth([d for d in _each_day(days) if d.isoweekday() == value.weekday], value.number)
        return on_day(found) if found else None
    if value.unit is Unit.WEEK:
        return _nth_weeks(value, days)
    if value.unit is Unit.MONTH:
        return _nth_months(value, days)
    return _nth_days(value, days)


def _each_day(days: Days) -> list[date]:
    return [days[0] + n * DAY for n in range((days[1] - days[0]).days + 1)]


def _nth(days: list[date], number: int) -> date | None:
    index = number - 1 if number > 0 else number
    return days[index] if -len(days) <= index < len(days) else None


def _nth_weeks(value: NthOf, days: Days) -> When | None:
    """A week belongs to the month that has its Thursday; where counting from the first day says otherwise, doubt."""
    thursdays = [d for d in _each_day(days) if d.isoweekday() == 4]
    found = _counted(thursdays, value)
    if found is None:
        return None
    first, last = week_of(found[0])[0], week_of(found[-1])[1]
    from_the_first = week_of(days[0] + 7 * (value.number - 1) * DAY)[0]
    is_disputed = value.number > 0 and from_the_first != first
    precision = Precision.WEEK
    return replace(spanning((first, last), precision), uncertain=is_disputed)


def _counted(days: list[date], value: NthOf) -> list[date] | None:
    if value.count > 1:
        chosen = days[: value.count] if value.number > 0 else days[-value.count :]
        return chosen or None
    found = _nth(days, value.number)
    return [found] if found else None


def _nth_months(value: NthOf, days: Days) -> When | None:
    found = _counted([d for d in _each_day(days) if d.day == 1], value)
    if found is None:
        return None
    return spanning((found[0], month_days(found[-1].year, found[-1].month)[1]), Precision.MONTH)


def _nth_days(value: NthOf, days: Days) -> When | None:
    if value.unit is Unit.WEEKEND:
        found = _counted([d for d in _each_day(days) if d.isoweekday() == 6], value)
        return spanning((found[0], found[-1] + DAY), Precision.RANGE) if found else None
    found = _counted(_each_day(days), value)
    if found is None:
        return None
    return on_day(found[0]) if len(found) == 1 else spanning((found[0], found[-1]), Precision.RANGE)


@resolves(Beside)
def beside(value: Beside, frame: Frame) -> When | None:
    if value.of is None:
        return unit_around(value.unit or Unit.DAY, value.steps, frame.today)
    if value.steps == 0:
        return _unit_at(value, frame)
    edge = day_after(value.of, frame) if value.steps > 0 else day_before(value.of, frame)
    if edge is None:
        return None
    if value.weekday is not None:
        return on_day(_weekday_from(edge, value.weekday, value.steps))
    if value.unit is Unit.WEEK:
        return _week_from(value, edge)
    if value.unit is Unit.WEEKEND:
        saturday = _weekday_from(edge, 6, value.steps)
        return spanning((saturday, saturday + DAY), Precision.RANGE)
    if value.unit is Unit.DAY:
        return on_day(edge + (value.steps - 1 if value.steps > 0 else value.steps + 1) * DAY)
    inside = edge - DAY if value.steps > 0 else edge + DAY
    return unit_around(value.unit or Unit.DAY, value.steps, inside)


def _unit_at(value: Beside, frame: Frame) -> When | None:
    """Return the week or the weekend that a time lies in."""
    found = resolved(value.of, frame) if value.of else None
    if found is None or found.start is None:
        return None
    return unit_around(Unit.WEEK, 0, found.start) if value.unit is Unit.WEEK else _weekend_at(found)


def _weekend_at(found: When) -> When | None:
    """Return the last weekend that begins in a time, else that of its week."""
    if found.start is None or found.end is None:
        return None
    saturday = found.end - (found.end.isoweekday() - 6) % 7 * DAY
    if saturday < found.start:
        saturday = week_of(found.start)[0] + 5 * DAY
    return spanning((saturday, saturday + DAY), Precision.RANGE)


def _weekday_from(edge: date, weekday: int, steps: int) -> date:
    """Return the so-manieth such weekday from the edge on, or back from it."""
    if steps > 0:
        return edge + timedelta(days=(weekday - edge.isoweekday()) % 7 + 7 * (steps - 1))
    return edge - timedelta(days=(edge.isoweekday() - weekday) % 7 + 7 * (-steps - 1))


def _week_from(value: Beside, edge: date) -> When:
    """The nearest week that lies outside; one that a holiday only touches by its Monday is outside all the same."""
    monday = week_of(edge)[0]
    weekday = edge.isoweekday()
    may_touch = isinstance(value.of, Holiday | Break)
    if value.steps > 0:
        is_outside = weekday <= (2 if may_touch else 1)
        first = monday if is_outside else monday + 7 * DAY
        first += 7 * (value.steps - 1) * DAY
    else:
        is_outside = weekday >= (5 if may_touch else 7)
        first = monday if is_outside else monday - 7 * DAY
        first += 7 * (value.steps + 1) * DAY
    return replace(spanning((first, first + 6 * DAY), Precision.WEEK), uncertain=may_touch)
