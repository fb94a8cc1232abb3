"""What each school or kindergarten does by itself: its leader marks its part, and it is told who is left."""

from __future__ import annotations

from bot.answers.acting import author_of, item_change
from bot.answers.asking import Asking
from bot.answers.facts import Facts, Press
from bot.model import Item, Person, Status
from bot.permissions import leaders_of, own_units
from bot.places import units_of, units_told
from bot.remarks import Texts, has_note
from bot.understanding.commands import typed
from bot.understanding.frame import Intent
from bot.units import Parts, Unit, unit_marked


def mark_own_units(asking: Asking, item: Item, status: Status, texts: Texts) -> Facts:
    """Mark the part of the asker's own units as done, or as open again, with the texts; once more changes nothing.

    Only that can be said of a unit: how far the whole has come is told by all of them.
    """
    own = own_units(asking.asker, item, asking.book)
    if status not in (Status.DONE, Status.OPEN):
        return Facts(template="unit_only_done", values={"item": item, "units": own}, items=(item,))
    parts = Parts(own=own, every=units_of(item, asking.book))
    entries = asking.store.units.mark(item, parts, status, author_of(asking), texts)
    book = asking.store.plans.book()
    now = book.by_id.get(item.id, item)
    is_marked = any(unit_marked(entry.field) for entry in entries)
    values = {"item": now, "units": own, "status": status, "told": units_told(now, book), "has_note": has_note(texts)}
    if not entries:
        return Facts(template="unit_marked_before", values=values, items=(now,))
    says = typed(Intent.UNDO, asking.frame.language, str(entries[0].step))
    return Facts(
        template="unit_marked" if is_marked else "note_written",
        values=values | {"fields": [entry.field for entry in entries]},
        items=(now,),
        changes=tuple(map(item_change, entries)),
        buttons=(Press(name="undo", says=says, values={"item": item}),),
    )


def units_who_may(asking: Asking, item: Item) -> tuple[tuple[Unit, tuple[Person, ...]], ...]:
    """Return each unit that has its own part of the item, with those who may mark that."""
    book = asking.book
    return tuple((unit, leaders_of(unit, item, book)) for unit in units_of(item, book))
