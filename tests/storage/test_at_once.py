"""Two at once make one change, and many at once none too few."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest

from bot.delivery import Sending
from bot.digest import Subscription
from bot.errors import DatabaseTrouble, NotFound
from bot.importing import Target, take_in
from bot.messages import Sender
from bot.model import Language, Person, Plan, Platform, Status
from bot.person_settings import PersonSetting
from bot.reminding import Account
from storage.claims import Claimant
from storage.database import Database, OrganisationStore
from tests.deliveries import a_due, planned
from tests.storage.builders import NOW, SYSTEM, a_person, a_plan, an_entry, by, items_of, next_version, taken_in

MANY = 8
T = TypeVar("T")


@pytest.fixture
def stores(database_url: str) -> Iterator[list[OrganisationStore]]:
    """One organisation as two processes have it, each from many threads."""
    databases = [Database(database_url), Database(database_url)]
    yield [databases[number % 2].of(None) for number in range(MANY)]
    for database in databases:
        database.close()


def at_once(stores: list[OrganisationStore], act: Callable[[OrganisationStore], T]) -> list[T]:
    """What each of the threads gets, all of them starting together."""
    start = Barrier(len(stores))

    def waiting(store: OrganisationStore) -> T:
        start.wait()
        return act(store)

    with ThreadPoolExecutor(len(stores)) as threads:
        return list(threads.map(waiting, stores))


def made(results: list[T | None]) -> list[T]:
    return [result for result in results if result is not None]


def test_a_mark_made_by_many_at_once_is_one_change(stores: list[OrganisationStore]) -> None:
    (item,) = items_of(stores[0], taken_in(stores[0]))
    kari = a_person(stores[0])
    entries = at_once(stores, lambda store: store.plans.mark(item, Status.DONE, by(kari)))
    assert tuple(made(entries)) == stores[0].history.of_item(item.id)
    assert len(made(entries)) == 1


def test_a_mark_taken_back_by_many_at_once_is_one_change(stores: list[OrganisationStore]) -> None:
    (item,) = items_of(stores[0], taken_in(stores[0]))
    entry = stores[0].plans.mark(item, Status.DONE, SYSTEM)
    assert entry is not None
    undone = at_once(stores, lambda store: store.history.undo_step((entry,), SYSTEM))
    assert sum(map(len, undone)) == 1
    assert len(stores[0].history.of_item(item.id)) == 2


def test_a_new_version_taken_in_by_many_at_once_is_taken_in_once(stores: list[OrganisationStore]) -> None:
    plan = taken_in(stores[0], an_entry("A"))
    version = next_version(stores[0], plan, [an_entry("A1"), an_entry("B")])

    def take_in(store: OrganisationStore) -> Plan | None:
        try:
            return store.plans.take_in(*version, SYSTEM)
        except DatabaseTrouble:
            return None

    assert len(made(at_once(stores, take_in))) == 1
    assert [item.key for item in items_of(stores[0], plan)] == ["KIBS-1", "KIBS-2"]


def test_one_new_document_taken_in_by_many_at_once_is_one_plan(stores: list[OrganisationStore]) -> None:
    document = a_plan(an_entry("A"), an_entry("B"))
    plans = at_once(stores, lambda store: take_in(store, document, Target(), SYSTEM)[0])
    assert set(plans) == set(stores[0].plans.book().plans)
    assert [item.key for item in items_of(stores[0], plans[0])] == ["KIBS-1", "KIBS-2"]


def test_a_document_that_waits_is_taken_in_by_one_of_many_at_once(stores: list[OrganisationStore]) -> None:
    document = a_plan(an_entry("A"))
    number = stores[0].waiting.keep(document, SYSTEM)

    def taken(store: OrganisationStore) -> Plan | None:
        try:
            return take_in(store, document, Target(), SYSTEM, number)[0]
        except NotFound:
            return None

    assert len(made(at_once(stores, taken))) == 1
    assert len(stores[0].plans.book().plans) == 1


def test_plans_taken_in_at_once_have_keys_of_their_own(stores: list[OrganisationStore]) -> None:
    plans = at_once(stores, taken_in)
    assert len({plan.short for plan in plans}) == MANY
    assert len(stores[0].plans.book().by_key) == MANY


def test_a_role_given_by_many_at_once_is_given_once(stores: list[OrganisationStore]) -> None:
    given = at_once(stores, lambda store: store.people.give_role("Rektor", None, Person(id=None, name="Kari"), SYSTEM))
    assert len(made([entry for _, entry in given])) == 1
    assert {(role.id, len(role.holders)) for role, _ in given} == {(given[0][0].id, 1)}
    assert len(stores[0].people.named("Kari")) == 1


def test_somebody_recorded_by_many_at_once_is_one_person(stores: list[OrganisationStore]) -> None:
    sender = Sender(platform=Platform.SLACK, account="T1:U7", name="Kari")
    assert len(set(at_once(stores, lambda store: store.people.record(sender)))) == 1
    assert len(stores[0].people.everyone()) == 1


def test_a_digest_claimed_by_many_at_once_belongs_to_one(database: Database, stores: list[OrganisationStore]) -> None:
    channel = Subscription(id=None, platform=Platform.SLACK, channel="T1:C1")
    subscription = stores[0].digests.subscribe(channel, SYSTEM)
    (looked,) = stores[0].deliveries.to_look_at(NOW + timedelta(days=30))
    plan = planned(subscription, a_due(date(2024, 2, 5), NOW), since=looked.since)
    assert sum(at_once(stores, lambda store: store.deliveries.plan([plan]))) == 1
    batches = at_once(stores, lambda store: store.deliveries.into_batches(Sending.DIGEST, [Platform.SLACK], NOW, 50))
    ((batch,),) = (names for names in batches if names)
    (delivery,) = stores[0].deliveries.of_batch(Sending.DIGEST, batch)
    replicas = iter(f"r{number}" for number in range(MANY))
    for number in range(MANY):
        database.ledger.beat(f"r{number}", NOW)

    def claimed(store: OrganisationStore) -> bool:
        who = Claimant(replica=next(replicas), active=frozenset())
        token = f"{who.replica}:1"
        return bool(store.deliveries.claim(Sending.DIGEST, [delivery.number], token, who, NOW).ours)

    assert at_once(stores, claimed).count(True) == 1


def test_a_reminder_claimed_by_many_at_once_belongs_to_one(stores: list[OrganisationStore]) -> None:
    kari = stores[0].people.record(Sender(platform=Platform.SLACK, account="T1:U7", name="Kari"))
    account = Account(person_id=kari.id or 0, platform=Platform.SLACK, account="T1:U7")
    day = date(2024, 2, 5)
    planned_ = at_once(stores, lambda store: store.deliveries.plan_reminder(account, day, NOW, NOW))
    assert planned_.count(True) == 1


def test_reminders_turned_off_by_many_at_once_is_one_change(stores: list[OrganisationStore]) -> None:
    kari = a_person(stores[0])
    assert len(made(at_once(stores, lambda store: store.reminders.turn(kari, by(kari), on=False)))) == 1


def test_a_conversation_remembered_by_many_at_once_is_one(stores: list[OrganisationStore]) -> None:
    at_once(stores, lambda store: store.conversations.remember("c1", "it", NOW))
    assert stores[0].conversations.recall("c1", NOW) == "it"


def test_an_organisation_made_by_many_at_once_is_one(database: Database, database_url: str) -> None:
    others = [Database(database_url) for _ in range(MANY)]
    with ThreadPoolExecutor(MANY) as threads:
        list(threads.map(lambda other: other.of("Fjellvik"), others))
    assert database.organisations() == ("Fjellvik",)
    for other in others:
        other.close()


def test_a_new_file_opened_by_many_at_once_is_made_once(tmp_path: Path) -> None:
    databases = [Database(f"sqlite:///{tmp_path / 'new.db'}") for _ in range(MANY)]
    with ThreadPoolExecutor(MANY) as threads:
        stores = list(threads.map(lambda database: database.of(None), databases))
    assert len({a_person(store) for store in stores}) == 1
    for database in databases:
        database.close()


def test_writers_wait_for_one_another_and_readers_see_whole_books(stores: list[OrganisationStore]) -> None:
    plan = taken_in(stores[0], *(an_entry(f"Møte {number}") for number in range(MANY)))
    items = dict(zip(map(id, stores), items_of(stores[0], plan), strict=False))
    people = [a_person(store, f"Person {number}") for number, store in enumerate(stores)]
    before = stores[0].plans.book().revision

    def to_and_fro(store: OrganisationStore) -> int:
        author = by(people[stores.index(store)])
        for status in (Status.STARTED, Status.DONE, Status.OPEN):
            book = store.plans.book()
            assert all(book.plan_of(item) for item in book.items)
            assert store.plans.mark(book.by_id[items[id(store)].id], status, author)
            taken_in(store, title=f"{status} {id(store)}", author=author)
        return store.plans.book().revision

    at_once(stores, to_and_fro)
    after = stores[0].plans.book()
    assert after.revision == before + MANY * 6
    assert {item.status for item in after.items} == {Status.OPEN}
    assert len(after.plans) == 1 + MANY * 3


def test_a_language_and_days_chosen_by_many_at_once_are_one_change_each(stores: list[OrganisationStore]) -> None:
    kari = a_person(stores[0])
    spoken = at_once(stores, lambda store: store.person_settings.choose_language(kari, Language.NN, by(kari)))
    days = at_once(stores, lambda store: store.person_settings.choose_days(kari, (7,), by(kari)))
    assert (len(made(spoken)), len(made(days))) == (1, 1)
    assert stores[0].person_settings.of(kari) == PersonSetting(language=Language.NN, days=(7,))
