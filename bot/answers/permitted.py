"""Which roles somebody has, and who may change the plans."""

from __future__ import annotations

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.scope import current_plans
from bot.answers.telling import role_to_give
from bot.model import Person, Plan, Role
from bot.roles import holdings_by, owners_of, roles_held_by
from bot.understanding.commands import is_speaker, typed
from bot.understanding.frame import Intent
from bot.units import Scope


def person_roles(asking: Asking) -> Facts:
    """Tell which roles the asker has, or whoever is named; of somebody unknown, that they are."""
    words = asking.frame.argument.strip(' "«»')
    is_self = not words or is_speaker(words)
    person = asking.asker if is_self else _named(asking, words)
    held = roles_held_by(person, asking.book) if person else ()
    example = role_to_give(asking)
    values = {
        "words": words,
        "person": person,
        "is_self": is_self,
        "roles": _told(asking, person, held),
        "example": example,
        "gives": typed(Intent.GIVE_ROLE, asking.frame.language, f"{example} {person.name if person else words}"),
    }
    return Facts(template="person_roles", values=values)


def who_may(asking: Asking) -> Facts:
    """Tell who the administrators are, and who owns the plans that hold now."""
    people = asking.store.people.everyone()
    values = {
        "administrators": [person for person in people if person.is_administrator],
        "owners": [(plan, owners_of(plan, asking.book)) for plan in current_plans(asking) or asking.book.plans],
    }
    return Facts(template="who_may", values=values)


def _told(asking: Asking, person: Person | None, held: tuple[Role, ...]) -> list[tuple[str, Plan | None, Scope]]:
    """Each role with its plan, and where and when it is held."""
    book = asking.book
    return [
        (role.name, book.plan_by_id.get(role.plan_id or 0), holding.scope)
        for role in held
        for holding in (holdings_by(person, role, book) if person else ())
    ]


def _named(asking: Asking, words: str) -> Person | None:
    """The one person of that name, or the only one whose name begins so; the asker where they are it."""
    everyone = (*asking.store.people.everyone(), asking.asker)
    said = words.casefold()
    exact = [person for person in everyone if person.name.casefold() == said]
    begun = [person for person in everyone if person.name.casefold().startswith(f"{said} ")]
    found = exact or begun
    return found[0] if found and len({person.id for person in found}) == 1 else None
