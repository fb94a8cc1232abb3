"""A channel follows the plans that it was told to, and all where nobody has said which."""

from __future__ import annotations

import pytest

from bot.digest import Subscription
from bot.errors import DatabaseTrouble
from bot.model import Plan, Platform
from storage.database import OrganisationStore
from tests.storage.builders import LOCAL, SYSTEM, by, taken_in

HERE = ("slack", "T1:C1")


@pytest.fixture
def plans(store: OrganisationStore) -> tuple[Plan, ...]:
    return tuple(taken_in(store, title=title) for title in ("KIBS 2024", "SEPU 2024"))


def test_a_channel_that_nobody_has_set_follows_all(store: OrganisationStore, plans: tuple[Plan, ...]) -> None:
    assert store.channels.followed(*HERE) == ()


def test_a_channel_follows_just_what_was_said_last(store: OrganisationStore, plans: tuple[Plan, ...]) -> None:
    kibs, sepu = plans
    first = store.channels.follow(*HERE, [sepu, kibs], SYSTEM)
    assert store.channels.followed(*HERE) == (kibs.id, sepu.id)
    second = store.channels.follow(*HERE, [sepu], SYSTEM)
    assert store.channels.followed(*HERE) == (sepu.id,)
    third = store.channels.follow(*HERE, [], SYSTEM)
    assert store.channels.followed(*HERE) == ()
    noted = [(one.subject, one.field, one.before, one.after, one.by.name) for one in (first, second, third) if one]
    assert noted == [
        ("T1:C1", "follows", None, "KIBS, SEPU", "administrator"),
        ("T1:C1", "follows", "KIBS, SEPU", "SEPU", "administrator"),
        ("T1:C1", "follows", "SEPU", None, "administrator"),
    ]


def test_the_same_once_more_is_no_change(store: OrganisationStore, plans: tuple[Plan, ...]) -> None:
    assert store.channels.follow(*HERE, [], SYSTEM) is None
    assert store.channels.follow(*HERE, plans[:1], SYSTEM) is not None
    before = store.plans.book()
    assert store.channels.follow(*HERE, [plans[0], plans[0]], SYSTEM) is None
    assert store.plans.book() is before


def test_channels_do_not_follow_for_one_another(store: OrganisationStore, plans: tuple[Plan, ...]) -> None:
    store.channels.follow(*HERE, plans[:1], SYSTEM)
    store.channels.follow("slack", "T1:C2", plans[1:], SYSTEM)
    assert store.channels.followed(*HERE) == (plans[0].id,)
    assert store.channels.followed("slack", "T1:C2") == (plans[1].id,)
    assert store.channels.followed("teams", "T1:C1") == ()


def test_what_is_followed_and_the_digest_share_the_channel(store: OrganisationStore, plans: tuple[Plan, ...]) -> None:
    store.channels.follow(*HERE, plans[:1], SYSTEM)
    wanted = Subscription(id=None, platform=Platform.SLACK, channel="T1:C1", channel_name="plan")
    store.digests.subscribe(wanted, SYSTEM)
    assert store.channels.followed(*HERE) == (plans[0].id,)
    noted = store.channels.follow(*HERE, plans, SYSTEM)
    assert noted is not None
    assert noted.subject == "plan"


def test_a_plan_that_was_taken_back_is_followed_by_nobody(store: OrganisationStore, plans: tuple[Plan, ...]) -> None:
    store.channels.follow(*HERE, plans[1:], SYSTEM)
    person = store.people.record(LOCAL)
    assert store.history.undo_step(store.history.last_step_by(person), by(person))
    assert store.channels.followed(*HERE) == ()
    with pytest.raises(DatabaseTrouble):
        store.channels.follow(*HERE, plans[1:], SYSTEM)
