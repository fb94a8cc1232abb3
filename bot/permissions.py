"""Who may do what: asked at the act, never only where a button is drawn."""

from __future__ import annotations

from bot.model import PLAN_OWNER, Book, Item, Person, Plan
from bot.places import is_leading, leads, units_of
from bot.roles import counts, holders_of, holdings_of, owners_of, role_key, roles_held_by
from bot.units import Unit


def responsible_roles(item: Item) -> tuple[str, ...]:
    """Return the roles that may mark the item, as its plan writes them; the owners' where it names nobody."""
    return tuple(name for name in item.responsible if role_key(name)) or (PLAN_OWNER,)


def may_mark(person: Person, item: Item, book: Book) -> bool:
    """Whether the person may mark the whole item, or the part of a unit of theirs."""
    return may_mark_whole(person, item, book) or bool(own_units(person, item, book))


def may_mark_whole(person: Person, item: Item, book: Book) -> bool:
    """Whether the person holds one of the item's responsible roles, or is an administrator.

    What each unit does by itself is no leader's to mark for all of them.
    """
    if person.is_administrator:
        return True
    each = bool(units_of(item, book))
    for name in responsible_roles(item):
        if each and is_leading(name):
            continue
        if _is_among(person, _holders(name, item, book, is_whole=each)):
            return True
    return False


def own_units(person: Person, item: Item, book: Book) -> tuple[Unit, ...]:
    """Return the units whose part of the item the person may mark: whose leader they are, or its role they hold."""
    return tuple(unit for unit in units_of(item, book) if _is_among(person, leaders_of(unit, item, book)))


def leaders_of(unit: Unit, item: Item, book: Book) -> tuple[Person, ...]:
    """Return who may mark the unit's part of the item, by name."""
    wanted = {role_key(name, book.plan_of(item).organisation) for name in item.responsible}
    people = {
        person.id: person
        for role in book.roles
        if role.plan_id is None and (leads(role.name, unit.kind) or role_key(role.name) in wanted)
        for holding in role.holdings
        if holding.scope.unit == unit and counts(holding, book, item.plan_id)
        for person in holding.people
    }
    return tuple(sorted(people.values(), key=lambda person: person.name.casefold()))


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


def _holders(name: str, item: Item, book: Book, *, is_whole: bool = False) -> tuple[Person, ...]:
    """Who holds a role; of what each unit does by itself, `is_whole` leaves out who holds it in one of them."""
    if role_key(name) == PLAN_OWNER:
        return owners_of(book.plan_of(item), book)
    if not is_whole:
        return holders_of(name, book, item.plan_id, item)
    return tuple(
        person
        for holding in holdings_of(name, book, item.plan_id, item)
        if holding.scope.unit is None
        for person in holding.people
    )


def _is_among(person: Person, holders: tuple[Person, ...]) -> bool:
    """A stranger, who has no id, is among no holders."""
    return person.id is not None and any(holder.id == person.id for holder in holders)
