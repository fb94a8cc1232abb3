"""What a short name or a group is, who sits in it, who leads it and what it does, in the plans' own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.answers.asking import Asking
from bot.answers.facts import Facts, Press
from bot.answers.help import in_a_sentence, sentence
from bot.answers.responsible import responsible_for
from bot.answers.scope import is_over, last_day, named_items, soonest_first
from bot.answers.telling import asked_words, once_each, plans_of
from bot.errors import NothingThere
from bot.model import Item, Kind, Plan
from bot.terms import Saying, Tells, Term
from bot.understanding.frame import Intent
from bot.understanding.names import names_of
from bot.understanding.words import plain

ABOUT_TERMS: Mapping[str | None, tuple[Tells, ...]] = {
    "meaning": (Tells.MEANING, Tells.MEMBERS, Tells.LEADER, Tells.TASK),
    "members": (Tells.MEMBERS, Tells.LEADER),
    "leader": (Tells.LEADER,),
    "task": (Tells.TASK,),
}
"""What each question about a term asks for; what is asked first is told first."""

_MOST = 4
_MOST_BESIDE = 2
_MOST_ITEMS = 6
_MOST_SENTENCES = 3
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_TEXT_KINDS = (Kind.FOCUS_AREA, Kind.GOAL, Kind.MILESTONE, Kind.MODULE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one plan says of a term; `is_missing` where it says nothing of what was asked, `is_used` nothing at all."""

    plan: Plan
    term: Term
    sayings: tuple[Saying, ...]
    is_missing: bool = False

    @property
    def is_used(self) -> bool:
        return not self.term.is_explained


def meaning_of(asking: Asking) -> Facts:
    """Return what the plans say of a short name or a group, by plan, and the next time that it meets.

    What no plan speaks of outside its items is looked for in their titles and comments. Raises NothingThere.
    """
    told = _told(asking)
    if not told:
        return _from_items(asking)
    if asking.frame.state == "leader" and all(one.is_missing for one in told) and _has_responsible(asking):
        return responsible_for(asking)
    meeting = _next_meeting(asking, told)
    plans = tuple(plan for plan in asking.book.plans if plan.id in {one.plan.id for one in told})
    values = {"told": told, "asked": asking.frame.state, "items": meeting, "plans": plans}
    return Facts(template="meaning_of", values=values, items=meeting, buttons=_presses(asking, meeting))


def _told(asking: Asking) -> tuple[Told, ...]:
    """What the asked plans say of the terms; those that only use the word count where none explains it."""
    terms = names_of(asking.book).terms
    pairs = [pair for key in asking.frame.terms for pair in terms.of(key)]
    named = [(plan, term) for plan, term in pairs if plan.id in asking.frame.plans]
    current = [(plan, term) for plan, term in pairs if not is_over(plan, asking.today)]
    chosen = named or current or pairs
    explained = [(plan, term) for plan, term in chosen if term.is_explained]
    return tuple(_of_plan(plan, term, asking.frame.state) for plan, term in explained or chosen)


def _of_plan(plan: Plan, term: Term, state: str | None) -> Told:
    wanted = ABOUT_TERMS[state]
    if not term.is_explained:
        return Told(plan=plan, term=term, sayings=term.telling(Tells.USE), is_missing=state != "meaning")
    asked = _in_order(term, wanted)
    is_answered = any(wanted[0] in saying.tells for saying in asked) or state == "meaning"
    beside = () if is_answered else _in_order(term, ABOUT_TERMS["meaning"])[:_MOST_BESIDE]
    return Told(plan=plan, term=term, sayings=asked if is_answered else beside, is_missing=not is_answered)


def _in_order(term: Term, wanted: Iterable[Tells]) -> tuple[Saying, ...]:
    """The sayings by what they tell, each once: of everything something, before more of the same."""
    by_kind = [term.telling(what) for what in wanted]
    rounds = (some[at] for at in range(_MOST) for some in by_kind if at < len(some))
    chosen = tuple(dict.fromkeys(rounds))[:_MOST]
    return tuple(sorted(chosen, key=lambda saying: min(at for at, some in enumerate(by_kind) if saying in some)))


def _has_responsible(asking: Asking) -> bool:
    return any(item.responsible for item in named_items(asking))


def _next_meeting(asking: Asking, told: Iterable[Told]) -> tuple[Item, ...]:
    """The next time of the meeting that is called as the term is; nothing where none is to come."""
    names = {(one.plan.id, plain(name)) for one in told for name in (one.term.name, one.term.stands_for) if name}
    called = (
        item
        for item in asking.book.items
        if item.kind is Kind.EVENT and item.span.is_dated and not item.cancelled and _is_called(item, names)
    )
    return soonest_first(item for item in called if last_day(item, asking.book) >= asking.today)[:1]


def _is_called(item: Item, names: Iterable[tuple[int, str]]) -> bool:
    """Whether a meeting has the name, or begins with it: "SUT", "SUT-samling"."""
    title = plain(item.title)
    return any(
        item.plan_id == plan_id and title.startswith(name) and not title[len(name) : len(name) + 1].isalnum()
        for plan_id, name in names
    )


def _presses(asking: Asking, meeting: Iterable[Item]) -> tuple[Press, ...]:
    """A button that asks for all the days of the meeting."""
    language = asking.frame.language
    asked = (
        sentence(Intent.LIST_OCCURRENCES, language, meeting=in_a_sentence(item.title, language)) for item in meeting
    )
    return tuple(Press(name="all_dates", says=says) for says in asked)


def _from_items(asking: Asking) -> Facts:
    """What a plan's items say of a name: sentences that have it, and the next time it is on."""
    words = asked_words(asking)
    sentences = _sentences_with(asking, words)
    named = named_items(asking)
    told = tuple(item for item in named if item.kind in _TEXT_KINDS)[:_MOST_ITEMS]
    dated = soonest_first(item for item in named if item.span.is_dated and last_day(item, asking.book) >= asking.today)
    shown = tuple(dict.fromkeys((*told, *dated[:1]))) or named[:1]
    if not shown and not sentences:
        raise NothingThere(words=words)
    values = {
        "words": words,
        "asked": asking.frame.state,
        "sentences": sentences,
        "items": shown,
        "groups": once_each(group for item in shown for group in item.audience),
        "plans": plans_of(asking, shown),
    }
    return Facts(template="meaning_in_items", values=values, items=shown)


def _sentences_with(asking: Asking, words: str) -> tuple[str, ...]:
    """Sentences of the plans that have a short name in them and say more than it."""
    if not words or " " in words:
        return ()
    short = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
    texts = (text for item in asking.book.items for text in (item.title, item.comment) if text)
    found = [part.strip() for text in texts for part in _SENTENCE.split(text) if short.search(part)]
    told = once_each(part for part in found if len(part.split()) > 3)
    explains = re.compile(rf"\({re.escape(words)}\)|(?<!\w){re.escape(words)} (?:består|er|står)\b", re.IGNORECASE)
    return tuple(sorted(told, key=lambda part: explains.search(part) is None))[:_MOST_SENTENCES]
