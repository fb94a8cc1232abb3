"""The history tells who did what, and takes it back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from bot.history import HistoryEntry
from bot.model import Item, Person, Platform, Status
from storage.database import OrganisationStore
from tests.storage.builders import NOW, SYSTEM, a_person, an_entry, by, items_of, taken_in


def marked(store: OrganisationStore, item: Item, status: Status, person: Person) -> HistoryEntry:
    now = store.plans.book().by_id[item.id]
    entry = store.plans.mark(now, status, by(person))
    assert entry is not None
    return entry


@pytest.fixture
def item(store: OrganisationStore) -> Item:
    return items_of(store, taken_in(store))[0]


@pytest.fixture
def kari(store: OrganisationStore) -> Person:
    return a_person(store, "Kari")


@pytest.fixture
def ola(store: OrganisationStore) -> Person:
    return a_person(store, "Ola")


def test_the_newest_stands_first(store: OrganisationStore, item: Item, kari: Person) -> None:
    first = marked(store, item, Status.STARTED, kari)
    second = marked(store, item, Status.DONE, kari)
    assert store.history.of_item(item.id) == (second, first)
    assert second.step > first.step


def test_moments_are_kept_in_utc(store: OrganisationStore, item: Item, kari: Person) -> None:
    summer = datetime(2024, 6, 3, 8, 0, tzinfo=timezone(timedelta(hours=2)))
    store.plans.mark(item, Status.DONE, by(kari, summer, Platform.SLACK))
    (entry,) = store.history.of_item(item.id)
    assert (entry.at, entry.at.tzinfo, entry.platform) == (summer, UTC, Platform.SLACK)


def test_a_moment_without_a_time_zone_is_refused(store: OrganisationStore, item: Item, kari: Person) -> None:
    with pytest.raises(Exception, match="time zone"):
        store.plans.mark(item, Status.DONE, by(kari, NOW.replace(tzinfo=None)))


def test_a_mark_is_taken_back_once(store: OrganisationStore, item: Item, kari: Person) -> None:
    entry = marked(store, item, Status.DONE, kari)
    (undone,) = store.history.undo_step((entry,), by(kari))
    assert (undone.before, undone.after, undone.undoes) == ("done", "open", entry.id)
    assert store.plans.book().items == (item,)
    assert store.history.undo_step((entry,), by(kari)) == ()
    assert store.history.of_item(item.id) == (undone, entry)


def test_what_somebody_has_changed_since_is_not_taken_back(
    store: OrganisationStore, item: Item, kari: Person, ola: Person
) -> None:
    mine = marked(store, item, Status.DONE, kari)
    first = marked(store, item, Status.OPEN, ola)
    second = marked(store, item, Status.DONE, ola)
    assert store.history.in_the_way((mine,)) == (second, first)
    assert store.history.undo_step((mine,), by(kari)) == ()
    assert store.plans.book().items[0].status is Status.DONE


def test_a_persons_last_change_is_their_own_and_not_undone(
    store: OrganisationStore, item: Item, kari: Person, ola: Person
) -> None:
    assert store.history.last_step_by(kari) == ()
    first = marked(store, item, Status.STARTED, kari)
    second = marked(store, item, Status.DONE, kari)
    third = store.plans.correct(store.plans.book().items[0], an_entry("Nytt", location="Aulaen"), by(kari))
    assert store.history.last_step_by(ola) == ()
    assert store.history.last_step_by(Person(id=None, name="Eli")) == ()
    for step in (third[::-1], (second,), (first,)):
        assert store.history.last_step_by(kari) == step
        assert len(store.history.undo_step(step, by(kari))) == len(step)
    assert store.history.last_step_by(kari) == ()
    assert store.plans.book().items == (item,)


def test_what_happened_to_a_role_is_not_taken_back_as_a_field(store: OrganisationStore, kari: Person) -> None:
    _, entry = store.people.give_role("Rektor", None, kari, SYSTEM)
    assert entry is not None
    assert store.history.undo_step((entry,), SYSTEM) == ()


@pytest.mark.parametrize("change", ["UPDATE history SET after = 'open'", "DELETE FROM history"])
def test_nobody_can_rewrite_it(
    store: OrganisationStore, database_url: str, item: Item, kari: Person, change: str
) -> None:
    entry = marked(store, item, Status.DONE, kari)
    engine = create_engine(database_url)
    with pytest.raises(DBAPIError, match="the history only grows"), engine.begin() as connection:
        connection.execute(text(change))
    engine.dispose()
    assert store.history.of_item(item.id) == (entry,)
