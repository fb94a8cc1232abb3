"""Goals and focus areas: of an area, of a measure, or all of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.answers.about import content_of
from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.scope import current_plans, in_plans
from bot.answers.telling import asked_words, plans_of
from bot.model import Doubt, Item, Kind
from bot.understanding.names import names_of
from bot.understanding.words import words_of

_KINDS = (Kind.GOAL, Kind.FOCUS_AREA)
_MOST_OF_PLAN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Goals that stand under one heading; `about` is the focus area itself where the plan has it."""

    name: str | None
    about: Item | None
    goals: tuple[Item, ...]


def goals(asking: Asking) -> Facts:
    """Return the goals asked for, area by area; for a measure or meeting the goal it serves, or else what it holds."""
    plans = frozenset(plan.id for plan in current_plans(asking))
    there = [item for item in asking.book.items if item.kind in _KINDS]
    is_named = _names_something(asking)
    chosen = list(in_plans(asking, _of_names(asking, there))) if is_named else [i for i in there if i.plan_id in plans]
    if Kind.FOCUS_AREA in asking.frame.kinds and Kind.GOAL not in asking.frame.kinds and not is_named:
        chosen = [item for item in chosen if item.kind is Kind.FOCUS_AREA] or chosen
    is_of_plan = not chosen and not _stated(asking) and bool(asking.frame.names)
    if is_of_plan and not asking.frame.audience and _calls(asking):
        return content_of(asking)
    if is_of_plan:
        chosen = [item for item in there if item.plan_id in plans][:_MOST_OF_PLAN]
    are_slots = Kind.GOAL in asking.frame.kinds and all(map(_is_empty, _goals_among(chosen)))
    areas = _by_area(chosen, empty_too=are_slots or bool(_groups(asking)))
    if Kind.FOCUS_AREA not in asking.frame.kinds and any(area.goals for area in areas):
        areas = tuple(area for area in areas if area.goals)
    shown = tuple(item for area in areas for item in ((area.about,) if area.about else ()) + area.goals)
    stated = () if areas else _stated(asking)
    shown = (*shown, *stated)
    values = {
        "words": asked_words(asking),
        "areas": areas,
        "stated": stated,
        "is_of_plan": is_of_plan and bool(areas),
        "only_areas": bool(areas) and not any(area.goals for area in areas),
        "plans": plans_of(asking, shown),
    }
    return Facts(template="goals", values=values, items=shown)


def _calls(asking: Asking) -> bool:
    """Whether something is called what the question names, and does not just have the word behind "for" or "av"."""
    named = [asking.book.by_id[number] for number in asking.frame.items if number in asking.book.by_id]
    return bool(names_of(asking.book).called(named, words_of(" ".join(asking.frame.names))))


def _goals_among(items: Iterable[Item]) -> list[Item]:
    return [item for item in items if item.kind is Kind.GOAL]


def _is_empty(item: Item) -> bool:
    """Whether it is a slot that waits for its text."""
    return Doubt.EMPTY_SLOT in item.doubts


def _stated(asking: Asking) -> tuple[Item, ...]:
    """What is named and has its goal only in its own row."""
    named = (asking.book.by_id[number] for number in asking.frame.items if number in asking.book.by_id)
    return in_plans(asking, (item for item in named if item.goal))


def _names_something(asking: Asking) -> bool:
    return bool(asking.frame.areas or asking.frame.items or asking.frame.audience)


def _of_names(asking: Asking, there: Iterable[Item]) -> list[Item]:
    """What stands under the areas that are named, else what is named itself, else the goals of what is named."""
    frame, named = asking.frame, [asking.book.by_id[n] for n in asking.frame.items if n in asking.book.by_id]
    areas = frozenset(frame.areas) | {item.title for item in named if item.kind is Kind.FOCUS_AREA}
    there = [item for item in there if not frame.plans or item.plan_id in frame.plans]
    under = [item for item in there if item.area in areas or (item.kind is Kind.FOCUS_AREA and item.title in areas)]
    of_group = [item for item in there if not _groups(asking).isdisjoint(item.audience)]
    aims = [item for item in there if item in named]
    served = {item.title for item in aims if item.kind is Kind.GOAL}
    if of_group:
        wider = [item for item in of_group if item.area in areas or item.goal in served]
        return of_group if _names_only_groups(asking) else wider or of_group
    if under:
        return under
    if aims:
        return aims + [item for item in there if item.goal in served and item not in aims]
    stated = " / ".join(item.goal for item in named if item.goal)
    return [item for item in there if item.title in stated]


def _groups(asking: Asking) -> frozenset[str]:
    """The groups that are named, be it beside a goal or an area ("målene for PPT under styrket kompetanse")."""
    index = names_of(asking.book).groups
    hits = (hit for name in asking.frame.names for hit in index.find(words_of(name)) if min(hit.score, hit.cover) >= 1)
    return frozenset(asking.frame.audience) or frozenset(hit.thing for hit in hits)


def _names_only_groups(asking: Asking) -> bool:
    index = names_of(asking.book).groups
    return all(any(min(hit.score, hit.cover) >= 1 for hit in index.find(words_of(name))) for name in asking.frame.names)


def _by_area(items: Iterable[Item], *, empty_too: bool) -> tuple[Area, ...]:
    """Goals under their areas; slots without text only where it was asked whose they are."""
    focus = {item.title: item for item in items if item.kind is Kind.FOCUS_AREA}
    under: dict[str | None, list[Item]] = {name: [] for name in focus}
    for item in items:
        if item.kind is Kind.GOAL and (empty_too or not _is_empty(item)):
            under.setdefault(item.area, []).append(item)
    return tuple(
        Area(name=name, about=focus.get(name or ""), goals=tuple(some))
        for name, some in under.items()
        if some or name in focus
    )
