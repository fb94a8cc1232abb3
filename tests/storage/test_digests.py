"""Channels' settings are kept, and a digest for a day belongs to one who claims it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bot.digest import Subscription
from bot.model import Language, Platform
from storage.database import OrganisationStore
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


def test_a_day_is_claimed_once(store: OrganisationStore, subscription: Subscription) -> None:
    first = store.digests.claim(subscription, MONDAY, NOW)
    assert first is not None
    assert store.digests.claim(subscription, MONDAY, NOW) is None
    store.digests.close(first, "failed", None, "channel_not_found")
    assert store.digests.claim(subscription, MONDAY, NOW) is None
    assert store.digests.claim(subscription, date(2024, 2, 12), NOW) not in (None, first)


def test_the_last_day_is_that_of_the_newest_delivery(store: OrganisationStore, subscription: Subscription) -> None:
    assert store.digests.last_day(subscription) is None
    for day in (date(2024, 2, 12), MONDAY):
        store.digests.claim(subscription, day, NOW)
    assert store.digests.last_day(subscription) == date(2024, 2, 12)


def test_a_channel_that_nobody_has_set_up_has_nothing_to_claim(store: OrganisationStore) -> None:
    assert store.digests.claim(WANTED, MONDAY, NOW) is None
