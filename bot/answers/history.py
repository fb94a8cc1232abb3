"""One item as it stands, and what has happened to it."""

from __future__ import annotations

from bot.answers.acting import zone_of
from bot.answers.asking import Asking
from bot.answers.cards import address_of
from bot.answers.choosing import item_to_show
from bot.answers.facts import Facts, Press
from bot.answers.form_presses import form_presses
from bot.answers.remarks import written_of
from bot.model import Item, Status
from bot.permissions import responsible_people
from bot.places import units_told
from bot.recurrence import as_of
from bot.understanding.commands import typed
from bot.understanding.frame import Intent


def show_item(asking: Asking) -> Facts:
    """Show all that the plan says of an item, and how far it has come."""
    item = item_to_show(asking)
    if isinstance(item, Facts):
        return item
    coming = as_of(item, asking.today, asking.book)
    values = {
        "item": item,
        "next": coming if coming is not item else None,
        "plan": asking.book.plan_of(item),
        "address": address_of(item, asking.address),
        "remarks": written_of(asking, item),
        "zone": zone_of(asking),
        "units": units_told(item, asking.book),
        "people": responsible_people(item, asking.book) if item.kind.is_markable else (),
    }
    return Facts(template="item_shown", values=values, items=(item,), buttons=_acts(asking, item))


def item_history(asking: Asking) -> Facts:
    """Tell who changed what in an item, from what to what, when and where, newest first."""
    item = item_to_show(asking)
    if isinstance(item, Facts):
        return item
    entries = asking.store.history.of_item(item.id)
    values = {"item": item, "entries": entries, "zone": zone_of(asking)}
    return Facts(template="item_history", values=values, items=(item,))


def _acts(asking: Asking, item: Item) -> tuple[Press, ...]:
    wanted = [("history", Intent.ITEM_HISTORY)]
    is_markable = item.kind.is_markable and not item.cancelled
    if is_markable and item.status.is_open:
        wanted.insert(0, ("done", Intent.MARK_DONE))
    if is_markable and item.status is Status.OPEN:
        wanted.insert(1, ("start", Intent.MARK_STARTED))
    if is_markable and item.status.is_set_aside:
        wanted.insert(0, ("open", Intent.MARK_OPEN))
    language = asking.frame.language
    acts = tuple(
        Press(name=name, says=typed(intent, language, item.key), values={"item": item}) for name, intent in wanted
    )
    return (*acts, *form_presses(asking, item))
