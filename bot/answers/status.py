"""How far things have come: the asker's own measures, and the plans as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.answers.acting import zone_of
from bot.answers.asking import Asking
from bot.answers.closed_channels import why_closed
from bot.answers.digests import last_came, subscription_here
from bot.answers.doubts import gravest
from bot.answers.evaluation import evaluation_soon
from bot.answers.facts import Facts, Press
from bot.answers.scope import current_plans, in_asked_time, last_day, without_parts
from bot.answers.telling import role_to_give
from bot.days_off import days_off
from bot.digest import Subscription, is_unfinished_work
from bot.due import next_day
from bot.model import Book, Item, Kind, Person, Plan, Status
from bot.permissions import may_administer, may_mark, may_mark_whole, own_units
from bot.places import units_left
from bot.roles import owners_of, roles_held_by, vacant_in
from bot.understanding.commands import typed
from bot.understanding.frame import Intent
from bot.units import Unit

_OPEN = (Status.OPEN, Status.STARTED)
_MOST_BUTTONS = 5
_MOST_VACANT = 5
_MOST_MISSING = 5
_SPOKEN_OF = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a plan has come: how many items can be marked, are done, set aside, late and in doubt, and meetings held.

    What is set aside is none of those that can be marked. `vacant` are the roles that nobody holds.
    """

    plan: Plan
    markable: int
    done: int
    dropped: int
    next_year: int
    meetings: int
    held: int
    late: int
    doubtful: int
    is_over: bool
    owners: tuple[Person, ...]
    vacant: tuple[str, ...]


def my_measures(asking: Asking) -> Facts:
    """Tell what the asker's roles are responsible for and nobody has marked as done, soonest first."""
    roles = roles_held_by(asking.asker, asking.book)
    # An administrator may mark everything, and is still only responsible for what their roles are.
    person = Person(id=asking.asker.id, name=asking.asker.name)
    own = [item for item in asking.book.items if item.status in _OPEN and item.kind.is_markable and not item.cancelled]
    own = list(in_asked_time(asking, own))
    left = {item.id: _own_left(person, item, asking.book) for item in own}
    mine = sorted((item for item in own if left[item.id] or may_mark_whole(person, item, asking.book)), key=_when)
    late = tuple(item for item in mine if _is_late(item, asking.today))
    dated = tuple(item for item in mine if item not in late and item.span.is_dated)
    undated = tuple(item for item in mine if not item.span.is_dated)
    values = {
        "roles": tuple(dict.fromkeys(role.name for role in roles)),
        "answers_for": any(may_mark(person, item, asking.book) for item in asking.book.items if item.kind.is_markable),
        "late": late,
        "dated": dated,
        "undated": undated,
        "left": left,
        "gives": typed(Intent.GIVE_ROLE, asking.frame.language, f"{role_to_give(asking)} {asking.asker.name}"),
        "book": asking.book,
    }
    items = (*late, *dated, *undated)
    return Facts(template="my_measures", values=values, items=items, buttons=done_buttons(asking, items))


def _own_left(person: Person, item: Item, book: Book) -> tuple[Unit, ...]:
    """The units that the person leads and that have not done their part of the item."""
    left = units_left(item, book)
    return tuple(unit for unit in own_units(person, item, book) if unit in left)


def plan_status(asking: Asking) -> Facts:
    """Tell how far each plan has come, and when the next digest here is and the last one was."""
    message, digests, channel = asking.message, asking.store.digests, subscription_here(asking)
    is_off = days_off(asking.book)
    coming = next_day(channel, digests.last_day(channel), message.now, is_off) if channel else None
    values = {
        "most": _MOST_VACANT,
        "lists": typed(Intent.ROLES, asking.frame.language),
        "plans": [_progress(plan, asking.book, asking.today) for plan in _meant(asking)],
        "is_in_channel": message.channel is not None or channel is not None,
        "digest": channel,
        "coming": coming,
        "came": last_came(asking, channel),
        "zone": zone_of(asking),
        "missing": digests_missing(asking, channel),
        "evaluations": evaluation_soon(asking.book, asking.book.plans, asking.today),
    }
    return Facts(template="plan_status", values=values)


def digests_missing(asking: Asking, channel: Subscription | None) -> list[dict[str, object]]:
    """The digests of the last weeks that never came here, for whoever can do something about it."""
    if channel is None or not may_administer(asking.asker, None, asking.book):
        return []
    found = asking.store.digests.missing(channel, asking.today - _SPOKEN_OF)
    return [{"day": one.day, "state": one.state, "reason": one.reason, "why": why_closed(one.reason)} for one in found][
        :_MOST_MISSING
    ]


def _meant(asking: Asking) -> tuple[Plan, ...]:
    """Every plan for the command; for "hvordan ligger vi an?" those named, or that hold now."""
    if asking.frame.state != "current":
        return asking.book.plans
    return current_plans(asking) or asking.book.plans


def done_buttons(asking: Asking, items: Iterable[Item]) -> tuple[Press, ...]:
    """Return a button for each of the first items that marks it as done."""
    language = asking.frame.language
    return tuple(
        Press(name="done_item", says=typed(Intent.MARK_DONE, language, item.key), values={"item": item})
        for item in tuple(items)[:_MOST_BUTTONS]
    )


def _progress(plan: Plan, book: Book, today: date) -> Progress:
    items = [item for item in book.items if item.plan_id == plan.id and not item.cancelled]
    all_markable = [item for item in items if item.kind.is_markable]
    markable = [item for item in all_markable if not item.is_off]
    meetings = without_parts(tuple(item for item in markable if item.kind is Kind.EVENT))
    return Progress(
        plan=plan,
        markable=len(markable),
        done=sum(item.status is Status.DONE for item in markable),
        dropped=sum(item.status is Status.DROPPED for item in all_markable),
        next_year=sum(item.status is Status.NEXT_YEAR for item in all_markable),
        meetings=len(meetings),
        held=sum(item.span.is_dated and last_day(item, book) < today for item in meetings),
        late=sum(is_unfinished_work(item) and _is_late(item, today) for item in markable),
        doubtful=sum(gravest(item) is not None for item in items),
        is_over=plan.period_end is not None and plan.period_end < today,
        owners=owners_of(plan, book),
        vacant=vacant_in((item for item in items if not item.is_off), book),
    )


def _is_late(item: Item, today: date) -> bool:
    return item.span.end is not None and item.span.end < today


def _when(item: Item) -> tuple[date, str]:
    return (item.span.start or item.span.end or date.max, item.title)
