"""What an empty answer tells of other plans: those that are over, and those that the channel does not follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.answers.asking import Asking
from bot.answers.facts import Ended, Facts, Press, Why
from bot.answers.registry import ANSWERS, QUESTIONS
from bot.answers.scope import is_over, names_something
from bot.answers.telling import asked_words, plans_of
from bot.errors import PlanvaktError
from bot.model import Book, Item, Kind, Language, Plan
from bot.understanding.commands import last_meeting, typed
from bot.understanding.frame import Frame, Intent
from bot.understanding.reading import question_in

_ASKED = QUESTIONS | {Intent.ITEM_HISTORY}
_EVERYWHERE = frozenset({Kind.EVENT, Kind.MEASURE})
_MOST_PLANS = 5
_LONGEST_QUESTION = 500  # letters; what is longer fits on no platform's button


def not_followed(asking: Asking, followed: Book) -> Facts | None:
    """Return what to say where plans that are not followed have what was named; None where they have not either.

    `asking` is the question as it is asked of all plans.
    """
    if asking.frame.intent not in _ASKED or not names_something(asking.frame):
        return None
    found = plans_of(asking, _items(asking))
    plans = tuple(plan for plan in found if plan.id not in followed.plan_by_id)[:_MOST_PLANS]
    if not plans:
        return None
    presses = tuple(_asks(plan, _question(asking), asking.frame.language) for plan in plans)
    return Facts(template="not_followed", values={"words": asked_words(asking), "plans": plans}, buttons=presses)


def with_ended(asking: Asking, facts: Facts) -> Facts:
    """Return the facts; where they tell of nothing, with the ends of the plans that have no more, and a way to ask."""
    if facts.items or asking.frame.intent not in QUESTIONS or asking.frame.intent is Intent.SOURCE:
        return facts
    ended = ended_plans(asking.book, asking.frame, asking.today) or _having_it(asking)
    if ended is None:
        return facts
    return replace(facts, ended=ended, buttons=(*facts.buttons, *_presses(asking, ended)))


def with_last_plans(facts: Facts, book: Book, language: Language, today: date) -> Facts:
    """Return what is said of a name that nothing has, with the ends of the plans where none is current."""
    ended = ended_plans(book, None, today)
    if ended is None:
        return facts
    presses = tuple(_last_meeting(plan, language) for plan in ended.plans)
    return replace(facts, ended=ended, buttons=(*facts.buttons, *presses))


def ended_plans(book: Book, frame: Frame | None, today: date) -> Ended | None:
    """Return the plans that were asked, if all are over before the time asked; of many those that lasted longest."""
    named = frame.plans if frame else ()
    start = frame.when.period.start if frame and frame.when else None
    day = max(start or today, today)
    plans = [plan for plan in book.plans if not named or plan.id in named]
    if not plans or not all(is_over(plan, day) for plan in plans):
        return None
    last = max(plan.period_end or date.min for plan in plans)
    is_none_current = not named and all(is_over(plan, today) for plan in plans)
    why = Why.NONE_CURRENT if is_none_current else Why.NAMED
    return Ended(plans=tuple(plan for plan in plans if plan.period_end == last)[:_MOST_PLANS], why=why)


def _having_it(asking: Asking) -> Ended | None:
    """The plans that are over and have what was named, where the current ones have not."""
    over = tuple(plan.id for plan in asking.book.plans if is_over(plan, asking.today))
    if asking.frame.plans or not over or not (names_something(asking.frame) or _asks_of_a_kind(asking.frame)):
        return None
    plans = plans_of(asking, _items(_asked_of(asking, over)))[-_MOST_PLANS:]
    return Ended(plans=plans, why=Why.HAS_IT) if plans else None


def _asks_of_a_kind(frame: Frame) -> bool:
    """Whether it asks of a kind of thing that only some plans have: modules, milestones and the like, not meetings."""
    return frame.when is None and bool(frame.kinds) and not _EVERYWHERE.intersection(frame.kinds)


def _presses(asking: Asking, ended: Ended) -> tuple[Press, ...]:
    """A way to ask each plan that is over the same, or of its last meeting where that has no answer either."""
    if asking.frame.plans:
        return ()
    question, language = _question(asking), asking.frame.language
    return tuple(
        _asks(plan, question, language) if _items(_asked_of(asking, (plan.id,))) else _last_meeting(plan, language)
        for plan in ended.plans
        if is_over(plan, asking.today)
    )


def _asks(plan: Plan, question: str, language: Language) -> Press:
    asked = f"{plan.short} {question}"
    return Press(name="ask_plan", says=typed(Intent.ASK_PLAN, language, asked), values={"plan": plan})


def _last_meeting(plan: Plan, language: Language) -> Press:
    asked = f"{plan.short} {last_meeting(language)}"
    return Press(name="last_meeting", says=typed(Intent.ASK_PLAN, language, asked), values={"plan": plan})


def _question(asking: Asking) -> str:
    return question_in(asking.message, None)[0][:_LONGEST_QUESTION]


def _asked_of(asking: Asking, plans: tuple[int, ...]) -> Asking:
    return replace(asking, frame=replace(asking.frame, plans=plans))


def _items(asking: Asking) -> tuple[Item, ...]:
    """What the question has for an answer."""
    try:
        return ANSWERS[asking.frame.intent](asking).items
    except PlanvaktError:
        return ()
