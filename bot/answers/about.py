"""What a plan says of one thing: whom it is for, when and where it is, what it holds, what a short name means."""

from __future__ import annotations

import re

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.scope import (
    current_plans,
    first_day,
    in_asked_time_of_any_year,
    in_plans,
    last_day,
    named_items,
    occasions,
    soonest_first,
)
from bot.answers.telling import asked_words, done_presses, once_each, plans_of
from bot.errors import NothingThere
from bot.model import Item, Kind

_MOST = 6
_MOST_SENTENCES = 3
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_TEXT_KINDS = (Kind.FOCUS_AREA, Kind.GOAL, Kind.MILESTONE, Kind.MODULE)


def audience_of(asking: Asking) -> Facts:
    """Return whom something is for; where the plan does not say, that is what is told."""
    items = _chosen(asking)
    values = {
        "words": asked_words(asking),
        "items": items,
        "groups": once_each(group for item in items for group in item.audience),
        "plans": plans_of(asking, items),
    }
    return Facts(template="audience_of", values=values, items=items)


def time_or_place_of(asking: Asking) -> Facts:
    """Return day, clock time and place; what is asked for and not in the plan is told to be missing."""
    items = _chosen(asking)
    state = asking.frame.state
    missing = {
        "place": not any(item.location for item in items),
        "clock": not any(item.time_start for item in items),
        "length": not any(item.time_end or (item.span.start != item.span.end) for item in items),
    }
    values = {
        "words": asked_words(asking),
        "items": items,
        "asked": state,
        "is_missing": missing.get(state or "", False),
        "plans": plans_of(asking, items),
    }
    return Facts(template="time_or_place_of", values=values, items=items)


def content_of(asking: Asking) -> Facts:
    """Return all that the plan says of something, quoted; for a short name also what it stands for."""
    if asking.frame.state == "meaning":
        return _meaning_of(asking)
    items = _chosen(asking)
    values = {
        "words": asked_words(asking),
        "items": items,
        "asked": asking.frame.state,
        "has_content": any(item.comment for item in items),
        "has_resources": any(item.resources for item in items),
        "plans": plans_of(asking, items),
    }
    return Facts(template="content_of", values=values, items=items, buttons=done_presses(asking, items))


def _chosen(asking: Asking) -> tuple[Item, ...]:
    """The one meant, or all of its day: the next in the time asked for, else the last that was. Raises NothingThere."""
    items = in_asked_time_of_any_year(asking, occasions(asking))
    if not items:
        raise NothingThere("nothing_like_that", words=asked_words(asking), when=asking.frame.when)
    if asking.frame.when is not None or not any(item.span.is_dated for item in items):
        return soonest_first(items)[:_MOST]
    upcoming = soonest_first(item for item in items if last_day(item, asking.book) >= asking.today)
    dated = [item for item in upcoming if item.span.is_dated]
    day = first_day(dated[0]) if dated else max(first_day(item) for item in items if item.span.is_dated)
    return tuple(item for item in items if first_day(item) == day)[:_MOST]


def _meaning_of(asking: Asking) -> Facts:
    """What a plan says of a name: sentences that have it, and the next time it is on."""
    words = asked_words(asking)
    named = in_plans(asking, named_items(asking))
    sentences = _sentences_with(asking, words, named)
    told = tuple(item for item in named if item.kind in _TEXT_KINDS)[:_MOST]
    dated = soonest_first(item for item in named if item.span.is_dated and last_day(item, asking.book) >= asking.today)
    shown = tuple(dict.fromkeys((*told, *dated[:1]))) or named[:1]
    if not shown and not sentences:
        raise NothingThere(words=words)
    values = {
        "words": words,
        "sentences": sentences,
        "items": shown,
        "groups": once_each(group for item in shown for group in item.audience),
        "plans": plans_of(asking, shown),
    }
    return Facts(template="meaning_of", values=values, items=shown)


def _sentences_with(asking: Asking, words: str, named: tuple[Item, ...]) -> tuple[str, ...]:
    """Sentences of the plans that have a short name in them and say more than it."""
    if not words or " " in words:
        return ()
    short = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
    ids = frozenset(plan.id for plan in current_plans(asking)) | {item.plan_id for item in named}
    items = (item for item in asking.book.items if item.plan_id in ids)
    texts = (text for item in items for text in (item.title, item.comment) if text)
    found = [part.strip() for text in texts for part in _SENTENCE.split(text) if short.search(part)]
    told = once_each(part for part in found if len(part.split()) > 3)
    explains = re.compile(rf"\({re.escape(words)}\)|(?<!\w){re.escape(words)} (?:består|er|står)\b", re.IGNORECASE)
    return tuple(sorted(told, key=lambda part: explains.search(part) is None))[:_MOST_SENTENCES]
