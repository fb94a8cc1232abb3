"""Which items a question is about: by what it names, by the time it asks for, and by which plans still hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from bot.answers.asking import Asking
from bot.answers.narrowing import is_such
from bot.messages import Period
from bot.model import Book, Doubt, Item, Kind, Plan, Precision
from bot.understanding.frame import Frame
from bot.understanding.words import plain

PLANNED = (Kind.EVENT, Kind.MEASURE)
_DATED_KINDS = (Kind.EVENT, Kind.MEASURE, Kind.MODULE, Kind.MILESTONE, Kind.RESPONSIBILITY)


def first_day(item: Item) -> date:
    """Return the first day to sort by; an item that has only a last day stands there, one without days last."""
    return item.span.start or item.span.end or date.max


def last_day(item: Item, book: Book) -> date:
    """Return the last day; an open side ends with the plan."""
    if item.span.end is not None:
        return item.span.end
    period_end = book.plan_of(item).period_end
    return max(period_end, item.span.start) if period_end and item.span.start else date.max


def earliest_day(item: Item) -> date:
    """Return the first day by either reading of a doubtful one."""
    return min(first_day(item), item.span.other or date.max)


def latest_day(item: Item, book: Book) -> date:
    """Return the last day by either reading of a doubtful one."""
    return max(last_day(item, book), item.span.other or date.min)


def is_within(item: Item, period: Period, book: Book) -> bool:
    """Whether a day of the item lies in the period, by either reading of a doubtful one; of a deadline just that."""
    first, last = period.start or date.min, period.end or date.max
    if not item.span.is_dated:
        return False
    if item.span.other is not None and first <= item.span.other <= last:
        return True
    return first_day(item) <= last and last_day(item, book) >= first


def is_deadline(item: Item) -> bool:
    """Whether it is a milestone on a certain day: a deadline, which nobody comes to but all must know of."""
    return item.kind is Kind.MILESTONE and item.span.precision is Precision.DAY


def is_over(plan: Plan, day: date) -> bool:
    """Whether the plan's period was over before that day."""
    return plan.period_end is not None and plan.period_end < day


def names_something(frame: Frame) -> bool:
    """Whether the question names anything in the plans: what is asked of no name is asked of all."""
    return bool(frame.items or frame.roles or frame.audience or frame.region or frame.areas)


def in_plans(asking: Asking, items: Iterable[Item]) -> tuple[Item, ...]:
    """Return the items of the plans that are asked (`current_plans`).

    What is named by its title, and only plans that are over have, is named well enough to be told of.
    """
    chosen, plans = tuple(items), frozenset(plan.id for plan in current_plans(asking))
    asked = tuple(item for item in chosen if item.plan_id in plans)
    is_named = asking.frame.items and not asking.frame.plans
    return asked or (tuple(item for item in chosen if item.id in asking.frame.items) if is_named else ())


def current_plans(asking: Asking) -> tuple[Plan, ...]:
    """Return the plans that are asked: those named, else those that are not over or had days in the time asked for."""
    if asking.frame.plans:
        return tuple(plan for plan in asking.book.plans if plan.id in asking.frame.plans)
    first = _first_asked(asking)
    return tuple(plan for plan in asking.book.plans if not is_over(plan, first))


def _first_asked(asking: Asking) -> date:
    """The first day that is asked for, today where none is; "innen november" looks ahead, "før 2023" back."""
    when = asking.frame.when
    if when is None:
        return asking.today
    period = school_year_of(when.period, asking) if when.is_this_year else when.period
    is_back = period.end is not None and period.end < asking.today
    return min(period.start or (date.min if is_back else asking.today), asking.today)


def named(asking: Asking, items: Iterable[Item]) -> tuple[Item, ...]:
    """Return those of the items that the question names by title, group, region, role or plan; all if it names none."""
    about = is_about(asking.frame)
    return tuple(item for item in items if about(item))


def is_about(frame: Frame) -> Callable[[Item], bool]:
    """Return whether an item is what the question names; everything is, where it names nothing."""
    ids, groups, roles = frozenset(frame.items), frozenset(frame.audience), frozenset(frame.roles)
    if frame.state != "except" and not (ids or groups or roles or frame.plans or frame.region or frame.only):
        return lambda item: True
    such = is_such(frame.only)

    def about(item: Item) -> bool:
        if frame.plans and item.plan_id not in frame.plans:
            return False
        if (frame.region and item.region != frame.region) or not such(item):
            return False
        if not ids and not groups and not roles:
            return True
        is_for = not groups.isdisjoint(item.audience) or item.location in groups
        return item.id in ids or is_for or _has_role(item, roles, bool(ids or groups))

    if frame.state == "except":
        return lambda item: not about(item) and (not frame.plans or item.plan_id in frame.plans)
    return about


def _has_role(item: Item, roles: frozenset[str], is_named_otherwise: bool) -> bool:
    return not is_named_otherwise and not roles.isdisjoint(item.responsible)


def occasions(asking: Asking) -> tuple[Item, ...]:
    """Return what the question names, of the kind that matters most: what people come to before work, before the rest.

    Without a name: all events, for the group or region that is asked. Parts of another item are left out.
    """
    frame = asking.frame
    if frame.items:
        chosen = named_items(asking)
    else:
        kinds = tuple(kind for kind in frame.kinds if kind in _DATED_KINDS) or (Kind.EVENT,)
        chosen = tuple(item for item in named(asking, asking.book.items) if item.kind in kinds)
    chosen = without_parts(in_plans(asking, chosen))
    return most_fitting(chosen)


def named_items(asking: Asking) -> tuple[Item, ...]:
    """Return the items that the question's names point to, best first, of its region and plans; cancelled ones too."""
    frame, by_id = asking.frame, asking.book.by_id
    items = filter(is_such(frame.only), (by_id[number] for number in frame.items if number in by_id))
    return tuple(
        item
        for item in items
        if (not frame.region or item.region == frame.region) and (not frame.plans or item.plan_id in frame.plans)
    )


def most_fitting(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the events if there are dated ones, else measures and the like with a date, else events, else all."""
    for wanted in (
        lambda item: item.kind is Kind.EVENT and item.span.is_dated,
        lambda item: item.kind in _DATED_KINDS and item.span.is_dated,
        lambda item: item.kind in PLANNED,
    ):
        found = tuple(filter(wanted, items))
        if found:
            return found
    return items


def undated_beside(asking: Asking, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return what has no date, but title and plan of an item that has: the same meeting in other regions."""
    called = {(item.plan_id, item.kind, item.title) for item in items if item.span.is_dated}
    return tuple(
        item
        for item in named(asking, asking.book.items)
        if not item.span.is_dated and (item.plan_id, item.kind, item.title) in called
    )


def without_parts(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the items without those that are a part of another of them ("Samling 1, del 1")."""
    wholes: dict[tuple[int, date | None], list[Item]] = {}
    for item in items:
        wholes.setdefault((item.plan_id, item.span.start), []).append(item)
    return tuple(
        item
        for item in items
        if not item.area or not any(_is_part(item, whole) for whole in wholes[item.plan_id, item.span.start])
    )


def _is_part(item: Item, whole: Item) -> bool:
    return item.id != whole.id and item.area != whole.area and whole.title.startswith(item.area or "")


def with_alternatives(items: Iterable[Item], book: Book) -> tuple[Item, ...]:
    """Return the items, and those that are other days to choose from for one of them."""
    chosen = tuple(items)
    names = {_choice_name(item) for item in chosen} - {None}
    more = (item for item in book.items if names and _choice_name(item) in names and item not in chosen)
    return (*chosen, *(item for item in more if not item.cancelled))


def _choice_name(item: Item) -> tuple[int, str] | None:
    """What the days of one choice share, each in a row of its own."""
    return (item.plan_id, plain(item.title)) if Doubt.ALTERNATIVE_DATES in item.doubts else None


def in_asked_time(asking: Asking, items: Iterable[Item]) -> tuple[Item, ...]:
    """Return the items within the time that the question names; all of them where it names none."""
    period = time_asked_for(asking)
    if period is None:
        return tuple(items)
    return tuple(item for item in items if is_within(item, period, asking.book))


def time_asked_for(asking: Asking) -> Period | None:
    """Return the days that the question names, None where it names none; "i år" is the school year of the plans."""
    when = asking.frame.when
    if when is None:
        return None
    return school_year_of(when.period, asking) if when.is_this_year else when.period


def in_period(asking: Asking, items: Iterable[Item], period: Period) -> tuple[Item, ...]:
    """Return the items that have a day in the period."""
    return tuple(item for item in items if is_within(item, period, asking.book))


def in_asked_time_of_any_year(asking: Asking, items: Iterable[Item]) -> tuple[Item, ...]:
    """Return the items within the time; if there is none, those a year before, as "fagdagen i august" may be over."""
    chosen = tuple(items)
    within, when = in_asked_time(asking, chosen), asking.frame.when
    if within or when is None or when.period.start is None or when.period.end is None:
        return within
    before = Period(start=_a_year_before(when.period.start), end=_a_year_before(when.period.end))
    return tuple(item for item in chosen if is_within(item, before, asking.book))


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def school_year_of(period: Period, asking: Asking) -> Period:
    """Return the year that "i år" means: the plans' own, where one is under way and is no calendar year."""
    for plan in asking.book.plans:
        first, last = plan.period_start, plan.period_end
        if first and last and first <= asking.today <= last and (last - first).days < 400:
            return Period(start=first, end=last)
    return period


def soonest_first(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return the items by their first day; those without days last, by their place in the plan."""
    return tuple(sorted(items, key=lambda item: (first_day(item), item.time_start is None, item.time_start, item.id)))
