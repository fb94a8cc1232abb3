"""A part of a book: some of its plans alone, as a channel follows them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.kept import Kept
from bot.model import Book, Role
from bot.places import is_leading
from bot.roles import plans_naming

_parts: Kept[Book] = Kept(most=32)
_named: Kept[frozenset[str]] = Kept(most=32)


def only(book: Book, plan_ids: Collection[int]) -> Book:
    """Return the book with just these plans, their items and the roles that count in them.

    The same object for the same book and plans, as long as it is among the last ones used, so that what is worked
    out from it can be kept; the book itself where it has no other plans, or none of them.
    """
    wanted = frozenset(number for number in plan_ids if number in book.plan_by_id)
    if not wanted or len(wanted) == len(book.plans):
        return book
    return _parts.of(book, wanted, lambda: _part(book, wanted))


def _part(book: Book, wanted: frozenset[int]) -> Book:
    part = replace(
        book,
        plans=tuple(plan for plan in book.plans if plan.id in wanted),
        items=tuple(item for plan in book.plans if plan.id in wanted for item in book.items_by_plan[plan.id]),
        whole=book.whole or book,
    )
    named = _named.of(book, "roles", lambda: _named_in(book))
    return replace(part, roles=tuple(role for role in book.roles if _counts(role, part, named)))


def _named_in(book: Book) -> frozenset[str]:
    return frozenset(role.name for role in book.roles if plans_naming((role.name,), book))


def _counts(role: Role, part: Book, named: Collection[str]) -> bool:
    """Whether a role is one of the part's; one that no plan names yet, or that leads a unit, counts everywhere."""
    if role.plan_id is not None:
        return role.plan_id in part.plan_by_id
    return role.name not in named or bool(plans_naming((role.name,), part)) or is_leading(role.name)
