"""Who has done their part of what a plan leaves to each school or kindergarten, and who has not."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.asking import Asking
from bot.answers.choosing import item_to_show, items_meant
from bot.answers.facts import Facts
from bot.answers.scope import current_plans, soonest_first
from bot.model import Item, Person
from bot.permissions import leaders_of
from bot.places import UnitsTold, kinds_of_each, units_named, units_of, units_told
from bot.places import units_left as units_left_of
from bot.understanding.commands import typed
from bot.understanding.frame import Intent
from bot.units import Unit

_MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An item, how far the units have come with it, and who is left, each with those who may mark its part."""

    item: Item
    told: UnitsTold
    left: tuple[tuple[Unit, tuple[Person, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one unit has of an item, and those who may mark it."""

    item: Item
    is_done: bool
    leaders: tuple[Person, ...]


def units_left(asking: Asking) -> Facts:
    """Tell which units are left of what is named, or was shown last; where neither is, of all that is not done."""
    if not _is_named(asking):
        if not asking.book.units:
            return _no_units(asking, ())
        return _told(asking, tuple(row for row in _rows(asking, _everything(asking)) if row.left), None)
    meant = _meant(asking)
    if isinstance(meant, Facts):
        return meant
    if not asking.book.units and any(map(kinds_of_each, meant)):
        return _no_units(asking, meant)
    return _told(asking, _rows(asking, meant), meant[0])


def unit_part(asking: Asking) -> Facts:
    """Tell whether one unit has done its part of what is named, or was shown last, or else which of all are left."""
    name = asking.frame.state or ""
    units = units_named(name, asking.book)
    if not units:
        nobody = Facts(template="which_unit", values={"words": name, "units": ()})
        return nobody if asking.book.units else _no_units(asking, ())
    meant = _meant(asking) if _is_named(asking) else _everything(asking)
    if isinstance(meant, Facts):
        return meant
    one = meant[0] if _is_named(asking) and len(meant) == 1 else None
    asked = meant if one else tuple(item for item in meant if item.status.is_open)
    rows = tuple((unit, _parts(asking, unit, asked)) for unit in units)
    shown = tuple({part.item.id: part.item for _, parts in rows for part in parts}.values())
    return Facts(template="unit_part", values={"rows": rows, "meant": one}, items=shown or ((one,) if one else ()))


def _parts(asking: Asking, unit: Unit, items: tuple[Item, ...]) -> tuple[Part, ...]:
    book = asking.book
    return tuple(
        Part(item=item, is_done=unit not in units_left_of(item, book), leaders=leaders_of(unit, item, book))
        for item in items
        if unit in units_of(item, book)
    )


def _no_units(asking: Asking, items: tuple[Item, ...]) -> Facts:
    """Tell that nobody has told of any school or kindergarten, and how that is done."""
    return Facts(template="no_units", values={"adds": typed(Intent.SET_UNIT, asking.frame.language)}, items=items)


def _is_named(asking: Asking) -> bool:
    return bool(asking.frame.argument or asking.frame.items)


def _meant(asking: Asking) -> tuple[Item, ...] | Facts:
    """What each unit does by itself of what is named or was shown, else the one thing that it is; or what to answer."""
    meant = items_meant(asking)
    own = tuple(item for item in meant if kinds_of_each(item))
    if own or len(meant) == 1:
        return own or meant
    one = item_to_show(asking)
    return one if isinstance(one, Facts) else (one,)


def _everything(asking: Asking) -> tuple[Item, ...]:
    """What is still to be done in the plans that hold."""
    plans = {plan.id for plan in current_plans(asking)}
    items = (item for item in asking.book.items if item.plan_id in plans and not item.cancelled)
    return soonest_first(item for item in items if item.status.is_open)


def _rows(asking: Asking, items: tuple[Item, ...]) -> tuple[Left, ...]:
    rows = ((item, units_told(item, asking.book, asking.frame.state)) for item in items)
    return tuple(_left(asking, item, told) for item, told in rows if told is not None)


def _left(asking: Asking, item: Item, told: UnitsTold) -> Left:
    """What is marked for all of them has none left."""
    units = told.left if item.status.is_open else ()
    return Left(item=item, told=told, left=tuple((unit, leaders_of(unit, item, asking.book)) for unit in units))


def _told(asking: Asking, rows: tuple[Left, ...], meant: Item | None) -> Facts:
    values = {
        "rows": rows[:_MOST],
        "more": len(rows[_MOST:]),
        "meant": meant,
        "kind": asking.frame.state,
        "is_of_others": meant is not None and units_told(meant, asking.book) is not None,
    }
    shown = tuple(row.item for row in rows[:_MOST]) or ((meant,) if meant else ())
    return Facts(template="units_left", values=values, items=shown)
