"""Open sides: "innen 1. mars", "siden jul", "etter påske og før sommeren"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.model import Precision
from bot.time.calendar import DAY
from bot.time.edges import day_after, day_before, day_since, is_pause, last_day_by
from bot.time.frame import Frame, Tense
from bot.time.resolve_calendar import spanning
from bot.time.resolving import resolved, resolves
from bot.time.sharing import has_open_year
from bot.time.units import Relation
from bot.time.values import Both, Holiday, Side, Value
from bot.time.when import When


@resolves(Side)
def side(value: Side, frame: Frame) -> When | None:
    edge = _SIDES[value.relation](value.of, frame)
    if edge and edge < frame.today and _is_yet_to_come(value, frame):
        # Said in July, "før sommeren" is before the next one.
        later = _after_this_one(value.of, frame)
        if later is not None:
            return side(value, later)
    if edge is None:
        known = resolved(value.of, frame)
        return When(impossible=True) if known and known.impossible else None
    when = resolved(value.of, frame)
    is_year = when is not None and when.precision is Precision.YEAR
    is_start = value.relation in (Relation.AFTER, Relation.FROM, Relation.SINCE)
    return When(
        start=edge if is_start else None,
        end=None if is_start else edge,
        precision=Precision.YEAR if is_year else Precision.DAY,
        uncertain=bool(when and when.uncertain) or is_pause(value.of),
        conflict=bool(when and when.conflict),
        other=when.other if when else None,
    )


def _is_yet_to_come(value: Side, frame: Frame) -> bool:
    is_closed = value.relation in (Relation.BEFORE, Relation.BY, Relation.UNTIL)
    is_free = frame.tense is Tense.AHEAD and not frame.windows and frame.year is None
    return is_closed and is_free and has_open_year(value.of)


def _after_this_one(value: Value, frame: Frame) -> Frame | None:
    found = resolved(value, frame)
    is_on = found is not None and found.start is not None and found.start <= frame.today
    return frame.seen_from(found.end + DAY) if is_on and found and found.end else None


@resolves(Both)
def both(value: Both, frame: Frame) -> When | None:
    first, second = resolved(value.first, frame), resolved(value.second, frame)
    if first is None or second is None:
        return first or second
    start, end = first.start or second.start, first.end or second.end
    if start is None or end is None or start > end:
        return first
    return replace(spanning((start, end), Precision.RANGE), uncertain=first.uncertain or second.uncertain)


def _after_it(value: Value, frame: Frame) -> date | None:
    is_recent = frame.tense is Tense.AHEAD and is_pause(value)
    return day_after(value, frame.looking(Tense.RECENT) if is_recent else frame)


def _from(value: Value, frame: Frame) -> date | None:
    if isinstance(value, Holiday):
        return day_since(value, frame)
    found = resolved(value, frame)
    return found.start if found else None


def _since(value: Value, frame: Frame) -> date | None:
    """What has been since looks back, whatever the tense of the words around."""
    day = day_since(value, frame.looking(Tense.BACK))
    return day if day and (frame.windows or day <= frame.today) else None


_SIDES = {
    Relation.BEFORE: day_before,
    Relation.BY: last_day_by,
    Relation.UNTIL: last_day_by,
    Relation.AFTER: _after_it,
    Relation.FROM: _from,
    Relation.SINCE: _since,
}
