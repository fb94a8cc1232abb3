"""Who is to be reminded of what, and when: pure functions of plans, settings and now."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from importlib.resources import files

from bot.days_off import days_off
from bot.digest import monday_of
from bot.model import Book, Doubt, Item, Kind, Language, Person, Plan, Platform, Precision, Status
from bot.permissions import own_units, responsible_people
from bot.places import units_left
from bot.reminding import Account, Quiet, Reminding, Vacancy
from bot.roles import owners_of, role_key, vacant_in
from bot.school_years import on_day
from bot.time.calendar import DAY, WEEK
from bot.units import school_year_of

FIRST_HOUR, LAST_HOUR = time(8), time(16)
_WORK = (Kind.MEASURE, Kind.MILESTONE, Kind.MODULE)
_EXACT = (Precision.DAY, Precision.RANGE, Precision.WEEK)
_LONGEST_BREAK = 120
# What makes a last day somebody's guess. A day on a weekend, or before the one above it, is still the plan's word.
_GUESSES = frozenset(Doubt) - {Doubt.WEEKEND_DATE, Doubt.OUT_OF_ORDER, Doubt.EMPTY_SLOT, Doubt.DUPLICATE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One person's message of one local day: items by their deadlines, the soonest first.

    `declined` are items of the person's plans that somebody has said is not theirs to do, `vacant` the roles of their
    plans that nobody holds and they have not been told of. `account` is None where the person has none that can be
    written to. `language` is the one that they have chosen, None where they have not.
    """

    person: Person
    day: date
    items: tuple[Item, ...]
    declined: tuple[tuple[Person, Item], ...] = ()
    vacant: tuple[tuple[Plan, tuple[str, ...]], ...] = ()
    account: Account | None = None
    language: Language | None = None

    @property
    def told(self) -> tuple[Vacancy, ...]:
        """What its reader knows of vacant roles from then on."""
        return tuple(_vacancy(self.person, plan, name, self.day) for plan, names in self.vacant for name in names)


def deadline_of(item: Item) -> date | None:
    """Return the last day that the plan gives work to be done in; None where the plan gives no certain one.

    A month or a season has a last day only as the end of a span ("august–oktober"); a year never has.
    """
    span = item.span
    if item.kind not in _WORK or span.end is None or span.repeats is not None or span.uncertain or span.other:
        return None
    if not _GUESSES.isdisjoint(item.doubts):
        return None
    if span.precision in _EXACT:
        return span.end
    is_span = span.precision in (Precision.MONTH, Precision.SEASON) and _says_a_span(span.text or "")
    return span.end if is_span else None


def may_remind(now: datetime) -> bool:
    """Whether anybody is reminded at that hour; `now` carries the organisation's zone."""
    return FIRST_HOUR <= now.time() < LAST_HOUR


def reminders_due(
    book: Book, reminding: Reminding, now: datetime, platforms: Collection[Platform] | None = None
) -> tuple[Reminder, ...]:
    """Return the messages that are due at `now`, which carries the organisation's zone: at most one a person and day.

    They are due from 08:00 to 16:00 on working days. With `platforms`, only persons with an account on one of them
    get any. What was missed is caught up within a week.
    """
    if not may_remind(now):
        return ()
    held_now = on_day(book, now.date())
    round_ = _Round(held_now, reminding, now.date())
    if not round_.is_working_day(now.date()):
        return ()
    people = {person.id: person for role in held_now.roles for person in role.holders}
    found = (round_.reminder(person, _account(person, reminding, platforms)) for person in people.values())
    return tuple(one for one in found if one and (platforms is None or one.account))


def is_live(item: Item, book: Book, today: date) -> bool:
    """Whether it is still to be done, in a plan that is not over; what was due before its plan began is not its."""
    plan = book.plan_of(item)
    if item.cancelled or item.status not in (Status.OPEN, Status.STARTED):
        return False
    end = item.span.end
    return (plan.period_end is None or plan.period_end >= today) and not (
        plan.period_start is not None and end is not None and end < plan.period_start
    )


class _Round:
    """One look at one organisation's plans on one day."""

    def __init__(self, book: Book, reminding: Reminding, today: date) -> None:
        self._book = book
        self._reminding = reminding
        self._today = today
        self._quiet = {(quiet.person_id, quiet.item_id): quiet for quiet in reminding.quiet}

    def reminder(self, person: Person, account: Account | None) -> Reminder | None:
        last = self._reminding.last.get(person.id or 0, date.min)
        if person.id is None or person.id in self._reminding.off or last >= self._today:
            return None
        due = [(end, item) for end, item, holders in self._work if person.id in holders]
        items = [(end, item) for end, item in due if self._is_due(end, person, self._quiet_of(person, item), last)]
        declined = tuple(self._declined(person, last))
        vacant = tuple(self._vacant(person)) if items or declined or self._is_first_of_week else ()
        if not items and not declined and not vacant:
            return None
        ordered = tuple(item for _, item in sorted(items, key=lambda one: (one[0], one[1].id)))
        return Reminder(
            person=person,
            day=self._today,
            items=ordered,
            declined=declined,
            vacant=vacant,
            account=account,
            language=self._reminding.language_of(person.id),
        )

    def is_working_day(self, day: date) -> bool:
        return day.weekday() <= 4 and not self._is_off(day)

    @cached_property
    def _is_off(self) -> Callable[[date], bool]:
        return days_off(self._book)

    @cached_property
    def _work(self) -> tuple[tuple[date, Item, frozenset[int | None]], ...]:
        """Live work with its deadline and the ids of those who answer for it."""
        return tuple(
            (end, item, frozenset(self._answering(item)))
            for item in self._book.items
            if (end := deadline_of(item)) and is_live(item, self._book, self._today)
        )

    def _answering(self, item: Item) -> Iterator[int | None]:
        """The ids of those who answer for it; who leads a unit does no longer when its own part is done."""
        left = units_left(item, self._book)
        for _, holders in responsible_people(item, self._book):
            for one in holders:
                own = own_units(one, item, self._book)
                if not own or any(unit in left for unit in own):
                    yield one.id

    def _is_due(self, end: date, person: Person, quiet: Quiet | None, last: date) -> bool:
        if quiet is not None and (quiet.until is None or quiet.until > self._today):
            return False
        return any(self._comes_now(step, last) for step in self._steps(end, person, quiet))

    def _steps(self, end: date, person: Person, quiet: Quiet | None) -> Iterator[date]:
        """The days that tell of a deadline: some before it, every Monday after it, and the end of a delay."""
        if self._today <= end:
            yield from (end - timedelta(days=before) for before in self._reminding.days_of(person.id))
        monday = monday_of(self._today)
        yield from (day for day in (monday, monday - WEEK) if day > end)
        if quiet is not None and quiet.until is not None:
            yield quiet.until

    def _comes_now(self, step: date, last: date) -> bool:
        """Whether the step, moved to a working day, is today, or was missed in the last week."""
        if step > self._today:
            return False
        day = self._working_day_from(step)
        return max(last, self._today - WEEK) < day <= self._today

    def _working_day_from(self, day: date) -> date:
        days = (day + timedelta(days=ahead) for ahead in range(_LONGEST_BREAK))
        return next((one for one in days if self.is_working_day(one)), day)

    def _declined(self, person: Person, last: date) -> Iterator[tuple[Person, Item]]:
        """What others have said is not theirs, in plans that the person owns; told on the working day after."""
        people = {one.id: one for role in self._book.roles for one in role.holders}
        for quiet in self._reminding.quiet:
            item, other = self._book.by_id.get(quiet.item_id), people.get(quiet.person_id)
            if quiet.until is not None or item is None or other is None or other.id == person.id:
                continue
            owners = owners_of(self._book.plan_of(item), self._book)
            if any(owner.id == person.id for owner in owners) and self._comes_now(quiet.since + DAY, last):
                yield other, item

    @cached_property
    def _is_first_of_week(self) -> bool:
        """Whether it is the week's first working day: vacant roles alone are told of on no other."""
        return self._working_day_from(monday_of(self._today)) == self._today

    @cached_property
    def _vacancies(self) -> tuple[tuple[Plan, tuple[str, ...]], ...]:
        """The roles in each plan that nobody holds, of what is still to be done."""
        live: dict[int, list[Item]] = {}
        for item in self._book.items:
            if is_live(item, self._book, self._today):
                live.setdefault(item.plan_id, []).append(item)
        return tuple((self._book.plan_by_id[number], vacant_in(items, self._book)) for number, items in live.items())

    def _vacant(self, person: Person) -> Iterator[tuple[Plan, tuple[str, ...]]]:
        """What the person is told of vacant roles in plans of theirs, once in a school year."""
        for plan, names in self._vacancies:
            if all(owner.id != person.id for owner in owners_of(plan, self._book)):
                continue
            new = [name for name in names if _vacancy(person, plan, name, self._today) not in self._reminding.told]
            if new:
                yield plan, tuple(new)

    def _quiet_of(self, person: Person, item: Item) -> Quiet | None:
        return self._quiet.get((person.id or 0, item.id))


def _vacancy(person: Person, plan: Plan, name: str, day: date) -> Vacancy:
    key = role_key(name, plan.organisation)
    return Vacancy(person_id=person.id or 0, plan_id=plan.id, role=key, school_year=school_year_of(day))


def _account(person: Person, reminding: Reminding, platforms: Collection[Platform] | None) -> Account | None:
    theirs = (one for one in reminding.accounts if one.person_id == person.id)
    return next((one for one in theirs if platforms is None or one.platform in platforms), None)


def _says_a_span(text: str) -> bool:
    return _span_words().search(text.casefold()) is not None


@cache
def _span_words() -> re.Pattern[str]:
    said = tomllib.loads(files("bot").joinpath("norwegian/reminders.toml").read_text("utf-8"))["span"]
    words = "|".join(map(re.escape, said["words"]))
    signs = "".join(map(re.escape, said["signs"]))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)|[\w.]\s*[{signs}]\s*\w")
