"""Each thing is kept as long as was chosen, and erased by the purge; plans, people and history are not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.digest import Subscription
from bot.model import Platform
from storage.database import Database, OrganisationStore
from storage.retention import Purged, Retention
from tests.deliveries import delivered
from tests.storage.builders import NOW, SYSTEM, a_plan, an_entry, taken_in

SHORT = Retention(conversations=timedelta(hours=1), waiting=timedelta(days=1), digests=timedelta(days=40))
NOTHING = Purged(conversations=0, documents=0, digests=0)
MOMENT = timedelta(seconds=1)


def fill(store: OrganisationStore) -> None:
    taken_in(store)
    store.conversations.remember("c1", "it", NOW)
    store.waiting.keep(a_plan(an_entry()), SYSTEM)
    subscription = store.digests.subscribe(
        Subscription(id=None, platform=Platform.SLACK, channel="T1:C1", channel_name="plan"), SYSTEM
    )
    delivered(store, subscription, date(2024, 2, 5), NOW)


@pytest.mark.parametrize(
    ("retention", "age", "purged"),
    [
        (Retention(), timedelta(hours=24) - MOMENT, NOTHING),
        (Retention(), timedelta(hours=24), Purged(conversations=2, documents=0, digests=0)),
        (Retention(), timedelta(days=7), Purged(conversations=2, documents=2, digests=0)),
        (Retention(), timedelta(days=365) - MOMENT, Purged(conversations=2, documents=2, digests=0)),
        (Retention(), timedelta(days=365), Purged(conversations=2, documents=2, digests=2)),
        (SHORT, timedelta(hours=1), Purged(conversations=2, documents=0, digests=0)),
        (SHORT, timedelta(days=40), Purged(conversations=2, documents=2, digests=2)),
    ],
)
def test_what_is_old_is_erased_everywhere(
    database_url: str, retention: Retention, age: timedelta, purged: Purged
) -> None:
    database = Database(database_url, retention=retention)
    stores = [database.of(None), database.of("T2")]
    for store in stores:
        fill(store)
    books = [store.plans.book() for store in stores]
    assert database.purge(NOW + age) == purged
    assert database.purge(NOW + age) == NOTHING
    assert [store.plans.book() for store in stores] == books
    database.close()


def test_what_was_chosen_holds_without_a_purge_too(database_url: str) -> None:
    database = Database(database_url, retention=SHORT)
    store = database.of(None)
    store.conversations.remember("c1", "it", NOW)
    number = store.waiting.keep(a_plan(an_entry()), SYSTEM)
    assert store.conversations.recall("c1", NOW + timedelta(hours=1)) is None
    assert store.waiting.find(number, NOW + timedelta(days=1)) is None
    database.close()
