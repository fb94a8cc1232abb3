"""Taking back the asker's own last act, or the one that a button stood under, whatever it was, as one step."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.acting import author_of, break_change, item_change, step_change, zone_of
from bot.answers.asking import Asking
from bot.answers.facts import Facts, Press
from bot.answers.marking import as_now, overtaken, refused
from bot.breaks import BREAK, SchoolBreak, name_in
from bot.errors import NotAllowed
from bot.history import HistoryEntry
from bot.model import Item, Status
from bot.permissions import may_administer, may_mark
from bot.proposals.differences import Difference, differences
from bot.remarks import WRITTEN
from bot.understanding.commands import typed
from bot.understanding.frame import Intent
from bot.units import unit_marked

_STATUS, _CANCELLED, _TAKEN_IN, _ADDED, _REMOVED = "status", "cancelled", "taken_in", "added", "removed"
_MOST_ROWS = 8
_LONGEST = 16  # figures; no step has more

Step = tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBack:
    """An item that is as it was: `now` is nothing where it was added, `was` where it was removed."""

    was: Item | None
    now: Item | None
    differences: tuple[Difference, ...]


def undo(asking: Asking) -> Facts:
    """Take back the asker's own last act, or the numbered one, unless what was done since stands in the way.

    Raises NotAllowed for whoever may not do such a thing any more, and for another's act.
    """
    step = _step(asking)
    if asking.frame.argument and not step:
        return Facts(template="undone_before")
    intake = next((entry for entry in step if entry.field == _TAKEN_IN), None)
    if intake is not None and not asking.frame.argument and not asking.message.text.lstrip().startswith("/"):
        return _ask_before_intake(asking, intake)
    if intake is not None:
        return _undo_intake(asking, step, intake)
    if any(entry.field == BREAK for entry in step):
        return _undo_breaks(asking, step)
    if not any(entry.item_id in asking.book.by_id for entry in step) and not _in_the_way(asking, step):
        return Facts(template="nothing_to_undo")
    if all(map(_is_of_mark, step)) and step[0].item_id in asking.book.by_id:
        return _undo_mark(asking, step, asking.book.by_id[step[0].item_id])
    return _undo_items(asking, step)


def _is_of_mark(entry: HistoryEntry) -> bool:
    return entry.field in (_STATUS, *WRITTEN) or unit_marked(entry.field) is not None


def _ask_before_intake(asking: Asking, intake: HistoryEntry) -> Facts:
    """Ask before a whole plan is taken back: who says "angre" thinks of something smaller."""
    says = typed(Intent.UNDO, asking.frame.language, str(intake.step))
    title = intake.after or intake.subject
    return Facts(
        template="undo_intake_first",
        values={"title": title},
        buttons=(Press(name="undo_intake", says=says, values={"title": title}),),
    )


def _step(asking: Asking) -> Step:
    number, history = asking.frame.argument, asking.store.history
    if not number:
        return history.last_step_by(asking.asker) if asking.asker.id is not None else ()
    step = history.step(int(number)) if number.isascii() and number.isdigit() and len(number) < _LONGEST else ()
    if step and step[0].by.id != asking.asker.id:
        raise NotAllowed("undo_of_another", by=step[0].by)
    return step


def _undo_mark(asking: Asking, step: Step, item: Item) -> Facts:
    if not may_mark(asking.asker, item, asking.book):
        return refused(asking, item)
    undone = asking.store.history.undo_step(step, author_of(asking))
    if not undone:
        return overtaken(asking, item)
    changes = tuple(map(item_change, undone))
    values: dict[str, object]
    if units := [(found[1], one.after) for one in undone if (found := unit_marked(one.field))]:
        values = {"item": item, "units": [name for name, _ in units], "now": units[0][1]}
        return Facts(template="undone_unit", values=values, items=as_now(asking, item), changes=changes)
    entry = next((one for one in undone if one.field == _STATUS), None)
    if entry is None:
        values = {"item": item, "fields": [one.field for one in reversed(undone)]}
        return Facts(template="undone_note", values=values, items=as_now(asking, item), changes=changes)
    values = {"item": item, "now": entry.after, "before": entry.before, "had_texts": len(undone) > 1}
    again = Press(name="done", says=typed(Intent.MARK_DONE, asking.frame.language, item.key), values={"item": item})
    return Facts(
        template="undone",
        values=values,
        items=as_now(asking, item),
        changes=changes,
        buttons=(again,) if entry.before == Status.DONE else (),
    )


def _undo_items(asking: Asking, step: Step) -> Facts:
    ids = {entry.item_id: None for entry in reversed(step) if entry.item_id is not None}
    plans = {asking.book.plan_of(item).id for number in ids if (item := asking.book.by_id.get(number))}
    if not all(may_administer(asking.asker, asking.book.plan_by_id[number], asking.book) for number in plans):
        raise NotAllowed("undo_not_allowed")
    undone = asking.store.history.undo_step(step, author_of(asking))
    if not undone:
        return _stopped(asking, step)
    after = asking.store.plans.book().by_id
    found = tuple(_set_back(asking.book.by_id.get(number), after.get(number)) for number in ids)
    values = {"found": found, "cancelled": any(entry.field == _CANCELLED for entry in step)}
    return Facts(
        template="undone_items",
        values=values,
        items=tuple(one.now for one in found if one.now),
        changes=tuple(map(item_change, undone)),
    )


def _undo_intake(asking: Asking, step: Step, intake: HistoryEntry) -> Facts:
    plan = next((plan for plan in asking.book.plans if plan.short == intake.subject), None)
    if not may_administer(asking.asker, plan, asking.book):
        raise NotAllowed("import_not_allowed")
    undone = asking.store.history.undo_step(step, author_of(asking))
    if not undone or plan is None:
        return _stopped(asking, step)
    fields = {name: _items_with(step, name) for name in (_ADDED, _REMOVED)}
    touched = {entry.item_id for entry in step if entry.item_id is not None}
    values = {
        "plan": plan,
        "is_new": intake.before is None,
        "items": sum(item.plan_id == plan.id for item in asking.book.items),
        "added": len(fields[_ADDED]),
        "removed": len(fields[_REMOVED]),
        "changed": len(touched - fields[_ADDED] - fields[_REMOVED]),
    }
    return Facts(template="undone_intake", values=values, changes=tuple(map(step_change, undone)))


def _undo_breaks(asking: Asking, step: Step) -> Facts:
    if not may_administer(asking.asker, None, asking.book):
        raise NotAllowed("break_not_allowed")
    undone = asking.store.history.undo_step(step, author_of(asking))
    if not undone:
        return _stopped(asking, step)
    found = [(_kept(entry, entry.before), _kept(entry, entry.after)) for entry in undone]
    return Facts(template="undone_breaks", values={"found": found}, changes=tuple(map(break_change, undone)))


def _kept(entry: HistoryEntry, text: str | None) -> SchoolBreak | None:
    return None if text is None else SchoolBreak.of_text(name_in(entry.subject), text)


def _items_with(step: Step, field: str) -> set[int | None]:
    return {entry.item_id for entry in step if entry.field == field}


def _set_back(was: Item | None, now: Item | None) -> SetBack:
    return SetBack(was=was, now=now, differences=differences(was, now) if was and now else ())


def _in_the_way(asking: Asking, step: Step) -> Step:
    return asking.store.history.in_the_way(step) if step else ()


def _stopped(asking: Asking, step: Step) -> Facts:
    """Tell what has been done since, so that nothing was taken back."""
    since = _in_the_way(asking, step)
    items = [asking.book.by_id.get(entry.item_id) for entry in since if entry.item_id is not None]
    titles = {item.id: item.title for item in items if item}
    values = {"since": since[:_MOST_ROWS], "more": len(since) - _MOST_ROWS, "titles": titles, "zone": zone_of(asking)}
    return Facts(template="undo_in_the_way", values=values)
