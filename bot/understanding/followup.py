"""A message that goes on from the one before: another time, another name, "det", "bare for styrerne"."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from bot.messages import Period
from bot.time.reading import Context, resolve
from bot.understanding.frame import Asked, Frame, Intent
from bot.understanding.lexicon import FILLER
from bot.understanding.pointing import Pointed
from bot.understanding.sentence import Sentence

_LINKING = frozenset({FILLER, "and_then", "only", "it", "all", "past", "what", "happen", "attend", "next", "remain"})
_UNITS = frozenset({"day", "week", "month", "semester", "year"})
_SIDES = frozenset({"after", "before"})
_ONE_MEETING = frozenset({Intent.NEXT_OCCURRENCE, Intent.LAST_OCCURRENCE})
_GOES_ON = frozenset(
    {
        Intent.RESPONSIBLE_FOR,
        Intent.AUDIENCE_OF,
        Intent.TIME_OR_PLACE_OF,
        Intent.CONTENT_OF,
        Intent.SOURCE,
        Intent.NEXT_OCCURRENCE,
        Intent.LAST_OCCURRENCE,
        Intent.LIST_OCCURRENCES,
        Intent.COUNT,
        Intent.MILESTONES,
        Intent.MEASURES_BY_STATUS,
    }
)
_OF_ONE_THING = _ONE_MEETING | {Intent.AUDIENCE_OF, Intent.TIME_OR_PLACE_OF, Intent.CONTENT_OF, Intent.RESPONSIBLE_FOR}
_TAKES_TIME = frozenset(
    {Intent.EVENTS_IN_SPAN, Intent.LIST_OCCURRENCES, Intent.MEASURES_BY_STATUS, Intent.COUNT, Intent.CONFLICTS}
)


def followed(sentence: Sentence, pointed: Pointed, before: Frame | None) -> Frame | None:
    """Return the earlier question with what is new in this message, or None where it stands by itself."""
    if before is None:
        return None
    return (
        _following(sentence, before)
        or _neighbour(sentence, before)
        or _other_time(sentence, before)
        or _other_name(sentence, pointed, before)
    )


def inherited(frame: Frame, sentence: Sentence, before: Frame | None) -> Frame:
    """Return the question with the names of the one before, where it asks of something and names nothing."""
    if before is None or frame.intent not in _GOES_ON or _names_something(frame):
        return frame
    if frame.intent is Intent.MILESTONES:
        return replace(frame, numbers=frame.numbers or before.numbers) if before.intent is frame.intent else frame
    if frame.kinds or (frame.intent is Intent.MEASURES_BY_STATUS and frame.state != "is_done"):
        return frame
    counts_one = frame.intent is Intent.COUNT and before.intent in _OF_ONE_THING
    of_all = frame.intent in (Intent.LAST_OCCURRENCE, Intent.LIST_OCCURRENCES) or sentence.says("next") or counts_one
    items = (before.items or before.shown) if of_all else (before.shown or before.items)
    return replace(
        frame,
        items=items,
        names=before.names,
        audience=() if items else before.audience,
        region=before.region,
        plans=before.plans,
        areas=before.areas,
        terms=before.terms,
        kinds=before.kinds,
    )


def _following(sentence: Sentence, before: Frame) -> Frame | None:
    """ "Og deretter?": the one after the next."""
    is_after = sentence.says("after") and not sentence.rest and sentence.asked is None
    if before.intent is not Intent.NEXT_OCCURRENCE or not is_after or not _is_linking(sentence, _SIDES):
        return None
    return replace(before, state="following")


def _neighbour(sentence: Sentence, before: Frame) -> Frame | None:
    """ "Og uka etter?": the period beside the one that was asked about."""
    if sentence.rest or before.when is None or not _is_linking(sentence, _UNITS | _SIDES):
        return None
    period = _hanging(sentence, before.when.period) or _beside(sentence, before.when.period)
    return None if period is None else replace(before, when=Asked(text=sentence.text, period=period), shown=())


def _hanging(sentence: Sentence, period: Period) -> Period | None:
    """What the time reader tells from the period's last day, or from its first where it looks back."""
    if sentence.hanging is None or period.start is None or period.end is None:
        return None
    later = resolve(sentence.hanging.value, Context(reference=period.end))
    earlier = resolve(sentence.hanging.value, Context(reference=period.start))
    if later is None or earlier is None or later.start is None:
        return None
    when = later if later.start > period.end else earlier
    return Period(start=when.start, end=when.end)


def _other_time(sentence: Sentence, before: Frame) -> Frame | None:
    """ "Og i oktober?": the same question of another time."""
    is_linked = sentence.says("and_then") or sentence.says("only")
    if sentence.asked and sentence.says("it") and before.intent in _OF_ONE_THING and _is_linking(sentence):
        return replace(before, when=sentence.asked, shown=()) if not sentence.rest else None
    if sentence.asked is None or sentence.rest or not is_linked or not _is_linking(sentence):
        return None
    if before.intent in _ONE_MEETING:
        return replace(before, intent=Intent.LIST_OCCURRENCES, when=sentence.asked, shown=())
    if before.intent in _TAKES_TIME | _OF_ONE_THING:
        return replace(before, when=sentence.asked, shown=())
    return None


def _other_name(sentence: Sentence, pointed: Pointed, before: Frame) -> Frame | None:
    """ "Bare for styrerne", "og BUG?": the same question of another name, or of a part of what was shown."""
    named = pointed.slots & {"NAME", "GROUP", "REGION", "ROLE", "PLAN", "AREA"}
    if before.terms and pointed.terms:
        named |= {"TERM"}
    if not named or (pointed.unknown and "TERM" not in named) or not _is_linking(sentence):
        return None
    is_narrower = sentence.says("only")
    if not is_narrower and not sentence.says("and_then"):
        return None
    kept = (
        before
        if is_narrower
        else replace(before, items=(), audience=(), region=None, roles=(), areas=(), names=(), terms=())
    )
    return replace(
        kept,
        when=sentence.asked or before.when,
        names=pointed.words,
        items=tuple(item.id for item in pointed.items),
        audience=pointed.groups,
        region=pointed.region or kept.region,
        roles=pointed.roles,
        plans=pointed.plans or before.plans,
        areas=pointed.areas,
        terms=pointed.terms,
        numbers=pointed.numbers,
        shown=(),
    )


def _is_linking(sentence: Sentence, more: frozenset[str] = frozenset()) -> bool:
    """Whether every word that means something only ties the message to the one before."""
    return all(concepts & (_LINKING | more) for concepts in sentence.order)


def _names_something(frame: Frame) -> bool:
    return bool(
        frame.items or frame.audience or frame.region or frame.roles or frame.areas or frame.plans or frame.terms
    )


def _beside(sentence: Sentence, period: Period) -> Period | None:
    """ "Og deretter?": as long again, or the month beside a whole month."""
    sides = sentence.concepts & _SIDES
    if len(sides) != 1 or period.start is None or period.end is None:
        return None
    is_after = "after" in sides
    if _month(period.start) == period:
        return _month(period.end + timedelta(days=1) if is_after else period.start - timedelta(days=1))
    length = period.end - period.start + timedelta(days=1)
    step = length if is_after else -length
    return Period(start=period.start + step, end=period.end + step)


def _month(day: date) -> Period:
    return Period(start=day.replace(day=1), end=day.replace(day=monthrange(day.year, day.month)[1]))
