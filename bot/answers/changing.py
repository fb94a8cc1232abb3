"""Moving, postponing, cancelling and writing: what only administrators and owners do."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.acting import author_of
from bot.answers.acts import (
    LONGEST_TITLE,
    ask_permission,
    behind_it,
    corrected,
    has_open_title,
    how,
    is_known,
    notes_on,
    overtaken,
    told,
    unchanged,
    which_day,
)
from bot.answers.asking import Asking
from bot.answers.choosing import item_to_change
from bot.answers.doubts import OF_DATES
from bot.answers.facts import Facts, Press
from bot.answers.shifting import shifted
from bot.answers.timing import Timing, day_on_button, is_when, timing
from bot.errors import TooLong
from bot.model import Doubt, Entry, Item
from bot.understanding.commands import typed
from bot.understanding.frame import Intent
from bot.understanding.parting import Parted, what_and_text, what_and_when
from bot.understanding.shifts import Shift, shift_in

# What is settled by saying anew when something is.
_OF_TIME = frozenset({*OF_DATES, Doubt.RECURRING})


def move_item(asking: Asking) -> Facts:
    """Move what the words mean to another time; the same once more changes nothing."""
    said = _what_and_when(asking)
    ask_permission(asking, what=said.what)
    if not said.what:
        return Facts(template="move_what_when", values=how(asking))
    item = item_to_change(asking, said.what, said.behind)
    if isinstance(item, Facts):
        return item
    ask_permission(asking, item)
    if item.cancelled:
        adds = typed(Intent.NEW_ITEM, asking.frame.language)
        return Facts(template="cancelled_cannot_move", values={"item": item, "adds": adds}, items=(item,))
    shift = shift_in(said.behind)
    if shift is not None:
        return _shifted(asking, item, shift)
    return _moved_to(asking, item, said.behind) if said.behind else _to_when(asking, item)


def postpone_item(asking: Asking) -> Facts:
    """Move what the words mean to a later time, told as postponed."""
    return move_item(asking)


def cancel_item(asking: Asking) -> Facts:
    """Cancel what the words mean; it stays in the plan, told as cancelled."""
    ask_permission(asking, what=asking.frame.argument)
    item = item_to_change(asking, asking.frame.argument)
    if isinstance(item, Facts):
        return item
    ask_permission(asking, item)
    if item.cancelled:
        return unchanged(asking, item)
    entry = asking.store.plans.cancel(item, author_of(asking))
    if entry is None:
        return overtaken(asking, item)
    return told(asking, "item_cancelled", item, (entry,), **behind_it(asking, item))


def delete_item(asking: Asking) -> Facts:
    """Tell that nothing is deleted from a plan, and offer to cancel what the words mean."""
    ask_permission(asking, what=asking.frame.argument)
    item = item_to_change(asking, asking.frame.argument)
    if isinstance(item, Facts):
        return item
    ask_permission(asking, item)
    says = typed(Intent.CANCEL_ITEM, asking.frame.language, item.key)
    buttons = () if item.cancelled else (Press(name="cancel_item", says=says, values={"item": item}, is_choice=True),)
    return Facts(template="delete_item", values={"item": item, "says": says}, items=(item,), buttons=buttons)


def write_item(asking: Asking) -> Facts:
    """Put other words in place of a title, or into an empty slot."""
    said = what_and_text(asking.frame.argument, lambda words: is_known(words, asking))
    ask_permission(asking, what=said.what)
    item = item_to_change(asking, said.what, said.behind)
    if isinstance(item, Facts):
        return item
    ask_permission(asking, item)
    text = " ".join(said.behind.split())
    if not text:
        return Facts(template="write_what", values={"item": item, **how(asking, item)}, items=(item,))
    if len(text) > LONGEST_TITLE:
        raise TooLong("title_too_long", longest=LONGEST_TITLE)
    return corrected(asking, item, replace(item, title=text, doubts=_without_open_title(item)), "item_written")


def _what_and_when(asking: Asking) -> Parted:
    argument = asking.frame.argument
    seen = asking.seen(argument)
    return what_and_when(
        argument,
        is_known=lambda words: is_known(words, asking),
        is_when=lambda words: is_when(words, seen) or shift_in(words) is not None,
        is_step=lambda words: shift_in(words) is not None,
    )


def _to_when(asking: Asking, item: Item) -> Facts:
    return Facts(template="move_when", values={"item": item, **how(asking, item)}, items=(item,))


def _shifted(asking: Asking, item: Item, shift: Shift) -> Facts:
    """Move it so far from its own day; a way that may be meant both forwards and back is asked about."""
    ways = shifted(item, shift, asking.frame.language)
    if not ways:
        return _to_when(asking, item)
    if len(ways) == 1:
        return _moved_to(asking, item, ways[0].words)
    frame = asking.frame
    buttons = tuple(
        Press(
            name="reading",
            says=typed(frame.intent, frame.language, f"{item.key} {way.words}"),
            values={"day": day_on_button(way.day, frame.language)},
            is_choice=True,
        )
        for way in ways
    )
    values = {"item": item, "days": [way.day for way in ways]}
    return Facts(template="which_way", values=values, items=(item,), buttons=buttons)


def _moved_to(asking: Asking, item: Item, words: str) -> Facts:
    when = timing(words, asking.book.plan_of(item), asking.seen(words))
    if when.readings:
        return which_day(asking, when, lambda day: f"{item.key} {day}", words)
    return _moved(asking, item, when)


def _moved(asking: Asking, item: Item, when: Timing) -> Facts:
    keeping = tuple(doubt for doubt in item.doubts if doubt not in _OF_TIME)
    entry = when.put_into(item, keeping)
    if _is_same_time(item, entry):
        return unchanged(asking, item)
    notes = {**notes_on(asking, asking.book.plan_of(item), entry), **behind_it(asking, item)}
    return corrected(asking, item, entry, "item_moved", **notes)


def _is_same_time(item: Entry, entry: Entry) -> bool:
    """Whether both are at the same time and as sure of it, in whatever words."""
    one, other = (
        (it.span.start, it.span.end, it.span.precision, it.span.uncertain, it.span.other, it.time_start, it.time_end)
        for it in (item, entry)
    )
    is_vague = entry.span.precision.is_vague and not entry.span.is_dated
    return one == other and item.doubts == entry.doubts and (not is_vague or item.span.text == entry.span.text)


def _without_open_title(item: Item) -> tuple[Doubt, ...]:
    """The doubts without those that a title settles."""
    settled = (Doubt.EMPTY_SLOT, Doubt.TENTATIVE) if has_open_title(item) else (Doubt.EMPTY_SLOT,)
    return tuple(doubt for doubt in item.doubts if doubt not in settled)
