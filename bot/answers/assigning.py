"""Giving the responsibility for an item to other roles."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.acts import LONGEST_TITLE, ask_permission, corrected, how, is_known
from bot.answers.asking import Asking
from bot.answers.choosing import item_to_change
from bot.answers.facts import Facts
from bot.answers.telling import once_each
from bot.errors import TooLong
from bot.proposals.people import groups
from bot.roles import is_of_several, role_key, role_named, roles_in
from bot.understanding.parting import what_and_roles


def assign_item(asking: Asking) -> Facts:
    """Let other roles be responsible for what the words mean; several are parted as a plan's own are."""
    said = what_and_roles(
        asking.frame.argument, lambda words: is_known(words, asking), lambda words: _are_roles(words, asking)
    )
    ask_permission(asking, what=said.what)
    item = item_to_change(asking, said.what, said.behind)
    if isinstance(item, Facts):
        return item
    ask_permission(asking, item)
    roles = once_each(as_in_plans(role, asking) for role in groups([said.behind]) if role_key(role))
    if not roles:
        values = {"item": item, "known": [role.name for role in roles_in(asking.book)][:5], **how(asking, item)}
        return Facts(template="assign_whom", values=values, items=(item,))
    if len(said.behind) > LONGEST_TITLE:
        raise TooLong("title_too_long", longest=LONGEST_TITLE)
    return corrected(asking, item, replace(item, responsible=roles), "item_assigned")


def _are_roles(words: str, asking: Asking) -> bool:
    named = groups([words])
    return bool(named) and all(role_named(name, asking.book) for name in named)


def as_in_plans(name: str, asking: Asking) -> str:
    """Return the role as the plans mostly write it, where they know it; one is not made all, nor all one."""
    known = role_named(name, asking.book)
    return known.name if known and is_of_several(name) is is_of_several(known.name) else name
