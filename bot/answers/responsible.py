"""Who is responsible for something, by the plan's own words, and who holds the role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.answers.asking import Asking
from bot.answers.asking_back import asked_back
from bot.answers.facts import Facts
from bot.answers.scope import (
    first_day,
    in_asked_time_of_any_year,
    in_plans,
    last_day,
    named_items,
    soonest_first,
    without_parts,
)
from bot.answers.telling import asked_words, plans_of
from bot.errors import NothingThere
from bot.model import Item, Kind, Person
from bot.roles import holders_of, role_key
from bot.understanding.commands import typed
from bot.understanding.frame import Intent

_NO_WORK = (Kind.GOAL, Kind.FOCUS_AREA)
_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A role as the plan writes it, and who holds it."""

    role: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerable:
    """An item and who is responsible for it; `more` counts others of the same title with the same ones."""

    item: Item
    holders: tuple[Holder, ...]
    more: int


def responsible_for(asking: Asking) -> Facts:
    """Return the responsible roles of what is asked about; where the plan names nobody, that is what is told."""
    back = asked_back(asking)
    if back is not None:
        return back
    items = _meant(asking)
    if not items:
        raise NothingThere(words=asked_words(asking))
    rows = tuple(_answerable(asking, same) for same in _by_title(items))
    named = tuple(row for row in rows if row.holders)[:_MOST]
    unnamed = tuple(row for row in rows if not row.holders)[:_MOST]
    shown = tuple(row.item for row in (*named, *unnamed))  # as they are told, for "den andre" in the next message
    values = {
        "words": asked_words(asking),
        "named": named,
        "unnamed": unnamed,
        "vacant": _vacant(named),
        "gives": typed(Intent.GIVE_ROLE, asking.frame.language),
        "plans": plans_of(asking, shown),
    }
    return Facts(template="responsible_for", values=values, items=shown)


def _vacant(rows: Iterable[Answerable]) -> tuple[str, ...]:
    """The roles of what is still to be that nobody holds, as they are told; each once."""
    holders = (holder for row in rows if not row.item.is_off for holder in row.holders)
    return tuple(dict.fromkeys(holder.role for holder in holders if not holder.people and role_key(holder.role)))


def _meant(asking: Asking) -> tuple[Item, ...]:
    """What is named, best first; of goals and areas what is done for them."""
    items = without_parts(in_plans(asking, in_asked_time_of_any_year(asking, named_items(asking))))
    work = tuple(item for item in items if item.kind not in _NO_WORK)
    if work:
        return work
    areas = frozenset([*asking.frame.areas, *(item.title for item in items)])
    under = tuple(item for item in asking.book.items if item.area in areas and item.kind not in _NO_WORK)
    plans = frozenset(item.plan_id for item in items)
    return in_plans(asking, under) or tuple(item for item in under if item.plan_id in plans) or items


def _by_title(items: tuple[Item, ...]) -> tuple[tuple[Item, ...], ...]:
    """Items of one title and with the same ones responsible are one row: the next of them, or the last."""
    rows: dict[tuple[str, tuple[str, ...]], list[Item]] = {}
    for item in items:
        rows.setdefault((item.title, item.responsible), []).append(item)
    return tuple(tuple(row) for row in rows.values())


def _answerable(asking: Asking, same: tuple[Item, ...]) -> Answerable:
    upcoming = soonest_first(item for item in same if last_day(item, asking.book) >= asking.today)
    item = upcoming[0] if upcoming else max(same, key=first_day)
    holders = tuple(Holder(role=role, people=holders_of(role, asking.book, item.plan_id)) for role in item.responsible)
    return Answerable(item=item, holders=holders, more=len(same) - 1)
