"""What a conversation was about is kept for a day, and replaced."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.database import OrganisationStore
from tests.storage.builders import NOW

DAY = timedelta(hours=24)


def test_the_last_is_remembered(store: OrganisationStore) -> None:
    assert store.conversations.recall("c1", NOW) is None
    store.conversations.remember("c1", "first", NOW)
    store.conversations.remember("c1", "second", NOW)
    store.conversations.remember("c2", "third", NOW)
    assert store.conversations.recall("c1", NOW) == "second"


@pytest.mark.parametrize(("later", "recalled"), [(DAY - timedelta(seconds=1), "it"), (DAY, None)])
def test_it_is_forgotten_after_a_day(store: OrganisationStore, later: timedelta, recalled: str | None) -> None:
    store.conversations.remember("c1", "it", NOW)
    assert store.conversations.recall("c1", NOW + later) == recalled
    store.conversations.remember("other", "that", NOW + later)
    assert store.conversations.recall("c1", NOW) == recalled


def test_any_name_will_do(store: OrganisationStore) -> None:
    for name in ("", "\x00", "\ud83d", "æ" * 10_000):
        store.conversations.remember(name, f"about {name}", NOW)
        assert store.conversations.recall(name, NOW) is not None
