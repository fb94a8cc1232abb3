"""The same question of another name: what the new words name is changed, and all else is kept."""

from __future__ import annotations

from dataclasses import replace

from bot.model import Book
from bot.understanding.frame import Asked, Frame
from bot.understanding.pointing import Pointed
from bot.understanding.subject import without_place
from bot.understanding.words import plain


def renamed(question: Frame, pointed: Pointed, asked: Asked | None, book: Book, *, is_narrower: bool) -> Frame:
    """Return the question of what is pointed to; a narrower one keeps what it named before besides."""
    question = without_place(question)
    when = asked or question.when
    if is_narrower:
        return replace(_narrowed(question, pointed, book), when=when)
    only_region = bool(pointed.region) and not pointed.items and not pointed.groups
    only_plan = bool(pointed.plans) and not (pointed.items or pointed.groups or pointed.region or pointed.roles)
    if only_region:
        names = tuple(word for word in question.names if plain(word) != plain(question.region or ""))
        return replace(question, when=when, region=pointed.region, names=(*names, *pointed.words))
    if only_plan:
        items = tuple(number for number in question.items if _is_of(number, pointed.plans, book))
        names = question.names if items or question.audience else ()
        return replace(question, when=when, plans=pointed.plans, items=items, names=names)
    return replace(
        question,
        when=when,
        names=pointed.words,
        items=tuple(item.id for item in pointed.items),
        audience=pointed.groups,
        region=pointed.region or (question.region if pointed.groups and not question.items else None),
        roles=pointed.roles,
        plans=pointed.plans or question.plans,
        areas=pointed.areas,
        terms=pointed.terms,
        numbers=pointed.numbers,
    )


def _narrowed(question: Frame, pointed: Pointed, book: Book) -> Frame:
    """The question of a part of what it was about: of named items those that are named so too, or are for the group."""
    items, audience = tuple(item.id for item in pointed.items), pointed.groups
    if question.items:
        groups = frozenset(pointed.groups)
        both = tuple(
            number
            for number in question.items
            if number in items or (number in book.by_id and groups.intersection(book.by_id[number].audience))
        )
        items, audience = (both, ()) if both else (items, audience)
    words = tuple(word for word in pointed.words if word not in question.names)
    is_other = bool(pointed.items or pointed.groups) and bool(question.items) and not set(items) <= set(question.items)
    return replace(
        question,
        names=words if is_other else (*question.names, *words),
        items=items or (() if audience else question.items),
        audience=audience or (() if items else question.audience),
        region=pointed.region or question.region,
        roles=pointed.roles or question.roles,
        plans=pointed.plans or question.plans,
        areas=pointed.areas or question.areas,
        numbers=pointed.numbers or question.numbers,
    )


def _is_of(number: int, plans: tuple[int, ...], book: Book) -> bool:
    return number in book.by_id and book.by_id[number].plan_id in plans
