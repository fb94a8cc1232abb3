"""What a plan says of one thing: whom it is for, when and where it is, what it holds."""

from __future__ import annotations

from bot.answers.asking import Asking
from bot.answers.asking_back import asked_back
from bot.answers.facts import Facts
from bot.answers.scope import (
    first_day,
    in_asked_time_of_any_year,
    last_day,
    occasions,
    soonest_first,
    with_alternatives,
)
from bot.answers.telling import asked_words, done_presses, once_each, plans_of
from bot.answers.terms import ABOUT_TERMS, meaning_of
from bot.errors import NothingThere
from bot.model import Item

_MOST = 6


def audience_of(asking: Asking) -> Facts:
    """Return whom something is for; where the plan does not say, that is what is told."""
    back = asked_back(asking)
    if back is not None:
        return back
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
    back = asked_back(asking)
    if back is not None:
        return back
    items = _chosen(asking)
    state = asking.frame.state
    missing = {
        "place": not any(item.location for item in items),
        "clock": not any(item.time_start for item in items),
        "start": not any(item.time_start or not _is_on_one_day(item) for item in items),
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


def _is_on_one_day(item: Item) -> bool:
    """Whether only the clock is left to ask for; what goes on for weeks begins on a day."""
    return item.span.is_dated and not item.span.precision.is_vague and item.span.start == item.span.end


def content_of(asking: Asking) -> Facts:
    """Return all that the plan says of something, quoted; of a short name or a group what it is and who sits in it."""
    if asking.frame.state in ABOUT_TERMS:
        return meaning_of(asking)
    back = asked_back(asking)
    if back is not None:
        return back
    items = _chosen(asking)
    values = {
        "words": asked_words(asking),
        "items": items,
        "asked": None if asking.frame.state == "agenda" else asking.frame.state,
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
    if asking.frame.is_picked or asking.frame.when is not None or not any(item.span.is_dated for item in items):
        return soonest_first(items)[:_MOST]
    upcoming = soonest_first(item for item in items if last_day(item, asking.book) >= asking.today)
    dated = [item for item in upcoming if item.span.is_dated]
    day = first_day(dated[0]) if dated else max(first_day(item) for item in items if item.span.is_dated)
    there = tuple(item for item in items if first_day(item) == day)
    return soonest_first(with_alternatives(there, asking.book))[:_MOST]
