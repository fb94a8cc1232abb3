"""A new event, typed in chat: in the plan that is named, the only one, or the one whose period holds its day."""

from __future__ import annotations

from collections.abc import Callable

from bot.answers.acting import author_of
from bot.answers.acts import LONGEST_TITLE, ask_permission, notes_on, told, unchanged, which_day
from bot.answers.asking import Asking
from bot.answers.facts import Facts, Press
from bot.answers.scope import is_over
from bot.answers.timing import Timing, is_when, timing
from bot.errors import NotAllowed, NotFound, TooLong
from bot.importing import plan_named
from bot.model import Entry, Item, Kind, Plan
from bot.permissions import may_administer
from bot.understanding.commands import typed, typed_in_plan
from bot.understanding.holding import quoted
from bot.understanding.parting import Parted, title_and_when, without_plan


def new_item(asking: Asking) -> Facts:
    """Add an event with a title and a time; the same once more changes nothing."""
    ask_permission(asking)
    words, named = without_plan(asking.frame.argument, lambda name: named_plan(name, asking) is not None)
    seen = asking.seen(words)
    said = title_and_when(words, lambda text: is_when(text, seen))
    if not said.what or not said.behind:
        return _what_is_missing(asking, said)
    if len(said.what) > LONGEST_TITLE:
        raise TooLong("title_too_long", longest=LONGEST_TITLE)
    plans = plans_for(asking, named, said.behind)
    if len(plans) != 1:
        return which_plan(asking, plans, said.what, lambda plan: _typed(asking, said, said.behind, plan))
    ask_permission(asking, plan=plans[0])
    when = timing(said.behind, plans[0], seen)
    if when.readings:
        return which_day(asking, when, lambda day: _typed(asking, said, day, plans[0]), said.behind)
    if when.span is None:
        return _what_is_missing(asking, Parted(what=said.what))
    return added(asking, plans[0], when.put_into(Entry(kind=Kind.EVENT, title=said.what), ()))


def added(asking: Asking, plan: Plan, entry: Entry) -> Facts:
    """Add the entry to the plan, and tell of it; what is there already is only told."""
    known = _already(asking, plan, entry)
    if known is not None:
        return unchanged(asking, known)
    item, noted = asking.store.plans.add(plan, entry, author_of(asking))
    if noted is None:  # somebody was faster
        return unchanged(asking, item)
    return told(asking, "item_added", item, (noted,), **notes_on(asking, plan, entry))


def _already(asking: Asking, plan: Plan, entry: Entry) -> Item | None:
    """One of that kind and title at that time, in whatever words the time was given."""
    return next(
        (
            item
            for item in asking.book.items
            if item.plan_id == plan.id
            and item.kind is entry.kind
            and not item.cancelled
            and item.title.casefold() == entry.title.casefold()
            and (item.span.start, item.span.end) == (entry.span.start, entry.span.end)
            and (item.time_start, item.time_end) == (entry.time_start, entry.time_end)
            and (item.span.is_dated or item.span.text == entry.span.text)
        ),
        None,
    )


def plans_for(asking: Asking, named: str, when: str) -> tuple[Plan, ...]:
    """The plan that is named; else those that the asker may change: that the channel follows, that hold the day."""
    plan = named_plan(named, asking) if named else None
    if plan is not None:
        return (plan,)
    seen = asking.seen(when)
    every = tuple(plan for plan in asking.book.plans if may_administer(asking.asker, plan, asking.book))
    own = tuple(plan for plan in every if plan.id in asking.near.plan_by_id) or every
    if not own and asking.book.plans:
        raise NotAllowed("change_not_allowed", owners=())
    current = tuple(plan for plan in own if not is_over(plan, asking.today)) or own
    if not when:
        return current
    from_today = timing(when, None, seen)  # "14. mars" is the next one, if any plan holds that
    holding = tuple(plan for plan in own if _holds(plan, from_today))
    return holding or tuple(plan for plan in current if _holds(plan, timing(when, plan, seen))) or current


def _holds(plan: Plan, when: Timing) -> bool:
    """Whether the time lies in the plan's period: some day of it, by any reading."""
    first, last = plan.period_start, plan.period_end
    if first is None or last is None:
        return False
    days = any(first <= day <= last for day in when.readings)
    return days or (when.span is not None and when.span.overlaps(first, last))


def named_plan(name: str, asking: Asking) -> Plan | None:
    """Return the plan that goes by the name; None where there is no such."""
    try:
        return plan_named(asking.book, name)
    except NotFound:
        return None


def which_plan(asking: Asking, plans: tuple[Plan, ...], title: str, argument: Callable[[Plan], str]) -> Facts:
    """Ask which of the plans it is for; `argument` is the command's for each of them."""
    buttons = (
        Press(
            name="plan",
            says=typed(asking.frame.intent, asking.frame.language, argument(plan)),
            values={"plan": plan},
        )
        for plan in plans
    )
    return Facts(template="which_plan_new", values={"title": title, "plans": plans}, buttons=tuple(buttons))


def _typed(asking: Asking, said: Parted, when: str, plan: Plan) -> str:
    return f"{quoted(said.what)} {when} {typed_in_plan(asking.frame.language, plan.short)}"


def _what_is_missing(asking: Asking, said: Parted) -> Facts:
    says = typed(asking.frame.intent, asking.frame.language)
    return Facts(template="new_what_when", values={"title": said.what, "says": says})
