"""The schools and kindergartens of the organisation: told, listed and removed."""

from __future__ import annotations

from bot.answers.acting import author_of, break_change
from bot.answers.asking import Asking
from bot.answers.facts import Facts, Press
from bot.errors import NotAllowed
from bot.permissions import may_administer
from bot.places import kind_in, municipality_behind, units_named
from bot.understanding.commands import typed
from bot.understanding.frame import Intent
from bot.units import Unit

_LONGEST = 120


def units(asking: Asking) -> Facts:
    """Tell which units there are, those of one kind, or the one that is named, with who leads each."""
    book, kind, name = asking.book, asking.frame.state, asking.frame.argument
    shown = units_named(name, book) if name else tuple(unit for unit in book.units if kind in (None, unit.kind))
    held = [
        (unit, role.name, holding)
        for unit in shown
        for role in book.roles
        for holding in role.holdings
        if holding.scope.unit == unit and holding.scope.counts_in_year(book.school_year)
    ]
    values = {
        "units": [(unit, [(role, one) for where, role, one in held if where == unit]) for unit in shown],
        "kind": kind,
        "is_named": bool(name),
        "adds": typed(Intent.SET_UNIT, asking.frame.language),
    }
    return Facts(template="units", values=values)


def set_unit(asking: Asking) -> Facts:
    """Write a school or a kindergarten down; its name tells which it is. Raises NotAllowed."""
    _ask_permission(asking)
    name, municipality = municipality_behind(asking.frame.argument.strip(' "«»'))
    kind = kind_in(name)
    if not name or len(name) > _LONGEST or kind is None:
        says = typed(Intent.SET_UNIT, asking.frame.language)
        return Facts(template="unit_without_kind", values={"words": name[:_LONGEST], "says": says})
    unit = Unit(id=0, name=name, kind=kind, municipality=municipality)
    entries = asking.store.units.add((unit,), author_of(asking))
    says = typed(Intent.REMOVE_UNIT, asking.frame.language, as_typed(unit))
    return Facts(
        template="unit_set",
        values={"unit": unit, "is_new": bool(entries)},
        changes=tuple(map(break_change, entries)),
        buttons=(Press(name="remove_unit", says=says, values={"unit": unit}),) if entries else (),
    )


def remove_unit(asking: Asking) -> Facts:
    """Remove a school or a kindergarten. Raises NotAllowed."""
    _ask_permission(asking)
    words = asking.frame.argument.strip(' "«»')
    found = units_named(words, asking.book)
    if len(found) != 1:
        buttons = tuple(
            Press(
                name="unit",
                says=typed(Intent.REMOVE_UNIT, asking.frame.language, as_typed(unit)),
                values={"unit": unit, "where": as_typed(unit)},
            )
            for unit in found
        )
        return Facts(template="which_unit", values={"words": words, "units": found}, buttons=buttons)
    entry = asking.store.units.remove(found[0], author_of(asking))
    changes = (break_change(entry),) if entry else ()
    return Facts(template="unit_removed", values={"unit": found[0]}, changes=changes)


def as_typed(unit: Unit) -> str:
    """Return the unit as it is typed behind a command."""
    return f"{unit.name} i {unit.municipality}" if unit.municipality else unit.name


def _ask_permission(asking: Asking) -> None:
    if not may_administer(asking.asker, None, asking.book):
        raise NotAllowed("unit_not_allowed")
