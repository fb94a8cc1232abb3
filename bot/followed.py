"""A part of a book: some of its plans alone, as a channel follows them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import replace

from bot.model import Book, Role
from bot.places import is_leading
from bot.roles import plans_naming

_MOST_PARTS = 32

_kept: OrderedDict[tuple[int, frozenset[int]], tuple[Book, Book]] = OrderedDict()
_lock = threading.Lock()


def only(book: Book, plan_ids: Collection[int]) -> Book:
    """Return the book with just these plans, their items and the roles that count in them.

    The same object for the same book and plans, as long as it is among the last ones used, so that what is worked
    out from it can be kept; the book itself where it has no other plans, or none of them.
    """
    wanted = frozenset(number for number in plan_ids if number in book.plan_by_id)
    if not wanted or len(wanted) == len(book.plans):
        return book
    with _lock:
        known = _kept.get((id(book), wanted))
        if known is None or known[0] is not book:
            known = _kept[id(book), wanted] = (book, _part(book, wanted))
        _kept.move_to_end((id(book), wanted))
        while len(_kept) > _MOST_PARTS:
            _kept.popitem(last=False)
        return known[1]


def _part(book: Book, wanted: frozenset[int]) -> Book:
    part = replace(
        book,
        plans=tuple(plan for plan in book.plans if plan.id in wanted),
        items=tuple(item for item in book.items if item.plan_id in wanted),
        whole=book.whole or book,
    )
    return replace(part, roles=tuple(role for role in book.roles if _counts(role, part, book)))


def _counts(role: Role, part: Book, book: Book) -> bool:
    """Whether a role is one of the part's; one that no plan names yet, or that leads a unit, counts everywhere."""
    if role.plan_id is not None:
        return role.plan_id in part.plan_by_id
    is_named = bool(plans_naming((role.name,), part)) or not plans_naming((role.name,), book)
    return is_named or is_leading(role.name)
