"""The days at which a time is begun, over, or not yet there: what "før", "etter" and "siden" hang on."""

from __future__ import annotations

from datetime import date

from bot.time.calendar import DAY, FEASTS, Feast, moved
from bot.time.frame import Frame
from bot.time.resolving import resolved
from bot.time.units import Part, Season
from bot.time.values import Away, Break, Holiday, PartOf, SeasonOf, Value

# Schools close for the summer around here; autumn begins with August.
_BEFORE_SUMMER = (6, 20)
_AFTER_SUMMER = (8, 1)


def day_before(value: Value, frame: Frame) -> date | None:
    """Return the last day before a time; that of "før utgangen av" is the very end."""
    if isinstance(value, PartOf) and value.part is Part.LAST_DAY:
        return last_day_by(value, frame)
    found = resolved(value, frame)
    if found is None or found.start is None:
        return None
    feast = _feast(value)
    if feast is not None:
        return feast.day_before(_feast_year(found.start, value))
    if _is_summer(value):
        return date(found.start.year, *_BEFORE_SUMMER)
    return found.start - DAY


def day_after(value: Value, frame: Frame) -> date | None:
    """Return the first day after a time."""
    found = resolved(value, frame)
    if found is None or found.end is None:
        return None
    feast = _feast(value)
    if feast is not None and found.start is not None:
        return feast.day_after(_feast_year(found.start, value))
    if _is_summer(value):
        return date(found.end.year, *_AFTER_SUMMER)
    return found.end + DAY


def day_since(value: Value, frame: Frame) -> date | None:
    """Return the day from which "siden" counts: where a time began, but where a holiday from school was over."""
    if isinstance(value, Break) or _is_summer(value):
        return day_after(value, frame)
    found = resolved(value, frame)
    if found is None or found.start is None:
        return None
    feast = _feast(value)
    return feast.day_since(_feast_year(found.start, value)) if feast else found.start


def last_day_by(value: Value, frame: Frame) -> date | None:
    """Return the deadline that "innen" names: the end of a time, the middle of a "midten", no day of a holiday."""
    if isinstance(value, Break) or _is_summer(value) or (isinstance(value, Holiday) and FEASTS[value.name].is_long):
        return day_before(value, frame)
    if isinstance(value, Away):
        return _exactly(value, frame)
    found = resolved(value, frame)
    if found is None or found.end is None or found.start is None:
        return None
    if isinstance(value, PartOf) and value.part is Part.MIDDLE:
        return found.start + (found.end - found.start) // 2
    return found.end


def _exactly(value: Away, frame: Frame) -> date | None:
    if value.weekday is not None or value.of is not None:
        found = resolved(value, frame)
        return found.end if found else None
    return moved(frame.today, value.count, value.unit)


def _feast(value: Value) -> Feast | None:
    if isinstance(value, Holiday) and not value.later:
        return FEASTS[value.name]
    return None


def _feast_year(start: date, value: Value) -> int:
    """A feast that begins in December may be fixed by New Year's Day."""
    assert isinstance(value, Holiday)
    feast = FEASTS[value.name]
    return start.year if feast.days(start.year)[0] == start else start.year + 1


def is_pause(value: Value) -> bool:
    """Whether a time is one that people rest in: what lies before and after it is when they work."""
    return isinstance(value, Holiday | Break) or _is_summer(value)


def _is_summer(value: Value) -> bool:
    return isinstance(value, SeasonOf) and value.season is Season.SUMMER
