"""What all changes of an item have in common: who may, what is written, and how it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from bot.answers.acting import author_of, item_change
from bot.answers.asking import Asking
from bot.answers.choosing import items_named
from bot.answers.facts import Facts, Press
from bot.answers.marking import takes_back
from bot.answers.scope import is_over
from bot.answers.timing import Timing, day_on_button, to_type
from bot.errors import NotAllowed
from bot.history import HistoryEntry
from bot.messages import Period
from bot.model import Doubt, Entry, Item, Plan, Status
from bot.permissions import may_administer
from bot.roles import owners_of
from bot.understanding.commands import typed
from bot.understanding.frame import Intent
from bot.understanding.names import names_of
from bot.understanding.words import plain, words_of

LONGEST_TITLE = 500
_SATURDAY = 5


def ask_permission(asking: Asking, item: Item | None = None, plan: Plan | None = None, what: str = "") -> None:
    """Raises NotAllowed unless the asker may change the item's plan; or any plan, where it is not known yet.

    The refusal names the owners of that plan; where it is not known, of the plans that have what the words name.
    """
    plan = asking.book.plan_of(item) if item else plan
    if may_administer(asking.asker, plan, asking.book):
        return
    plans = (plan,) if plan else _concerned(asking, what)
    raise NotAllowed("change_not_allowed", owners=[(one, owners_of(one, asking.book)) for one in plans])


def _concerned(asking: Asking, what: str) -> tuple[Plan, ...]:
    """The plans that have what the words name; else those that are not over."""
    items = items_named(asking, what) if what else ()
    named = tuple(dict.fromkeys(asking.book.plan_of(item) for item in items))
    near = asking.near.plans
    return named or tuple(plan for plan in near if not is_over(plan, asking.today)) or near


def corrected(asking: Asking, item: Item, entry: Entry, template: str, **more: object) -> Facts:
    """Write the entry in place of the item, and tell what it was and what it is now."""
    if entry == item:
        return unchanged(asking, item)
    entries = asking.store.plans.correct(item, entry, author_of(asking))
    if not entries:
        return overtaken(asking, item)
    return told(asking, template, item, entries, **more)


def told(asking: Asking, template: str, before: Item, entries: Sequence[HistoryEntry], **more: object) -> Facts:
    """What was done to an item, with a button that takes back just that."""
    after = as_now(asking, before)
    undo = Press(name="undo", says=takes_back(asking, entries[0].step))
    values = {"before": before, "after": after, "intent": asking.frame.intent, **more}
    changes = tuple(map(item_change, entries))
    return Facts(template=template, values=values, items=(after,), changes=changes, buttons=(undo,))


def behind_it(asking: Asking, item: Item) -> dict[str, object]:
    """What is told of a change of what is over or done already: it may have been meant of another."""
    last = item.span.end or item.span.start
    return {"was_past": last is not None and last < asking.today, "was_done": item.status is Status.DONE}


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


def notes_on(asking: Asking, plan: Plan, entry: Entry) -> dict[str, object]:
    """What is told of a day that was taken all the same: outside the plan's period, at a weekend, or gone by."""
    span, first, last = entry.span, plan.period_start or date.min, plan.period_end or date.max
    day = span.start if span.start == span.end else None
    is_weekend = day is not None and day.weekday() >= _SATURDAY
    return {
        "plan": plan,
        "period": Period(start=plan.period_start, end=plan.period_end),
        "is_outside": span.is_dated and not span.overlaps(first, last),
        "weekend": day if is_weekend else None,
        "is_gone": span.end is not None and span.end < asking.today,
    }


def has_open_title(item: Item) -> bool:
    """Whether what is not settled is what it is about ("Tema?"), and not when it is."""
    return Doubt.TENTATIVE in item.doubts and item.title.rstrip().endswith("?")


def how(asking: Asking, item: Item | None = None) -> dict[str, object]:
    """Return how the command is typed, about the item or one that there is."""
    frame = asking.frame
    example = item or next((one for one in asking.book.items if one.kind.is_markable), None)
    is_postponed = frame.intent is Intent.POSTPONE_ITEM
    return {
        "says": typed(frame.intent, frame.language, item.key if item else ""),
        "key": example.key if example else "",
        "is_postponed": is_postponed,
    }


def is_known(words: str, asking: Asking) -> bool:
    """Whether the words are a key, or the whole title of an item."""
    said = plain(words).strip(" .:")
    if words.casefold() in asking.book.by_key or any(plain(item.title) == said for item in asking.book.items):
        return True
    return bool(words) and names_of(asking.book).is_title(words_of(words))
