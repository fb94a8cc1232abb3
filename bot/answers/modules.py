"""Modules and the packages they belong to: which there are, and which are on now."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.scope import current_plans, in_asked_time, in_plans
from bot.answers.telling import asked_words, done_presses, plans_of
from bot.model import Item, Kind
from bot.understanding.words import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Modules under one name."""

    name: str | None
    modules: tuple[Item, ...]


def modules(asking: Asking) -> Facts:
    """Return the modules asked for, package by package; of "now" those whose time has come and is not over."""
    chosen = _chosen(asking)
    is_now = asking.frame.state == "now"
    if is_now:
        chosen = tuple(item for item in chosen if item.span.overlaps(asking.today, asking.today))
    packages = _by_package(in_asked_time(asking, chosen))
    shown = tuple(item for package in packages for item in package.modules)
    values = {
        "words": asked_words(asking),
        "packages": packages,
        "is_now": is_now,
        "plans": plans_of(asking, shown),
    }
    return Facts(template="modules", values=values, items=shown, buttons=done_presses(asking, shown))


def _chosen(asking: Asking) -> tuple[Item, ...]:
    """By package, by name, or all of the plans that hold."""
    frame, there = asking.frame, [item for item in asking.book.items if item.kind is Kind.MODULE]
    if frame.plans:
        there = [item for item in there if item.plan_id in frame.plans]
    named = set(frame.items)
    titles = {item.title for item in asking.book.items if item.id in named}
    under = tuple(item for item in there if item.area in frame.areas or item.area in titles)
    themselves = tuple(item for item in there if item.id in named)
    if frame.numbers:
        numbered = tuple(item for item in under or there if _has_number(item, frame.numbers))
        return in_plans(asking, numbered or under or themselves)
    if frame.names and (under or themselves):
        return in_plans(asking, under or themselves)
    plans = frozenset(plan.id for plan in current_plans(asking))
    return tuple(item for item in there if item.plan_id in plans)


def _has_number(item: Item, numbers: tuple[int, ...]) -> bool:
    """Whether the first figure of the title is one of the numbers ("Modul 4: …")."""
    figures = (int(word.text) for word in words_of(item.title) if word.is_number)
    return next(figures, None) in numbers


def _by_package(items: tuple[Item, ...]) -> tuple[Package, ...]:
    under: dict[str | None, list[Item]] = {}
    for item in items:
        under.setdefault(item.area, []).append(item)
    return tuple(Package(name=name, modules=tuple(some)) for name, some in under.items())
