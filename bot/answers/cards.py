"""An item in short, for all who read where its address is shared."""

from __future__ import annotations

import re

from bot.answers.facts import Facts, Press
from bot.messages import Message, Reply
from bot.model import Item, Language, Status
from bot.permissions import responsible_people
from bot.places import units_told
from bot.ports import Store
from bot.render import render
from bot.school_years import on_day
from bot.understanding.commands import typed
from bot.understanding.frame import Intent

PATH = "/p"
_KEY = re.compile(r"\w{1,12}-\d{1,7}")


def address_of(item: Item, address: str | None) -> str | None:
    """Return where an item is found; None where we have no address of our own."""
    return f"{address}{PATH}/{item.key}" if address else None


def card(store: Store, message: Message, key: str) -> Reply | None:
    """Return what has the key: what it is, when, how far it has come and who answers for it; None for no item's.

    It is in the language of its plan, since all who read along see it. What people have written of it is not there.
    """
    today = message.now.date()
    book = on_day(store.plans.book(), today)
    item = book.by_key.get(key.casefold()) if _KEY.fullmatch(key) else None
    if item is None:
        return None
    language = book.plan_of(item).language
    values = {
        "item": item,
        "plan": book.plan_of(item),
        "people": responsible_people(item, book) if item.kind.is_markable else (),
        "units": units_told(item, book),
    }
    facts = Facts(template="item_card", values=values, items=(item,), buttons=_presses(item, language))
    return render(facts, Intent.SHOW_ITEM, language, today)


def _presses(item: Item, language: Language) -> tuple[Press, ...]:
    """What may be done about it; who may is asked when it is pressed."""
    wanted = [("show_all", Intent.SHOW_ITEM)]
    if item.kind.is_markable and not item.cancelled:
        if item.status.is_open:
            wanted.insert(0, ("done", Intent.MARK_DONE))
        if item.status is Status.OPEN:
            wanted.insert(1, ("start", Intent.MARK_STARTED))
        if not item.status.is_open:
            wanted.insert(0, ("open", Intent.MARK_OPEN))
    return tuple(
        Press(name=name, says=typed(intent, language, item.key), values={"item": item}) for name, intent in wanted
    )
