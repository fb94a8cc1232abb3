"""Persons, and how they hold roles."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.units import Scope, UserGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who talks with Planvakt or holds a role; without id: a stranger, in no table."""

    id: int | None
    name: str
    is_administrator: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Somebody holds a role: a person, or a chat's group with those of its members whom we know."""

    people: tuple[Person, ...]
    group: UserGroup | None = None
    scope: Scope = field(default_factory=Scope)

    @property
    def is_plain(self) -> bool:
        """Whether a person holds it everywhere and until further notice."""
        return self.group is None and self.scope == Scope()


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role by the plan's own words; `plan_id` is set only for a role of one plan (planeier)."""

    id: int
    name: str
    plan_id: int | None = None
    holdings: tuple[Holding, ...] = ()

    @property
    def holders(self) -> tuple[Person, ...]:
        """Whoever holds it, wherever and whenever; each once."""
        return tuple({person.id: person for holding in self.holdings for person in holding.people}.values())
