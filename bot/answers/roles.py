"""Roles: who holds them, giving them and taking them back."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.acting import author_of, role_change
from bot.answers.asking import Asking
from bot.answers.facts import Facts, Press
from bot.answers.role_words import Named, held_by, holder_named, is_only_a_group, read_named, shown_name
from bot.answers.scope import is_over
from bot.errors import NotAllowed
from bot.history import Change
from bot.model import Person
from bot.permissions import may_administer
from bot.places import is_leading
from bot.roles import RoleInUse, owners_of, role_key, roles_in
from bot.understanding.commands import typed
from bot.understanding.frame import Intent


def roles(asking: Asking) -> Facts:
    """Tell every role of the plans with who holds it, the vacant ones said to be so, and the plans' owners.

    Where the message names roles ("hvem er programleder?"), just those.
    """
    wanted = {role_key(name) for name in asking.frame.roles}
    found = [role for role in roles_in(asking.book) if not wanted or role.key in wanted]
    values = {
        "held": [role for role in found if not role.is_vacant],
        "vacant": [role for role in found if role.is_vacant and (wanted or _is_needed(role, asking))],
        "owners": [(plan, owners_of(plan, asking.book)) for plan in asking.book.plans if not wanted],
        "book": asking.book,
        "gives": typed(Intent.GIVE_ROLE, asking.frame.language),
    }
    return Facts(template="roles", values=values)


def _is_needed(role: RoleInUse, asking: Asking) -> bool:
    """Whether a plan names the role that is not over."""
    plans = [asking.book.plan_by_id[number] for number in role.plan_ids]
    return not plans or not all(is_over(plan, asking.today) for plan in plans)


def give_role(asking: Asking) -> Facts:
    """Let a person hold a role that a plan names; only administrators, and owners of the plans that name it."""
    named = _read(asking)
    if isinstance(named, Facts):
        return named
    holder = holder_named(asking, named)
    if isinstance(holder, Facts):
        return holder
    scope = replace(named.scope, plan_ids=_bound_to(asking, named))
    _, entry = asking.store.people.give_role(named.role, named.plan, holder, author_of(asking), scope)
    changes = (role_change(entry),) if entry else ()
    person = holder if isinstance(holder, Person) else Person(id=None, name=shown_name(holder))
    return _told(asking, named, person, changes, "role_given" if entry else "role_held_before")


def take_role(asking: Asking) -> Facts:
    """Let a person no longer hold a role; only those who may give it."""
    named = _read(asking)
    if isinstance(named, Facts):
        return named
    held = held_by(asking, named)
    author = author_of(asking)
    bound = _bound_to(asking, named) if _is_of_others(asking, named) else ()
    entries = [
        asking.store.people.take_role(role, holding.group or person, author, replace(holding.scope, plan_ids=bound))
        for role, person, holding in held
    ]
    changes = tuple(role_change(entry) for entry in entries if entry)
    person = held[0][1] if held else Person(id=None, name=named.person)
    return _told(asking, named, person, changes, "role_taken" if changes else "role_not_held")


def _read(asking: Asking) -> Named | Facts:
    """Return the role and the person that may be changed, or what to answer instead. Raises NotAllowed."""
    if not may_administer(asking.asker, None, asking.book):
        raise NotAllowed("role_not_allowed")
    named = read_named(asking)
    if isinstance(named, Named):
        _ask_permission(asking, named)
    return named


def _ask_permission(asking: Asking, named: Named) -> None:
    """An owner gives the roles that a plan of theirs names, or that lead a unit. Raises NotAllowed."""
    plans = (named.plan,) if named.plan else named.naming
    is_owner = any(may_administer(asking.asker, plan, asking.book) for plan in plans)
    if not (asking.asker.is_administrator or is_owner or (not plans and is_leading(named.role))):
        raise NotAllowed("role_of_another_plan", role=named.role)


def _bound_to(asking: Asking, named: Named) -> tuple[int, ...]:
    """The plans that an owner's grant counts in: their own; an administrator's counts everywhere."""
    if asking.asker.is_administrator or named.plan is not None:
        return ()
    book = asking.book
    return tuple(plan.id for plan in book.plans if may_administer(asking.asker, plan, book))


def _members(asking: Asking, named: Named) -> bool:
    """Whether the chat has told who is in the group."""
    known = asking.store.units.groups(asking.message.sender.platform)
    return any(group.account == named.account and group.refreshed for group in known)


def _is_of_others(asking: Asking, named: Named) -> bool:
    """Whether a plan that is not the asker's names the role too, or none does."""
    own = [may_administer(asking.asker, plan, asking.book) for plan in named.naming]
    return not named.plan and not (own and all(own))


def _told(asking: Asking, named: Named, person: Person, changes: tuple[Change, ...], template: str) -> Facts:
    back = {"role_given": ("take_role", Intent.TAKE_ROLE), "role_taken": ("give_role", Intent.GIVE_ROLE)}.get(template)
    buttons: tuple[Press, ...] = ()
    if back:
        name, intent = back
        says = typed(intent, asking.frame.language, named.as_typed(person.name))
        buttons = (Press(name=name, says=says, values={"person": person, "role": named.role}),)
    values = {
        "role": named.role,
        "plan": named.plan,
        "person": person,
        "scope": named.scope,
        "bound": [asking.book.plan_by_id[number] for number in _bound_to(asking, named)],
        "is_unknown": named.is_group and not _members(asking, named),
        "is_group": named.plan is None and named.scope.unit is None and is_only_a_group(named.role, asking.book),
    }
    return Facts(template=template, values=values, changes=changes, buttons=buttons)
