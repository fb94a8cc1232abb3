"""A question of its own that names nothing, or not all: what it asks of is what the thread is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.errors import NothingThere
from bot.model import Kind
from bot.understanding.frame import Frame, Intent
from bot.understanding.lexicon import FILLER
from bot.understanding.sentence import Sentence
from bot.understanding.subject import ABOUT_ONE, ONE_MEETING, WHY, is_aside, main_question
from bot.understanding.words import plain

_OF_ALL = frozenset({Intent.LAST_OCCURRENCE, Intent.LIST_OCCURRENCES})
_GOES_ON = ABOUT_ONE | ONE_MEETING | _OF_ALL | {Intent.COUNT, Intent.MILESTONES, Intent.MEASURES_BY_STATUS}
_OF_A_PLAN = frozenset(
    {
        Intent.GOALS,
        Intent.MEASURES_BY_STATUS,
        Intent.MILESTONES,
        Intent.MODULES,
        Intent.EVENTS_IN_SPAN,
        Intent.CONFLICTS,
        Intent.COUNT,
        Intent.DUTIES_OF_ROLE,
    }
)
_IN_A_TIME = frozenset({Intent.EVENTS_IN_SPAN, Intent.COUNT})
_FEW = 6
_ASKS_ANEW = ("what", "which", "when", "next", "last", "all", "past")


def inherited(frame: Frame, sentence: Sentence, before: Frame | None) -> Frame:
    """Return the question with what it leaves out taken from the thread. Raises NothingThere where it has nothing."""
    if before is None:
        return frame
    frame = _of_the_plan(frame, sentence, before)
    frame = _in_the_time(frame, sentence, before)
    question = main_question(before)
    if frame.only and sentence.says("of_them") and question is not None and question.intent is frame.intent:
        return replace(question, only=frame.only, language=frame.language, earlier=before)
    if frame.intent is Intent.CONFLICTS:
        return _of_what_is_doubtful(frame, sentence, before)
    if frame.intent in ABOUT_ONE and not sentence.rest:  # "ansvaret" is no heading that has the word in it
        frame = replace(frame, areas=())
    if frame.intent not in _GOES_ON or _names_something(frame):
        return frame
    if frame.intent in _BY_THEIR_KIND:
        return _BY_THEIR_KIND[frame.intent](frame, sentence, before)
    if frame.kinds and not _is_of_what_was_named(frame, sentence):
        return frame
    return _of_what_was_shown(frame, sentence, before)


def _of_the_milestone(frame: Frame, sentence: Sentence, before: Frame) -> Frame:
    return replace(frame, numbers=frame.numbers or _numbers(before), earlier=before)


def _of_measures(frame: Frame, sentence: Sentence, before: Frame) -> Frame:
    """ "Kva tiltak høyrer til?": of the goals that were shown; "er det ferdig?": of what was shown."""
    if frame.state == "of_area":
        return replace(frame, areas=before.areas, items=before.shown or before.items, earlier=before)
    return _of_what_was_shown(frame, sentence, before) if frame.state == "is_done" and not frame.kinds else frame


def _of_what_was_shown(frame: Frame, sentence: Sentence, before: Frame) -> Frame:
    source = _source(before)
    shown = source.shown or source.offered
    counts_one = frame.intent is Intent.COUNT and before.intent in ABOUT_ONE | ONE_MEETING
    of_all = frame.intent in _OF_ALL or sentence.says("next") or counts_one
    items = (source.items or shown) if of_all else (shown or source.items)
    named = main_question(before) or source
    found = replace(
        frame,
        items=items,
        names=named.names,
        audience=() if items else named.audience,
        region=named.region,
        plans=named.plans,
        areas=named.areas,
        terms=source.terms or named.terms,
        kinds=frame.kinds or named.kinds,
        is_picked=frame.intent in ABOUT_ONE and 0 < len(shown) <= _FEW,
        earlier=before,
    )
    if frame.intent in ABOUT_ONE and frame.when is None and not _names_something(found):
        raise NothingThere("nothing_before")
    return found


def _source(before: Frame) -> Frame:
    """The newest frame that had anything to ask of; what was asked anew and is empty hides those before it."""
    for frame in before.thread:
        if frame.shown or frame.offered or frame.items or frame.terms or not is_aside(frame):
            return frame
    return before


def _of_the_plan(frame: Frame, sentence: Sentence, before: Frame) -> Frame:
    """ "Hva er målene der?": of the plan that was spoken of."""
    is_there = sentence.says("there") or (sentence.says("it") and sentence.says("plan"))
    if not is_there or frame.plans or frame.intent not in _OF_A_PLAN or frame.items:
        return frame
    plans = next((one.plans for one in before.thread if one.plans), ())
    return replace(frame, plans=plans, earlier=before) if plans else frame


def _in_the_time(frame: Frame, sentence: Sentence, before: Frame) -> Frame:
    """ "Er det noe for styrerne?" after "hva skjer i november?": then, where it asks nothing anew."""
    question = main_question(before)
    if frame.intent is Intent.CONTENT_OF and _is_something_for(frame, sentence) and question and question.when:
        frame = replace(frame, intent=Intent.EVENTS_IN_SPAN, state=None)
    if frame.intent not in _IN_A_TIME or frame.when is not None or question is None or question.when is None:
        return frame
    if question.intent not in _IN_A_TIME | {Intent.LIST_OCCURRENCES} or not _names_something(frame):
        return frame
    if any(sentence.says(concept) for concept in _ASKS_ANEW):
        return frame
    return replace(
        frame, when=question.when, plans=frame.plans or question.plans, region=frame.region or question.region
    )


def _is_something_for(frame: Frame, sentence: Sentence) -> bool:
    """ "Noko for styrarane?": a group, and nothing else that counts."""
    is_for = any(plain(word.text) == "for" for word in sentence.words)
    return is_for and bool(frame.audience) and all(FILLER in concepts for concepts in sentence.order)


def _of_what_is_doubtful(frame: Frame, sentence: Sentence, before: Frame) -> Frame:
    """ "Hvorfor to datoer?": what is doubtful about what was shown."""
    shown = next((one.shown or one.offered for one in before.thread if one.shown or one.offered), ())
    speaks_of_it = frame.state == WHY or any(sentence.says(one) for one in ("why", "it", "of_them"))
    is_general = sentence.says("plan") or sentence.says("event") or sentence.says("there") or frame.when is not None
    is_named = bool(frame.items or frame.plans)
    if frame.state not in ("in_doubt", "dates_in_doubt", WHY) or is_general or is_named or not speaks_of_it:
        return frame
    return replace(frame, state=WHY, items=shown, earlier=before) if shown else frame


def _is_of_what_was_named(frame: Frame, sentence: Sentence) -> bool:
    """ "Hvilke møter handler om det?": those of what was spoken of."""
    return frame.intent is Intent.LIST_OCCURRENCES and frame.kinds == (Kind.EVENT,) and sentence.says("it")


def _numbers(before: Frame) -> tuple[int, ...]:
    return next((one.numbers for one in before.thread if one.intent is Intent.MILESTONES and one.numbers), ())


_BY_THEIR_KIND: Mapping[Intent, Callable[[Frame, Sentence, Frame], Frame]] = {
    Intent.MILESTONES: _of_the_milestone,
    Intent.MEASURES_BY_STATUS: _of_measures,
}


def _names_something(frame: Frame) -> bool:
    named = (frame.items, frame.audience, frame.region, frame.roles, frame.areas, frame.plans, frame.terms)
    return any(named)
