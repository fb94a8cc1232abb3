"""What has changed in the plans since a day: what is done, moved, cancelled, new or gone, and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.answers.acting import zone_of
from bot.answers.asking import Asking
from bot.answers.events import events_in_span
from bot.answers.facts import Facts
from bot.answers.scope import is_about
from bot.history import Development
from bot.messages import Period
from bot.model import Entry, Item, Plan, Status
from bot.proposals.differences import DOUBTS, Difference, differences

_LOOKS_BACK = timedelta(days=7)
_HOW = ("done", "started", "opened", "dropped", "next_year", "cancelled", "revived", "moved", "added", "gone")
_DONE = ("done", "started")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An item that is otherwise than it was; `item` is as it is, or was where it is gone."""

    item: Item
    development: Development
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A document that was taken in: a new plan, or a new version of one."""

    plan: Plan
    is_new: bool
    by: str
    at: datetime


def changes_since(asking: Asking) -> Facts:
    """Return what is otherwise than it was when the time asked for began, a week ago where none is named.

    What lies ahead has no changes yet: of that, what happens then is told.
    """
    period = _asked(asking)
    if period.start is not None and period.start > asking.today:
        return events_in_span(asking)
    first, until = _moments(period, asking)
    found = [one for one in asking.store.history.developments(first, until) if _is_asked_about(asking, one)]
    told = _DONE if asking.frame.state == "done" else _HOW
    parts = {how: _those(how, found) if how in told else () for how in _HOW}
    shown = tuple(one.item for how, some in parts.items() if how != "gone" for one in some)
    values = {
        **parts,
        "period": period,
        "state": asking.frame.state,
        "intakes": _intakes(asking, first, until),
        "zone": zone_of(asking),
    }
    return Facts(template="changes_since", values=values, period=period, items=shown)


def _asked(asking: Asking) -> Period:
    when = asking.frame.when
    if when is None or when.period.start is None:
        return Period(start=asking.today - _LOOKS_BACK, end=None)
    return when.period


def _moments(period: Period, asking: Asking) -> tuple[datetime, datetime]:
    """The first moment of the first day, and that after the last day."""
    zone = asking.message.now.tzinfo
    last = min(period.end or asking.today, asking.today)
    first = datetime.combine(period.start or date.min, time.min, zone)
    return first, datetime.combine(last + timedelta(days=1), time.min, zone)


def _is_asked_about(asking: Asking, one: Development) -> bool:
    item = one.now or one.was
    return item is not None and item.plan_id in asking.book.plan_by_id and is_about(asking.frame)(item)


def _those(how: str, found: Iterable[Development]) -> tuple[Changed, ...]:
    return tuple(changed for one in found if (changed := _changed(one)) is not None and _how(changed) == how)


def _changed(one: Development) -> Changed | None:
    item = one.now or one.was
    if item is None:
        return None
    return Changed(item=item, development=one, differences=_differences(one.was, one.now))


def _differences(was: Entry | None, now: Entry | None) -> tuple[Difference, ...]:
    """What a planner would call a change; that a doubt is settled shows in what it was about."""
    if was is None or now is None:
        return ()
    return tuple(one for one in differences(was, now) if one.field != DOUBTS)


def _how(changed: Changed) -> str:
    """The one thing to tell of an item: the strongest of all that became of it."""
    was, now = changed.development.was, changed.development.now
    if now is None:
        return "gone"
    if was is None:
        return "added"
    if was.cancelled != now.cancelled:
        return "cancelled" if now.cancelled else "revived"
    if was.status is not now.status:
        return "opened" if now.status is Status.OPEN else now.status
    return "moved" if changed.differences else "nothing"


def _intakes(asking: Asking, first: datetime, until: datetime) -> tuple[Intake, ...]:
    plans = {plan.short: plan for plan in asking.book.plans if not asking.frame.plans or plan.id in asking.frame.plans}
    if asking.frame.state == "done" or asking.frame.items:
        return ()
    return tuple(
        Intake(plan=plans[entry.subject], is_new=entry.before is None, by=entry.by.name, at=entry.at)
        for entry in asking.store.history.intakes(first, until)
        if entry.subject in plans
    )
