"""What has become of items is told from the history, on both databases and of one organisation alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.history import Development
from bot.model import Item, Status
from storage.database import Database, OrganisationStore
from tests.storage.builders import NOW, SYSTEM, a_person, an_entry, by, items_of, taken_in

DAY = timedelta(days=1)


def since(store: OrganisationStore, days: int, until: int = 1) -> list[tuple[Item | None, Item | None]]:
    found = store.history.developments(NOW - days * DAY, NOW + until * DAY)
    return [(one.was, one.now) for one in found]


def test_an_item_is_told_as_it_was_and_as_it_is(store: OrganisationStore) -> None:
    item = items_of(store, taken_in(store))[0]
    kari = a_person(store, "Kari")
    store.plans.correct(item, replace(an_entry(item.title), location="Aulaen"), by(kari, NOW))
    moved = store.plans.book().by_id[item.id]
    store.plans.mark(moved, Status.DONE, by(kari, NOW + timedelta(hours=1)))
    done = store.plans.book().by_id[item.id]
    assert store.history.developments(NOW - DAY, NOW + DAY) == (
        Development(was=item, now=done, by=kari, at=NOW + timedelta(hours=1)),
    )


def test_what_was_set_back_has_not_become_otherwise(store: OrganisationStore) -> None:
    item = items_of(store, taken_in(store))[0]
    kari = a_person(store, "Kari")
    store.plans.mark(item, Status.DONE, by(kari))
    store.history.undo_step(store.history.last_step_by(kari), by(kari))
    assert since(store, 1) == []


def test_only_the_time_that_is_asked_for_counts(store: OrganisationStore) -> None:
    item = items_of(store, taken_in(store))[0]
    kari = a_person(store, "Kari")
    store.plans.mark(item, Status.STARTED, by(kari, NOW - 5 * DAY))
    started = store.plans.book().by_id[item.id]
    store.plans.mark(started, Status.DONE, by(kari, NOW))
    done = store.plans.book().by_id[item.id]
    assert since(store, 1) == [(started, done)]
    assert since(store, 9) == [(item, done)]
    assert since(store, 9, until=-2) == [(item, started)]
    assert since(store, 9, until=-7) == []


def test_what_is_added_and_cancelled_is_told(store: OrganisationStore) -> None:
    plan = taken_in(store)
    added, _ = store.plans.add(plan, an_entry("Ekstra fagdag"), SYSTEM)
    gone = items_of(store, plan)[0]
    store.plans.cancel(gone, SYSTEM)
    found = dict(since(store, 400, until=400))
    assert found[None] == added
    assert found[gone] == replace(gone, cancelled=True)


def test_another_organisation_sees_nothing_of_it(database: Database) -> None:
    mine, other = database.of("Mine"), database.of("Other")
    item = items_of(mine, taken_in(mine))[0]
    taken_in(other)
    mine.plans.mark(item, Status.DONE, by(a_person(mine, "Kari")))
    assert len(since(mine, 1)) == 1
    assert since(other, 1) == []
    assert [entry.subject for entry in other.history.intakes(NOW - 400 * DAY, NOW + 400 * DAY)] == [
        plan.short for plan in other.plans.book().plans
    ]
