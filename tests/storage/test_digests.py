"""Channels' settings are kept, and a digest for a day belongs to one who claims it and lives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.delivery import TOO_LATE, Before, Claims, Ended, Planned, Sending, State
from bot.digest import Subscription
from bot.model import Language, Platform
from storage.claims import Claimant
from storage.database import Database, OrganisationStore
from tests.deliveries import a_due, delivered, planned
from tests.storage.builders import NOW, SYSTEM

MONDAY = date(2024, 2, 5)
WANTED = Subscription(id=None, platform=Platform.SLACK, channel="T1:C1", channel_name="plan")


@pytest.fixture
def subscription(store: OrganisationStore) -> Subscription:
    return store.digests.subscribe(WANTED, SYSTEM)


def test_a_channels_settings_come_back_as_they_were_made(store: OrganisationStore) -> None:
    assert store.digests.subscription("slack", "T1:C1") is None
    made = store.digests.subscribe(WANTED, SYSTEM)
    assert made == replace(WANTED, id=made.id)
    assert made.id is not None
    assert store.digests.subscription("slack", "T1:C1") == made
    assert store.digests.subscriptions() == (made,)


def test_new_settings_take_the_place_of_the_old(store: OrganisationStore, subscription: Subscription) -> None:
    changed = replace(
        subscription,
        id=None,
        channel_name="planer",
        weekday=4,
        at=time(12, 30),
        zone="Europe/London",
        language=Language.NN,
        is_active=False,
        paused_until=date(2024, 8, 19),
    )
    after = store.digests.subscribe(changed, SYSTEM)
    assert after == replace(changed, id=subscription.id)
    assert store.digests.subscriptions() == (after,)


def test_channels_of_the_same_name_on_two_platforms_are_two(
    store: OrganisationStore, subscription: Subscription
) -> None:
    other = store.digests.subscribe(replace(WANTED, platform=Platform.TEAMS), SYSTEM)
    assert store.digests.subscriptions() == (subscription, other)


def test_the_last_day_is_that_of_the_newest_delivery_that_was_not_skipped(
    store: OrganisationStore, subscription: Subscription
) -> None:
    assert store.digests.last_day(subscription) is None
    for day in (date(2024, 2, 12), MONDAY):
        delivered(store, subscription, day, NOW)
    assert store.digests.last_day(subscription) == date(2024, 2, 12)
    (looked,) = store.deliveries.to_look_at(NOW + timedelta(days=400))
    skipped = ((a_due(date(2024, 2, 19), NOW), State.SKIPPED, TOO_LATE),)
    store.deliveries.plan([Planned(looked=looked, dues=skipped, next_at=looked.since)])
    assert store.digests.last_day(subscription) == date(2024, 2, 12)
    (missing,) = store.digests.missing(subscription, MONDAY)
    assert (missing.day, missing.reason) == (date(2024, 2, 19), TOO_LATE)


def test_what_stands_in_its_channel_is_told_of(store: OrganisationStore, subscription: Subscription) -> None:
    delivered(store, subscription, MONDAY, NOW)
    (posted,) = store.digests.posted(NOW)
    assert (posted.subscription, posted.at) == (subscription, NOW)
    assert store.digests.posted(NOW + timedelta(seconds=1)) == ()


def test_of_two_that_planned_one_did(store: OrganisationStore, subscription: Subscription) -> None:
    (looked,) = store.deliveries.to_look_at(NOW + timedelta(days=400))
    plan = planned(subscription, a_due(MONDAY, NOW), since=looked.since, next_at=looked.since + timedelta(days=7))
    assert [store.deliveries.plan([plan]) for _ in range(2)] == [1, 0]
    assert store.deliveries.to_look_at(looked.since) == ()


def test_a_fault_is_told_once_and_is_gone_when_the_channel_can_be_posted_in(
    store: OrganisationStore, subscription: Subscription
) -> None:
    number = subscription.id or 0
    faults = ("is_archived", "not_in_channel", None, None, "is_archived")
    assert [store.deliveries.mark_fault(number, fault) for fault in faults] == [True, False, True, False, True]


class TestFence:
    """What is claimed, by whom, and who may say how it ended."""

    @pytest.fixture
    def number(self, store: OrganisationStore, subscription: Subscription) -> int:
        (looked,) = store.deliveries.to_look_at(NOW + timedelta(days=400))
        store.deliveries.plan([planned(subscription, a_due(MONDAY, NOW), since=looked.since)])
        (batch,) = store.deliveries.into_batches(Sending.DIGEST, [Platform.SLACK], NOW, 50)
        (delivery,) = store.deliveries.of_batch(Sending.DIGEST, batch)
        return delivery.number

    def claimed(self, store: OrganisationStore, number: int, token: str, **who: object) -> Claims:
        claimant = Claimant(replica=token.partition(":")[0], active=frozenset({token}), **who)  # type: ignore[arg-type]
        return store.deliveries.claim(Sending.DIGEST, [number], token, claimant, NOW)

    def test_it_is_held_as_long_as_its_replica_lives(
        self, database: Database, store: OrganisationStore, number: int
    ) -> None:
        database.ledger.beat("r1", NOW)
        assert self.claimed(store, number, "r1:a").ours == {number: Before()}
        assert self.claimed(store, number, "r2:b").held == {number}
        assert self.claimed(store, number, "r3:b", is_alone=True).ours
        database.ledger.leave("r1")
        assert self.claimed(store, number, "r2:b").ours[number].began_at == NOW

    def test_a_claim_of_this_process_that_it_is_not_at_is_no_claim(
        self, database: Database, store: OrganisationStore, number: int
    ) -> None:
        database.ledger.beat("r1", NOW)
        self.claimed(store, number, "r1:a")
        assert self.claimed(store, number, "r1:b").ours[number].attempts == 1

    def test_who_has_lost_the_claim_ends_nothing(self, store: OrganisationStore, number: int) -> None:
        self.claimed(store, number, "r1:a")
        self.claimed(store, number, "r2:b")
        posted = {number: Ended(state=State.POSTED, message_id="1.1")}
        assert store.deliveries.end(Sending.DIGEST, "r1:a", posted) == {number}
        assert store.deliveries.end(Sending.DIGEST, "r2:b", posted) == frozenset()
        assert self.claimed(store, number, "r3:c") == Claims()

    def test_who_has_not_been_seen_is_buried(self, database: Database) -> None:
        database.ledger.beat("r1", NOW - timedelta(seconds=46))
        database.ledger.beat("r2", NOW - timedelta(seconds=44))
        assert database.ledger.bury("r3", NOW - timedelta(seconds=45)) == ("r2",)

    def test_a_pause_is_kept_and_never_shortened(self, database: Database) -> None:
        for seconds in (30, 60, 10):
            database.ledger.pause(Platform.SLACK, "T1", NOW + timedelta(seconds=seconds))
        assert database.ledger.paused_until(Platform.SLACK, "T1") == NOW + timedelta(seconds=60)
        assert database.ledger.paused_until(Platform.SLACK, "T2") is None
