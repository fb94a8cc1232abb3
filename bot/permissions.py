"""Who may do what: asked at the act, never only where a button is drawn."""

from __future__ import annotations

from bot.model import PLAN_OWNER, Book, Item, Person, Plan
from bot.roles import holders_of, owners_of, role_key, roles_held_by


def responsible_roles(item: Item) -> tuple[str, ...]:
    """Return the roles that may mark the item, as its plan writes them; the owners' where it names nobody."""
    return tuple(name for name in item.responsible if role_key(name)) or (PLAN_OWNER,)


def may_mark(person: Person, item: Item, book: Book) -> bool:
    """Whether the person holds one of the item's responsible roles, or is an administrator."""
    if person.is_administrator:
        return True
    return any(_is_among(person, _holders(name, item, book)) for name in responsible_roles(item))


def responsible_people(item: Item, book: Book) -> tuple[tuple[str, tuple[Person, ...]], ...]:
    """Return each role that may mark the item with those who hold it; nobody holds a vacant one."""
    return tuple((name, _holders(name, item, book)) for name in responsible_roles(item))


def may_administer(person: Person, plan: Plan | None, book: Book) -> bool:
    """Whether the person may import, give roles, move, cancel, write, or set up digests.

    Administrators may for every plan, owners for their own; `plan` None is what concerns no plan that is there
    (a new one, a channel), which any plan's owner may.
    """
    if person.is_administrator:
        return True
    if plan is None:
        return any(role_key(role.name) == PLAN_OWNER for role in roles_held_by(person, book))
    return _is_among(person, owners_of(plan, book))


def _holders(name: str, item: Item, book: Book) -> tuple[Person, ...]:
    if role_key(name) == PLAN_OWNER:
        return owners_of(book.plan_of(item), book)
    return holders_of(name, book, item.plan_id)


def _is_among(person: Person, holders: tuple[Person, ...]) -> bool:
    """A stranger, who has no id, is among no holders."""
    return person.id is not None and any(holder.id == person.id for holder in holders)
