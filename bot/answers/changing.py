"""Moving, postponing, cancelling, writing and giving responsibility: what only administrators and owners do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.answers.acting import author_of, item_change
from bot.answers.asking import Asking
from bot.answers.choosing import item_to_change
from bot.answers.doubts import OF_DATES
from bot.answers.facts import Facts, Press
from bot.answers.telling import once_each
from bot.answers.timing import Timing, day_on_button, is_when, timing, to_type
from bot.errors import NotAllowed, TooLong
from bot.history import Change
from bot.messages import Period
from bot.model import Doubt, Entry, Item, Plan
from bot.permissions import may_administer
from bot.proposals.people import groups
from bot.roles import owners_of, role_key, role_named, roles_in
from bot.understanding.commands import typed
from bot.understanding.frame import Intent
from bot.understanding.names import names_of
from bot.understanding.parting import what_and_roles, what_and_text, what_and_when
from bot.understanding.words import plain, words_of

LONGEST_TITLE = 500
_SATURDAY = 5
# What is settled by saying anew when something is.
_OF_TIME = frozenset({*OF_DATES, Doubt.RECURRING})


def move_item(asking: Asking) -> Facts:
    """Move what the words mean to another time; the same once more changes nothing."""
    ask_permission(asking)
    argument = asking.frame.argument
    seen = asking.seen(argument)
    said = what_and_when(argument, lambda words: _is_known(words, asking), lambda words: is_when(words, seen))
    if not said.what:
        return Facts(template="move_what_when", values=_how(asking))
    item = item_to_change(asking, said.what, said.behind)
    if isinstance(item, Facts):
        return item
    ask_permission(asking, item)
    if item.cancelled:
        adds = typed(Intent.NEW_ITEM, asking.frame.language)
        return Facts(template="cancelled_cannot_move", values={"item": item, "adds": adds}, items=(item,))
    if not said.behind:
        return Facts(template="move_when", values={"item": item, **_how(asking, item)}, items=(item,))
    when = timing(said.behind, asking.book.plan_of(item), seen)
    if when.readings:
        return which_day(asking, when, lambda day: f"{item.key} {day}", said.behind)
    return _moved(asking, item, when)


def postpone_item(asking: Asking) -> Facts:
    """Move what the words mean to a later time, told as postponed."""
    return move_item(asking)


def cancel_item(asking: Asking) -> Facts:
    """Cancel what the words mean; it stays in the plan, told as cancelled."""
    ask_permission(asking)
    item = item_to_change(asking, asking.frame.argument)
    if isinstance(item, Facts):
        return item
    ask_permission(asking, item)
    if item.cancelled:
        return unchanged(asking, item)
    entry = asking.store.plans.cancel(item, author_of(asking))
    if entry is None:
        return overtaken(asking, item)
    return told(asking, "item_cancelled", item, (item_change(entry),))


def write_item(asking: Asking) -> Facts:
    """Put other words in place of a title, or into an empty slot."""
    ask_permission(asking)
    said = what_and_text(asking.frame.argument, lambda words: _is_known(words, asking))
    item = item_to_change(asking, said.what, said.behind)
    if isinstance(item, Facts):
        return item
    ask_permission(asking, item)
    text = " ".join(said.behind.split())
    if not text:
        return Facts(template="write_what", values={"item": item, **_how(asking, item)}, items=(item,))
    if len(text) > LONGEST_TITLE:
        raise TooLong("title_too_long", longest=LONGEST_TITLE)
    return corrected(asking, item, replace(item, title=text, doubts=_without_open_title(item)), "item_written")


def assign_item(asking: Asking) -> Facts:
    """Let other roles be responsible for what the words mean; several are parted as a plan's own are."""
    ask_permission(asking)
    said = what_and_roles(
        asking.frame.argument, lambda words: _is_known(words, asking), lambda words: _are_roles(words, asking)
    )
    item = item_to_change(asking, said.what, said.behind)
    if isinstance(item, Facts):
        return item
    ask_permission(asking, item)
    roles = once_each(_as_in_plans(role, asking) for role in groups([said.behind]) if role_key(role))
    if not roles:
        values = {"item": item, "known": [role.name for role in roles_in(asking.book)][:5], **_how(asking, item)}
        return Facts(template="assign_whom", values=values, items=(item,))
    if len(said.behind) > LONGEST_TITLE:
        raise TooLong("title_too_long", longest=LONGEST_TITLE)
    return corrected(asking, item, replace(item, responsible=roles), "item_assigned")


def ask_permission(asking: Asking, item: Item | None = None, plan: Plan | None = None) -> None:
    """Raises NotAllowed unless the asker may change the item's plan; or any plan, where it is not known yet."""
    plan = asking.book.plan_of(item) if item else plan
    if not may_administer(asking.asker, plan, asking.book):
        plans = (plan,) if plan else asking.book.plans
        raise NotAllowed("change_not_allowed", owners=[(one, owners_of(one, asking.book)) for one in plans])


def corrected(asking: Asking, item: Item, entry: Entry, template: str, **more: object) -> Facts:
    """Write the entry in place of the item, and tell what it was and what it is now."""
    if entry == item:
        return unchanged(asking, item)
    entries = asking.store.plans.correct(item, entry, author_of(asking))
    if not entries:
        return overtaken(asking, item)
    return told(asking, template, item, tuple(map(item_change, entries)), **more)


def told(asking: Asking, template: str, before: Item, changes: tuple[Change, ...], **more: object) -> Facts:
    """What was done to an item, with a button that takes it back."""
    after = as_now(asking, before)
    undo = Press(name="undo", says=typed(Intent.UNDO, asking.frame.language))
    values = {"before": before, "after": after, "intent": asking.frame.intent, **more}
    return Facts(template=template, values=values, items=(after,), changes=changes, buttons=(undo,))


def unchanged(asking: Asking, item: Item) -> Facts:
    """What was said is so already."""
    values = {"item": item, "asked_of": asking.frame.intent}
    return Facts(template="unchanged", values=values, items=(item,))


def overtaken(asking: Asking, item: Item) -> Facts:
    """Somebody was faster: nothing is written, and the item is shown as it is now."""
    now = as_now(asking, item)
    newest = next(iter(asking.store.history.of_item(item.id)), None)
    return Facts(template="changed_meanwhile", values={"item": now, "newest": newest}, items=(now,))


def as_now(asking: Asking, item: Item) -> Item:
    """The item after what has just happened; as it was where it is gone."""
    return asking.store.plans.book().by_id.get(item.id, item)


def which_day(asking: Asking, when: Timing, argument: Callable[[str], str], words: str) -> Facts:
    """A weekday that is not that of the date, or a day of several years: none is taken, each has a button.

    `argument` puts a day, as it is typed, where the command has it.
    """
    frame = asking.frame
    buttons = tuple(
        Press(
            name="reading",
            says=typed(frame.intent, frame.language, argument(to_type(day, when.times, frame.language))),
            values={"day": day_on_button(day, frame.language)},
        )
        for day in when.readings
    )
    values = {
        "words": words,
        "days": when.readings,
        "is_of_years": len({(day.month, day.day) for day in when.readings}) == 1,
    }
    return Facts(template="which_day", values=values, buttons=buttons)


def notes_on(plan: Plan, entry: Entry) -> dict[str, object]:
    """What is told of a day that was taken all the same: outside the plan's period, or at a weekend."""
    span, first, last = entry.span, plan.period_start or date.min, plan.period_end or date.max
    day = span.start if span.start == span.end else None
    is_weekend = day is not None and day.weekday() >= _SATURDAY
    return {
        "plan": plan,
        "period": Period(start=plan.period_start, end=plan.period_end),
        "is_outside": span.is_dated and not span.overlaps(first, last),
        "weekend": day if is_weekend else None,
    }


def _moved(asking: Asking, item: Item, when: Timing) -> Facts:
    keeping = tuple(doubt for doubt in item.doubts if doubt not in _OF_TIME)
    entry = when.put_into(item, keeping)
    if _is_same_time(item, entry):
        return unchanged(asking, item)
    return corrected(asking, item, entry, "item_moved", **notes_on(asking.book.plan_of(item), entry))


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


def has_open_title(item: Item) -> bool:
    """Whether what is not settled is what it is about ("Tema?"), and not when it is."""
    return Doubt.TENTATIVE in item.doubts and item.title.rstrip().endswith("?")


def _how(asking: Asking, item: Item | None = None) -> dict[str, object]:
    """How the command is typed, about the item or one that there is."""
    frame = asking.frame
    example = item or next((one for one in asking.book.items if one.kind.is_markable), None)
    is_postponed = frame.intent is Intent.POSTPONE_ITEM
    return {
        "says": typed(frame.intent, frame.language, item.key if item else ""),
        "key": example.key if example else "",
        "is_postponed": is_postponed,
    }


def _is_known(words: str, asking: Asking) -> bool:
    """Whether the words are a key, or the whole title of an item."""
    said = plain(words).strip(" .:")
    if words.casefold() in asking.book.by_key or any(plain(item.title) == said for item in asking.book.items):
        return True
    return bool(words) and names_of(asking.book).is_title(words_of(words))


def _are_roles(words: str, asking: Asking) -> bool:
    named = groups([words])
    return bool(named) and all(role_named(name, asking.book) for name in named)


def _as_in_plans(name: str, asking: Asking) -> str:
    """The role as the plans mostly write it, where they know it."""
    known = role_named(name, asking.book)
    return known.name if known else name
