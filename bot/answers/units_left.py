"""Who has not done their part of what a plan leaves to each school or kindergarten."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.asking import Asking
from bot.answers.choosing import item_to_show, items_meant
from bot.answers.facts import Facts
from bot.answers.scope import current_plans, soonest_first
from bot.model import Item, Person
from bot.permissions import leaders_of
from bot.places import UnitsTold, units_told
from bot.units import Unit

_MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An item, how far the units have come with it, and who is left, each with those who may mark its part."""

    item: Item
    told: UnitsTold
    left: tuple[tuple[Unit, tuple[Person, ...]], ...]


def units_left(asking: Asking) -> Facts:
    """Tell which units are left of what is named, or was shown last; where neither is, of all that is not done."""
    frame = asking.frame
    if not frame.argument and not frame.items:
        return _told(asking, tuple(row for row in _rows(asking, _everything(asking)) if row.left), None)
    meant = items_meant(asking)
    rows = _rows(asking, meant)
    if rows or len(meant) == 1:
        return _told(asking, rows, meant[0])
    one = item_to_show(asking)
    return one if isinstance(one, Facts) else _told(asking, _rows(asking, (one,)), one)


def _everything(asking: Asking) -> tuple[Item, ...]:
    """What is still to be done in the plans that hold."""
    plans = {plan.id for plan in current_plans(asking)}
    items = (item for item in asking.book.items if item.plan_id in plans and not item.cancelled)
    return soonest_first(item for item in items if item.status.is_open)


def _rows(asking: Asking, items: tuple[Item, ...]) -> tuple[Left, ...]:
    rows = ((item, units_told(item, asking.book)) for item in items)
    return tuple(_left(asking, item, told) for item, told in rows if told is not None)


def _left(asking: Asking, item: Item, told: UnitsTold) -> Left:
    """Of the kind that is asked about alone; what is marked for all of them has none left."""
    kind = asking.frame.state
    units = [unit for unit in told.left if item.status.is_open and kind in (None, unit.kind)]
    return Left(item=item, told=told, left=tuple((unit, leaders_of(unit, item, asking.book)) for unit in units))


def _told(asking: Asking, rows: tuple[Left, ...], meant: Item | None) -> Facts:
    values = {"rows": rows[:_MOST], "more": len(rows[_MOST:]), "meant": meant, "kind": asking.frame.state}
    shown = tuple(row.item for row in rows[:_MOST]) or ((meant,) if meant else ())
    return Facts(template="units_left", values=values, items=shown)
