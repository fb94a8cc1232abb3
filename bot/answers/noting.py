"""Writing on an item: a note, and what worked and what is carried on when it is done."""

from __future__ import annotations

from bot.answers.acting import author_of, item_change
from bot.answers.acts import is_known
from bot.answers.asking import Asking
from bot.answers.choosing import item_to_mark
from bot.answers.completion import asking_next
from bot.answers.facts import Facts, Press
from bot.answers.marking import as_now, refused, takes_back
from bot.answers.remarks import about, checked
from bot.model import Item
from bot.permissions import may_mark
from bot.remarks import CARRY_ON, NOTE, WORKED
from bot.understanding.commands import typed
from bot.understanding.parting import what_and_text


def note_item(asking: Asking) -> Facts:
    """Write a note on an item, for whoever may mark it; the same words once more change nothing."""
    return _write(asking, NOTE)


def note_worked(asking: Asking) -> Facts:
    """Write what worked, for whoever may mark the item."""
    return asking_next(asking, _write(asking, WORKED))


def note_carry_on(asking: Asking) -> Facts:
    """Write what is carried on, for whoever may mark the item."""
    return _write(asking, CARRY_ON)


def _write(asking: Asking, field: str) -> Facts:
    said = what_and_text(asking.frame.argument, lambda words: is_known(words, asking))
    item = item_to_mark(about(asking, said.what), said.behind)
    if isinstance(item, Facts):
        return item
    if not may_mark(asking.asker, item, asking.book):
        return refused(asking, item)
    text = checked(said.behind)
    if not text:
        says = typed(asking.frame.intent, asking.frame.language, item.key)
        return Facts(template="note_what", values={"item": item, "field": field, "says": says}, items=(item,))
    return written(asking, item, field, text)


def written(asking: Asking, item: Item, field: str, text: str) -> Facts:
    """Write a text that is not there yet, and tell so."""
    entries = asking.store.plans.note(item, ((field, text),), author_of(asking))
    values = {"item": item, "field": field, "fields": [field]}
    if not entries:
        return Facts(template="note_before", values=values, items=as_now(asking, item))
    undo = Press(name="undo", says=takes_back(asking, entries[0].step), values={"item": item})
    return Facts(
        template="note_written",
        values=values,
        items=as_now(asking, item),
        changes=tuple(map(item_change, entries)),
        buttons=(undo,),
    )
