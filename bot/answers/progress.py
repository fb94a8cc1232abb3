"""Whether something is done or has been: yes or no first, then what tells it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.scope import (
    first_day,
    in_asked_time_of_any_year,
    last_day,
    most_fitting,
    named_items,
    soonest_first,
    without_parts,
)
from bot.answers.telling import asked_words, done_presses, plans_of
from bot.errors import NothingThere
from bot.model import Item, Kind, Precision, Status


def progress_of(asking: Asking) -> Facts:
    """Return how far the named things have come: a meeting has been once its day is over, work is done once it is
    marked. Raises NothingThere where nothing is named in the time that is asked for.
    """
    items = _meant(asking)
    if not items:
        raise NothingThere("nothing_like_that", words=asked_words(asking), when=asking.frame.when)
    done = tuple(item for item in items if item.status is Status.DONE)
    aside = tuple(item for item in items if item.status.is_set_aside)
    rest = tuple(item for item in items if item not in done and item not in aside)
    past = tuple(item for item in rest if _is_over(item, asking))
    ahead = tuple(item for item in rest if item.span.start is not None and item.span.start > asking.today)
    coming = tuple(item for item in ahead if first_day(item) == first_day(ahead[0]))
    now = tuple(item for item in rest if item not in past and item not in ahead)
    complete = sum(item.kind is Kind.EVENT for item in past) + len(done)
    shown = (*done, *aside, *past, *now, *coming)
    values = {
        "answer": _answer(complete, len(items)) if asking.frame.state == "is_done" else None,
        "complete": complete,
        "total": len(items),
        "is_of_events": all(item.kind is Kind.EVENT for item in items),
        "done": done,
        "aside": aside,
        "past": past,
        "now": now,
        "coming": coming,
        "plans": plans_of(asking, shown),
    }
    return Facts(template="progress", values=values, items=shown, buttons=done_presses(asking, (*past, *now)))


def _meant(asking: Asking) -> tuple[Item, ...]:
    """What is named, in its order of days; what belongs to plans that are over only where nothing else does."""
    there = in_asked_time_of_any_year(asking, (item for item in named_items(asking) if item.kind.is_markable))
    items = soonest_first(without_parts(most_fitting(tuple(item for item in there if not item.cancelled))))
    if asking.frame.when is not None:
        return items
    return tuple(item for item in items if _is_of_a_plan_that_holds(item, asking)) or items


def _is_of_a_plan_that_holds(item: Item, asking: Asking) -> bool:
    end = asking.book.plan_of(item).period_end
    return end is None or end >= asking.today


def _is_over(item: Item, asking: Asking) -> bool:
    has_days = item.span.is_dated and item.span.precision is not Precision.ONGOING
    return has_days and last_day(item, asking.book) < asking.today


def _answer(complete: int, total: int) -> str:
    return "yes" if complete == total else "partly" if complete else "no"


def late_meetings(items: Iterable[Item], asking: Asking) -> tuple[Item, ...]:
    """Return the meetings that are over and that nobody has marked as done."""
    open_ = (item for item in items if item.kind is Kind.EVENT and item.status in (Status.OPEN, Status.STARTED))
    return tuple(item for item in open_ if _is_over(item, asking) and not item.cancelled)
