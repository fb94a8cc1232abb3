"""How people are reminded is kept with its history, and a person's reminder of a day belongs to one who claims it."""

from __future__ import annotations

from datetime import date

from bot.messages import Sender
from bot.model import Person, Platform
from bot.reminding import DAYS_BEFORE, Account, Quiet, Reminding, Vacancy
from storage.database import Database, OrganisationStore
from tests.deliveries import reminded
from tests.storage.builders import NOW, SYSTEM, by, items_of, taken_in

MONDAY = date(2024, 2, 5)


def kari_in(store: OrganisationStore) -> tuple[Person, Account]:
    person = store.people.record(Sender(platform=Platform.SLACK, account="T1:U7", name="Kari"))
    assert person.id is not None
    return person, Account(person_id=person.id, platform=Platform.SLACK, account="T1:U7")


def test_at_first_the_days_are_the_usual_and_nothing_is_kept(store: OrganisationStore) -> None:
    assert store.reminders.known() == Reminding(days=DAYS_BEFORE)


def test_other_days_take_the_place_of_the_usual_and_stand_in_the_history(store: OrganisationStore) -> None:
    entry = store.reminders.set_days((10, 1), SYSTEM)
    assert entry is not None
    assert (entry.field, entry.before, entry.after) == ("reminder_days", "14,3", "10,1")
    assert store.reminders.set_days((10, 1), SYSTEM) is None
    assert store.reminders.known().days == (10, 1)


def test_a_person_is_turned_off_and_on(store: OrganisationStore) -> None:
    kari, _ = kari_in(store)
    assert store.reminders.turn(kari, by(kari), on=True) is None
    off = store.reminders.turn(kari, by(kari), on=False)
    assert off is not None
    assert (off.field, off.before, off.after, off.by) == ("reminders", "on", "off", kari)
    assert store.reminders.turn(kari, by(kari), on=False) is None
    assert store.reminders.known().off == {kari.id}
    assert store.reminders.turn(kari, by(kari), on=True) is not None
    assert store.reminders.known().off == frozenset()


def test_an_item_is_quiet_for_one_person_and_not_changed_itself(store: OrganisationStore) -> None:
    (item,) = items_of(store, taken_in(store))
    kari, account = kari_in(store)
    later = store.reminders.quiet(kari, item, date(2024, 2, 12), by(kari))
    never = store.reminders.quiet(kari, item, None, by(kari))
    assert later is not None
    assert never is not None
    assert (later.before, later.after, never.before, never.after) == (None, "2024-02-12", "2024-02-12", "never")
    assert store.reminders.quiet(kari, item, None, by(kari)) is None
    assert store.reminders.known().quiet == (Quiet(person_id=account.person_id, item_id=item.id, since=MONDAY),)
    assert store.history.of_item(item.id) == ()
    assert store.history.last_step_by(kari) == ()
    assert items_of(store, store.plans.book().plans[0]) == [item]


def test_a_day_is_planned_once_however_it_ended(store: OrganisationStore) -> None:
    _, account = kari_in(store)
    assert reminded(store, account, MONDAY, NOW)
    assert not store.deliveries.plan_reminder(account, MONDAY, NOW, NOW)
    assert reminded(store, account, date(2024, 2, 6), NOW)
    assert store.reminders.known().last == {account.person_id: date(2024, 2, 6)}
    assert store.reminders.known(before=date(2024, 2, 6)).last == {account.person_id: MONDAY}


def test_one_organisation_knows_nothing_of_anothers(store: OrganisationStore, database: Database) -> None:
    kari, account = kari_in(store)
    store.reminders.set_days((7,), SYSTEM)
    store.reminders.turn(kari, by(kari), on=False)
    reminded(store, account, MONDAY, NOW)
    assert database.of("Fjellvik").reminders.known() == Reminding()


def test_what_a_reminder_tells_of_vacant_roles_is_kept_once(store: OrganisationStore) -> None:
    plan = taken_in(store)
    _, account = kari_in(store)
    told = {Vacancy(person_id=account.person_id, plan_id=plan.id, role="rektor", school_year=2023)}
    for _ in range(2):
        store.reminders.tell(told)
    assert store.reminders.known().told == told
