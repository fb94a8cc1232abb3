"""What a plan's evaluation meeting needs: what became of the work, by goal or area, and what people wrote of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.scope import current_plans
from bot.errors import NotFound
from bot.model import Book, Item, Kind, Person, Plan, Status
from bot.remarks import Remark, standing
from bot.roles import role_key, roles_held_by
from bot.understanding.command_words import command_words
from bot.understanding.plan_words import plan_and_question

_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A remark, and who wrote it: the role that answers for the item, else any they hold, else their name."""

    item: Item
    remark: Remark
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What became of the work under one goal or area; `name` is empty for what is under none."""

    name: str
    done: tuple[Item, ...]
    dropped: tuple[Item, ...]
    next_year: tuple[Item, ...]
    left: tuple[Item, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """One plan's work, in groups as the plan has them."""

    plan: Plan
    groups: tuple[Group, ...]


def plan_evaluation(asking: Asking) -> Facts:
    """Gather what became of a plan's work and what was written of it; without a name, of the plans that hold.

    Raises NotFound.
    """
    written: dict[int | None, list[Remark]] = {}
    for remark in standing(asking.store.history.written()):
        written.setdefault(remark.entry.item_id, []).append(remark)
    briefs = tuple(_brief(plan, asking.book, written) for plan in _plans(asking))
    items = tuple(
        item
        for brief in briefs
        for group in brief.groups
        for item in (*group.done, *group.dropped, *group.next_year, *group.left)
    )
    return Facts(template="plan_evaluation", values={"briefs": briefs}, items=items)


def evaluation_soon(book: Book, plans: Iterable[Plan], day: date) -> tuple[tuple[Item, Plan], ...]:
    """Return the plans' evaluation meetings of the next 14 days, soonest first, one of each plan."""
    ids = {plan.id for plan in plans}
    meetings = [
        item
        for item in book.items
        if item.plan_id in ids
        and item.kind is Kind.EVENT
        and not item.is_off
        and item.span.start is not None
        and day <= item.span.start <= day + _WITHIN
        and _evaluates().search(item.title)
    ]
    soonest = {item.plan_id: item for item in sorted(meetings, key=lambda one: one.span.start or day, reverse=True)}
    return tuple((item, book.plan_by_id[number]) for number, item in soonest.items())


@cache
def _evaluates() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, command_words().evaluates)), re.IGNORECASE)


def _plans(asking: Asking) -> tuple[Plan, ...]:
    words = asking.frame.argument
    if not words:
        return current_plans(asking) or asking.near.plans
    found = plan_and_question(words, asking.book)
    if found is None:
        raise NotFound("plan_not_found", name=words, plans=asking.book.plans)
    return (found[0],)


def _brief(plan: Plan, book: Book, written: Mapping[int | None, list[Remark]]) -> Brief:
    groups: dict[str, list[Item]] = {}
    for item in book.items:
        if item.plan_id == plan.id and _belongs(item, item.id in written):
            groups.setdefault(item.area or item.goal or "", []).append(item)
    return Brief(plan=plan, groups=tuple(_group(name, items, book, written) for name, items in groups.items()))


def _belongs(item: Item, is_written_on: bool) -> bool:
    """Whether it is work; a meeting only where people have done something with it."""
    if not item.kind.is_markable or item.cancelled:
        return False
    return item.kind is not Kind.EVENT or item.status is not Status.OPEN or is_written_on


def _group(name: str, items: Iterable[Item], book: Book, written: Mapping[int | None, list[Remark]]) -> Group:
    there = tuple(items)
    told = [
        Told(item=item, remark=remark, who=_who(remark.entry.by, item, book))
        for item in there
        for remark in reversed(written.get(item.id, ()))
    ]
    return Group(
        name=name,
        done=tuple(item for item in there if item.status is Status.DONE),
        dropped=tuple(item for item in there if item.status is Status.DROPPED),
        next_year=tuple(item for item in there if item.status is Status.NEXT_YEAR),
        left=tuple(item for item in there if item.status.is_open),
        told=tuple(told),
    )


def _who(person: Person, item: Item, book: Book) -> str:
    answering = {role_key(name) for name in item.responsible}
    names = tuple(role.name for role in roles_held_by(person, book))
    return next((name for name in names if role_key(name) in answering), names[0] if names else person.name)
