"""The breaks that administrators tell: one in a school year, planning days many; each act is undone as one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.breaks import BreakName, SchoolBreak
from bot.history import HistoryEntry
from bot.model import Person
from storage.database import Database, OrganisationStore
from tests.storage.builders import NOW, a_person, by, taken_in


def a_break(first: date, days: int = 5, name: BreakName = BreakName.WINTER_BREAK) -> SchoolBreak:
    return SchoolBreak(name=name, first=first, last=first + timedelta(days=days - 1))


def a_planning_day(day: date) -> SchoolBreak:
    return a_break(day, 1, BreakName.PLANNING_DAY)


WEEK_8, WEEK_9 = a_break(date(2024, 2, 19)), a_break(date(2024, 2, 26))
NEXT_YEAR = a_break(date(2025, 2, 24))
CHRISTMAS = a_break(date(2023, 12, 21), 14, BreakName.CHRISTMAS_BREAK)
JANUARY, AUGUST = a_planning_day(date(2024, 1, 4)), a_planning_day(date(2023, 8, 14))


@pytest.fixture
def kari(store: OrganisationStore) -> Person:
    return a_person(store, "Kari")


def told(store: OrganisationStore) -> tuple[SchoolBreak, ...]:
    return store.plans.book().breaks


def undo(store: OrganisationStore, person: Person) -> tuple[HistoryEntry, ...]:
    return store.history.undo_step(store.history.last_step_by(person), by(person, NOW + timedelta(hours=1)))


def test_a_break_takes_the_place_of_what_was_told_of_that_school_year(store: OrganisationStore, kari: Person) -> None:
    (first,) = store.breaks.write([WEEK_8], by(kari))
    store.breaks.write([NEXT_YEAR], by(kari))
    (second,) = store.breaks.write([WEEK_9], by(kari))
    assert told(store) == (WEEK_9, NEXT_YEAR)
    assert (first.subject, first.before, first.after) == ("winter_break 2023/2024", None, "2024-02-19/2024-02-23")
    assert (second.before, second.after) == ("2024-02-19/2024-02-23", "2024-02-26/2024-03-01")
    assert (second.by, second.at) == (kari, NOW)


def test_planning_days_stand_beside_each_other(store: OrganisationStore, kari: Person) -> None:
    store.breaks.write([JANUARY], by(kari))
    store.breaks.write([AUGUST, JANUARY], by(kari))
    assert told(store) == (AUGUST, JANUARY)


def test_a_break_over_new_year_is_of_the_school_year_that_it_begins_in(store: OrganisationStore, kari: Person) -> None:
    (entry,) = store.breaks.write([CHRISTMAS], by(kari))
    assert (entry.subject, entry.after) == ("christmas_break 2023/2024", "2023-12-21/2024-01-03")
    assert told(store) == (CHRISTMAS,)


def test_the_same_once_more_changes_nothing(store: OrganisationStore, kari: Person) -> None:
    store.breaks.write([WEEK_8, CHRISTMAS], by(kari))
    before = store.plans.book()
    assert store.breaks.write([CHRISTMAS, WEEK_8], by(kari)) == ()
    assert store.breaks.erase([NEXT_YEAR], by(kari)) == ()
    assert store.plans.book() is before


def test_what_one_act_told_is_taken_back_as_one(store: OrganisationStore, kari: Person) -> None:
    store.breaks.write([WEEK_8, AUGUST], by(kari))
    store.breaks.write([WEEK_9, CHRISTMAS, JANUARY], by(kari))
    assert len(undo(store, kari)) == 3
    assert told(store) == (AUGUST, WEEK_8)
    assert len(undo(store, kari)) == 2
    assert told(store) == ()
    assert undo(store, kari) == ()


def test_what_was_erased_comes_back(store: OrganisationStore, kari: Person) -> None:
    store.breaks.write([AUGUST, JANUARY], by(kari))
    store.breaks.erase([AUGUST], by(kari))
    assert told(store) == (JANUARY,)
    undo(store, kari)
    assert told(store) == (AUGUST, JANUARY)


def test_what_somebody_else_has_told_since_of_the_same_is_in_the_way(store: OrganisationStore, kari: Person) -> None:
    ola = a_person(store, "Ola")
    store.breaks.write([WEEK_8, AUGUST], by(kari))
    store.breaks.write([JANUARY, NEXT_YEAR], by(ola))
    step = store.history.last_step_by(kari)
    assert store.history.in_the_way(step) == ()
    store.breaks.write([WEEK_9], by(ola))
    assert [entry.after for entry in store.history.in_the_way(step)] == ["2024-02-26/2024-03-01"]
    assert undo(store, kari) == ()
    assert told(store) == (AUGUST, JANUARY, WEEK_9, NEXT_YEAR)


def test_a_document_taken_in_and_a_break_are_acts_of_their_own(store: OrganisationStore, kari: Person) -> None:
    taken_in(store, author=by(kari))
    store.breaks.write([WEEK_8], by(kari))
    undo(store, kari)
    assert told(store) == ()
    assert len(store.plans.book().plans) == 1


def test_two_organisations_do_not_see_each_others_breaks(database: Database) -> None:
    ours, theirs = database.of("ours"), database.of("theirs")
    theirs.breaks.write([WEEK_8], by(a_person(theirs)))
    mine = by(a_person(ours))
    assert told(ours) == ()
    assert ours.breaks.erase([WEEK_8], mine) == ()
    ours.breaks.write([WEEK_9], mine)
    assert (told(ours), told(theirs)) == ((WEEK_9,), (WEEK_8,))
