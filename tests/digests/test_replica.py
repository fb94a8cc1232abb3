"""A process that delivers, as the others see it: who may have been taken for dead posts nothing of what it had."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.delivering.replica import Replica
from handlers.delivering.timing import Timing
from storage.database import Database

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_was_away_may_post_what_is_claimed_from_then_on_and_nothing_of_before(database: Database) -> None:
    ticks = [100.0]
    replica = Replica(database.ledger, lambda: NOW, Timing(dead=40), is_alone=False, ticks=lambda: ticks[0])
    before_any_beat = replica.token()
    assert not replica.may_post(before_any_beat)
    await replica.beat()
    claimed = replica.token()
    ticks[0] += 19
    assert replica.may_post(claimed)
    await replica.beat()
    ticks[0] += 19
    assert replica.may_post(claimed)
    ticks[0] += 2
    assert not replica.may_post(claimed)
    await replica.beat()
    assert not replica.may_post(claimed)
    assert replica.may_post(replica.token())
