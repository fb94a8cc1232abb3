"""A message that goes on from those before it: another time, another name, "det", "bare for styrerne", "vis flere".

An elliptic message changes one thing of the question that it goes on from, and keeps the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.errors import EndOfList, NothingThere
from bot.messages import Period
from bot.model import Book, Item
from bot.school_calendar import seen_from
from bot.understanding.frame import Asked, Frame, Intent
from bot.understanding.lexicon import FILLER
from bot.understanding.names import names_of
from bot.understanding.pointing import Pointed, point
from bot.understanding.renaming import renamed
from bot.understanding.sentence import Sentence, take_apart
from bot.understanding.spans import beside, hanging, part_of, week_numbered
from bot.understanding.subject import (
    ABOUT_ONE,
    BESIDE,
    FOLLOWING,
    LISTS,
    ONE_MEETING,
    is_aside,
    main_question,
    shown_before,
    without_place,
)

_LINKING = frozenset(
    {
        FILLER,
        "and_then",
        "only",
        "it",
        "all",
        "past",
        "what",
        "which",
        "happen",
        "attend",
        "next",
        "remain",
        "correct",
        "of_them",
        "other",
        "there",
        "same_day",
    }
)
_TIES = ("and_then", "only", "correct", "of_them")
_UNITS = frozenset({"day", "week", "month", "semester", "year"})
_SIDES = frozenset({"after", "before"})
_FEW_DAYS = 3
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A message that has been taken apart, and what it may go on from."""

    sentence: Sentence
    pointed: Pointed
    before: Frame
    book: Book
    today: date

    def says(self, *concepts: str) -> bool:
        return any(self.sentence.says(concept) for concept in concepts)

    def is_linking(self, more: frozenset[str] = frozenset()) -> bool:
        """Whether every word that means something only ties the message to the one before."""
        return all(concepts & (_LINKING | more) and "who" not in concepts for concepts in self.sentence.order)


def followed(turn: Turn) -> Frame | None:
    """Return the earlier question with what is new in this message, or None where it stands by itself."""
    for change in _CHANGES:
        frame = change(turn)
        if frame is not None:
            shown = frame.shown if frame.state == FOLLOWING else ()
            return replace(frame, shown=shown, offered=(), choices=(), asks=(), shown_plans=(), is_picked=False)
    return None


def _more(turn: Turn) -> Frame | None:
    """ "Vis flere", "alle sammen": the rest of what was told in part. Raises EndOfList where that was all."""
    question = main_question(turn.before)
    if turn.sentence.rest or turn.sentence.asked or not turn.says("more") or not turn.is_linking(frozenset({"more"})):
        return None
    if turn.says("of_them") or question is None or (turn.says("other", "same_day") and turn.says("it")):
        return None
    if question.intent in ONE_MEETING | ABOUT_ONE and (question.items or question.audience or question.region):
        is_all = turn.says("all") or question.intent not in ONE_MEETING
        return replace(
            question,
            intent=Intent.LIST_OCCURRENCES,
            state=None if is_all else FOLLOWING,
            shown=question.shown,
            earlier=None if is_all else question,
        )
    period = question.when.period if question.when else None
    is_part = question.intent is Intent.LIST_OCCURRENCES and (period or question.state)
    if turn.says("all") and (is_part or (question.intent is Intent.EVENTS_IN_SPAN and question.items)):
        return replace(question, intent=Intent.LIST_OCCURRENCES, when=None, state=None)
    goes_on = period and question.intent is Intent.EVENTS_IN_SPAN and not turn.says("all")
    after = beside(period, is_after=True) if period and goes_on else None
    if after is None:
        raise EndOfList()
    return replace(question, when=Asked(text=turn.sentence.text, period=after))


def _same_day(turn: Turn) -> Frame | None:
    """ "Er det noe annet den dagen?": what else there is on the days of what was shown."""
    if turn.sentence.rest or turn.sentence.asked or not turn.says("same_day"):
        return None
    if not turn.is_linking(frozenset({"collide", "event", "more", "doubt", "under_way", "ongoing"})) or turn.says(
        "which"
    ):
        return None
    items = shown_before(turn.before, turn.book)
    days = {item.span.start for item in items if item.span.is_dated}
    if not 0 < len(days) <= _FEW_DAYS:
        return None
    first = min(item.span.other or item.span.start or date.max for item in items)
    last = max(item.span.end or item.span.other or date.min for item in items)
    return Frame(
        intent=Intent.EVENTS_IN_SPAN,
        language=turn.before.language,
        state=BESIDE,
        items=tuple(item.id for item in items),
        when=Asked(text=turn.sentence.text, period=Period(start=min(first, *_starts(items)), end=max(first, last))),
        earlier=turn.before,
    )


def _starts(items: tuple[Item, ...]) -> list[date]:
    return [item.span.start for item in items if item.span.start]


def _following(turn: Turn) -> Frame | None:
    """ "Og deretter?": the one after the next."""
    question = main_question(turn.before)
    is_after = turn.says("after") and not turn.sentence.rest and turn.sentence.asked is None
    if question is None or question.intent is not Intent.NEXT_OCCURRENCE:
        return None
    if not is_after or turn.says("correct") or not turn.is_linking(_SIDES | {"when"}):
        return None
    return replace(question, state=FOLLOWING)


def _neighbour(turn: Turn) -> Frame | None:
    """ "Og uka etter?": the period beside the one that was asked about."""
    if turn.sentence.rest or turn.sentence.asked or not turn.is_linking(_UNITS | _SIDES):
        return None
    question = main_question(turn.before)
    if question is None or not (turn.sentence.hanging or turn.says(*_SIDES)):
        return None
    period = question.when.period if question.when else None
    if period is None:
        return _around(turn, question)
    other = hanging(turn.sentence.hanging, period) if turn.sentence.hanging else None
    if other is None and turn.says("after") != turn.says("before"):
        other = beside(period, is_after=turn.says("after"))
    return None if other is None else _at(question, Asked(text=turn.sentence.text, period=other))


def _around(turn: Turn, question: Frame) -> Frame | None:
    """ "Er det noe før det?": what is in the way to what was shown; "uka etter": in the week behind it."""
    items = [item for item in shown_before(turn.before, turn.book) if item.span.start]
    if not items:
        return None
    first, last = min(_starts(tuple(items))), max(item.span.end or item.span.start or date.min for item in items)
    if turn.sentence.hanging is not None:
        other = hanging(turn.sentence.hanging, Period(start=first, end=last))
        return _at(question, Asked(text=turn.sentence.text, period=other)) if other else None
    if turn.says("before") == turn.says("after"):
        return None
    if turn.says("before"):
        period = Period(start=turn.today if turn.today < first else None, end=first - _DAY)
    else:
        period = Period(start=last + _DAY, end=None)
    return Frame(
        intent=Intent.EVENTS_IN_SPAN,
        language=question.language,
        when=Asked(text=turn.sentence.text, period=period),
        plans=tuple(dict.fromkeys(item.plan_id for item in items)),
        region=question.region,
        earlier=turn.before,
    )


def is_part(text: str, before: Frame) -> bool:
    """Whether the message is a part of the span that was asked about, and no place in a list."""
    question = main_question(before)
    return bool(question and question.when and part_of(text, question.when.period))


def _part(turn: Turn) -> Frame | None:
    """ "De to første ukene": a part of the span that was asked about."""
    question = main_question(turn.before)
    if question is None or question.when is None:
        return None
    period = part_of(turn.sentence.text, question.when.period)
    return None if period is None else _at(question, Asked(text=turn.sentence.text, period=period))


def _other_number(turn: Turn) -> Frame | None:
    """ "Og 47?", "og 4?": another week, another milestone, another one of what is numbered."""
    words = turn.sentence.rest
    if len(words) != 1 or not words[0].is_number or len(words[0].text) > 2 or not turn.is_linking():
        return None
    question, number = main_question(turn.before), int(words[0].text)
    if question is None or turn.sentence.asked or not turn.says(*_TIES):
        return None
    if question.intent is Intent.MILESTONES and question.numbers:
        return replace(question, numbers=(number,))
    week = week_numbered(number, question.when.period) if question.when else None
    if week is not None:
        return _at(question, Asked(text=turn.sentence.text, period=week))
    numbered = [word for word in question.names if word.isdigit()]
    if len(numbered) != 1:
        return None
    said = " ".join(words[0].text if word == numbered[0] else word for word in question.names)
    names = names_of(turn.book)
    pointed = point(take_apart(said, names, question.language, seen_from(turn.today, turn.book, said)), names)
    if pointed.unknown or not pointed.items:
        raise NothingThere(words=said)
    items = tuple(item.id for item in pointed.items)
    return replace(turn.before, items=items, names=pointed.words, numbers=pointed.numbers)


def _other_time(turn: Turn) -> Frame | None:
    """ "Og i oktober?", "uke 46" after what was narrowed: the same question of another time."""
    asked, question = turn.sentence.asked, main_question(turn.before)
    if asked is None or turn.sentence.rest or question is None or not turn.is_linking():
        return None
    if question.intent not in LISTS | ABOUT_ONE | ONE_MEETING:
        return None
    is_narrow = bool(question.items or question.audience or question.region or question.plans or question.roles)
    is_tied = turn.says(*_TIES) or (is_narrow and _is_bare(turn.sentence))
    if turn.says("it") and not is_tied:
        is_tied = question.intent in ABOUT_ONE | ONE_MEETING or (is_narrow and not turn.says("what", "happen"))
    return _at(question, asked) if is_tied else None


def _is_bare(sentence: Sentence) -> bool:
    """Whether the message is a time and nothing else that counts."""
    return all(concepts <= {FILLER, "correct"} for concepts in sentence.order)


def _at(question: Frame, asked: Asked) -> Frame:
    """The question of that time; what asked for the next one alone asks for all of them then."""
    if question.intent in ONE_MEETING:
        return replace(question, intent=Intent.LIST_OCCURRENCES, when=asked, state=None)
    plainly = without_place(question)
    return replace(plainly, when=asked, state=None if plainly.state == "remaining" else plainly.state)


def _other_name(turn: Turn) -> Frame | None:
    """ "Bare for styrerne", "og BUG?": the same question of another name, or of a part of what was shown."""
    named = turn.pointed.slots & {"NAME", "GROUP", "REGION", "ROLE", "PLAN", "AREA"}
    if turn.before.terms and turn.pointed.terms:
        named |= {"TERM"}
    is_unknown = bool(turn.pointed.unknown) and "TERM" not in named
    if not named or is_unknown or not turn.is_linking() or not turn.says(*_TIES):
        return None
    is_narrower = turn.says("only", "of_them")
    is_thing = bool(turn.pointed.items or "TERM" in named) and not turn.pointed.groups and not turn.pointed.region
    question = main_question(turn.before)
    if turn.says("correct") and not is_narrower:
        question = _that_named(turn.before) or question
    elif is_thing and not is_narrower and is_aside(turn.before) and turn.before.intent in ABOUT_ONE:
        question = turn.before
    if question is None:
        return None
    return renamed(question, turn.pointed, turn.sentence.asked, turn.book, is_narrower=is_narrower)


def _that_named(before: Frame) -> Frame | None:
    """The newest question that named something, which is what a correction puts right."""
    questions = (frame for frame in before.thread if not is_aside(frame) and frame.state != BESIDE)
    return next((frame for frame in questions if frame.names), None)


_CHANGES: tuple[Callable[[Turn], Frame | None], ...] = (
    _more,
    _same_day,
    _part,
    _following,
    _neighbour,
    _other_number,
    _other_time,
    _other_name,
)
