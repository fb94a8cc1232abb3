"""Marking an item as done or started, or as open again."""

from __future__ import annotations

from bot.answers.acting import author_of, item_change, zone_of
from bot.answers.asking import Asking
from bot.answers.choosing import item_to_mark
from bot.answers.completion import asking_next, parted
from bot.answers.facts import Facts, Press
from bot.answers.own_units import mark_own_units, units_who_may
from bot.answers.remarks import about, what_and_note
from bot.answers.scope import earliest_day
from bot.history import HistoryEntry
from bot.model import PLAN_OWNER, Item, Kind, Status
from bot.permissions import may_mark, may_mark_whole, responsible_people
from bot.remarks import NOTE, Texts, has_note
from bot.roles import role_key
from bot.understanding.commands import typed
from bot.understanding.frame import Intent
from bot.understanding.names import names_of

_STATUS = "status"


def mark_done(asking: Asking) -> Facts:
    """Mark as done what the words mean, for whoever may; once more changes nothing."""
    about_it, answers = parted(asking)
    return asking_next(asking, _mark(about_it, Status.DONE, answers))


def mark_started(asking: Asking) -> Facts:
    """Mark as started what the words mean, for whoever may; once more changes nothing."""
    return _mark(asking, Status.STARTED)


def mark_open(asking: Asking) -> Facts:
    """Mark what the words mean as open again, for whoever may; what is open stays so."""
    return _mark(asking, Status.OPEN)


def mark_dropped(asking: Asking) -> Facts:
    """Mark what the words mean as dropped, for whoever may; it stays in the plan, and is not late any more."""
    return _mark(asking, Status.DROPPED)


def mark_next_year(asking: Asking) -> Facts:
    """Mark what the words mean as left for next year, for whoever may; it is not late any more."""
    return _mark(asking, Status.NEXT_YEAR)


def _mark(asking: Asking, status: Status, answers: Texts = ()) -> Facts:
    said = what_and_note(asking)
    texts = ((NOTE, said.behind), *answers) if said.behind else answers
    asking = about(asking, said.what)
    item = item_to_mark(asking, said.behind)
    if isinstance(item, Facts):
        return item
    if not may_mark(asking.asker, item, asking.book):
        return refused(asking, item)
    if not may_mark_whole(asking.asker, item, asking.book):
        return mark_own_units(asking, item, status, texts)
    if item.status is status:
        return _noted_later(asking, item, texts) or _marked_before(asking, item)
    if status is Status.DONE and _is_ahead(asking, item):
        return _asked_first(asking, item, said.behind)
    return _marked(asking, item, status, texts)


def _marked(asking: Asking, item: Item, status: Status, texts: Texts) -> Facts:
    entry = asking.store.plans.mark(item, status, author_of(asking), texts)
    if entry is None:  # somebody was faster, since the book was read
        now = as_now(asking, item)
        is_same = bool(now) and now[0].status is status
        return _marked_before(asking, now[0]) if is_same else overtaken(asking, item)
    return Facts(
        template="marked",
        values={"item": item, "status": entry.after, "has_note": has_note(texts)},
        items=as_now(asking, item),
        changes=tuple(map(item_change, reversed(asking.store.history.step(entry.step)))),
        buttons=(Press(name="undo", says=takes_back(asking, entry.step), values={"item": item}),),
    )


def _noted_later(asking: Asking, item: Item, texts: Texts) -> Facts | None:
    """Of what is so already more may be written; None where there is nothing, or it was written before."""
    entries = asking.store.plans.note(item, texts, author_of(asking)) if texts else ()
    if not entries:
        return None
    undo = Press(name="undo", says=takes_back(asking, entries[0].step), values={"item": item})
    values, changes = {"item": item, "fields": [entry.field for entry in entries]}, tuple(map(item_change, entries))
    return Facts(template="note_written", values=values, items=(item,), changes=changes, buttons=(undo,))


def _is_ahead(asking: Asking, item: Item) -> bool:
    """Whether it is a meeting that is still to come, and was meant by words; a key is typed with care."""
    is_by_key = bool(names_of(asking.book).by_key(asking.frame.argument))
    return item.kind is Kind.EVENT and not is_by_key and item.span.is_dated and earliest_day(item) > asking.today


def _asked_first(asking: Asking, item: Item, note: str) -> Facts:
    """Ask before what is to come is marked as done; a press marks it by its key."""
    says = typed(Intent.MARK_DONE, asking.frame.language, f"{item.key} {note}".strip())
    presses = (Press(name="mark_anyway", says=says, is_choice=True),)
    return Facts(template="mark_ahead", values={"item": item}, items=(item,), buttons=presses)


def takes_back(asking: Asking, step: int) -> str:
    """Return the command that takes back just that act, however often it is pressed."""
    return typed(Intent.UNDO, asking.frame.language, str(step))


def _marked_before(asking: Asking, item: Item) -> Facts:
    values = {"item": item, "since": _newest(asking, item), "zone": zone_of(asking)}
    return Facts(template="marked_before", values=values, items=(item,))


def overtaken(asking: Asking, item: Item) -> Facts:
    """Tell that somebody was faster, who and when."""
    values = {"item": item, "since": _newest(asking, item), "zone": zone_of(asking)}
    return Facts(template="overtaken", values=values, items=as_now(asking, item))


def refused(asking: Asking, item: Item) -> Facts:
    """Tell which roles may, who holds them, and how a vacant one is given."""
    people = responsible_people(item, asking.book)
    vacant = next((role for role, holders in people if not holders), None)
    values = {
        "item": item,
        "people": people,
        "vacant": vacant,
        "is_for_owners": not item.responsible,
        "units": units_who_may(asking, item),
        "asker": asking.asker,
        "gives": typed(Intent.GIVE_ROLE, asking.frame.language, _given(vacant or people[0][0], asking, item)),
    }
    return Facts(template="marking_refused", values=values, items=(item,))


def _given(role: str, asking: Asking, item: Item) -> str:
    """What would give the asker the role; in a chat, people are mentioned."""
    name = asking.asker.name if asking.asker.id or not asking.message.sender.account else f"@{asking.asker.name}"
    plan = asking.book.plan_of(item).short if role_key(role) == PLAN_OWNER else ""
    return f"{role} {name} {plan}".strip()


def _newest(asking: Asking, item: Item) -> HistoryEntry | None:
    """The latest change of the item's status."""
    entries = asking.store.history.of_item(item.id)
    return next((entry for entry in entries if entry.field == _STATUS), None)


def as_now(asking: Asking, item: Item) -> tuple[Item, ...]:
    """The item as it is after what has just happened; empty where it is gone."""
    now = asking.store.plans.book().by_id.get(item.id)
    return (now,) if now else ()
