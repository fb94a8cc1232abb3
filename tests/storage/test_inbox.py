"""The stored inbox: each delivery once, for one at a time, and no longer than it is needed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.inbox import Delivery

NOW = datetime(2023, 8, 30, 9, 5, tzinfo=UTC)
SOON = NOW + timedelta(minutes=1)
BODY = {"text": "Fagdag \x00 æøå \ud800"}


def put(database: Database, delivery: str = "Ev1") -> Delivery | None:
    return database.inbox.put(delivery, ("message", "T1"), BODY, now=NOW, until=SOON)


def test_a_delivery_is_kept_once_and_comes_out_as_it_was(database: Database) -> None:
    assert put(database)
    assert put(database) is None
    (found,) = database.inbox.claim(now=SOON, until=SOON, at_most=9)
    assert (found.kind, found.team, found.body, found.received_at, found.attempts) == ("message", "T1", BODY, NOW, 2)


def test_of_many_who_are_brought_one_delivery_one_gets_it(database_url: str) -> None:
    databases = [Database(database_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(put, databases))
    assert sum(delivery is not None for delivery in got) == 1
    for database in databases:
        database.close()


def test_of_many_who_claim_each_delivery_goes_to_one(database_url: str) -> None:
    databases = [Database(database_url) for _ in range(4)]
    assert all(put(databases[0], f"Ev{number}") for number in range(40))

    def claim(database: Database) -> list[int]:
        got: list[int] = []
        while found := database.inbox.claim(now=SOON, until=SOON + timedelta(minutes=1), at_most=3):
            got += [delivery.id for delivery in found]
        return got

    with ThreadPoolExecutor(4) as pool:
        claimed = [id for got in pool.map(claim, databases) for id in got]
    assert len(claimed) == len(set(claimed)) <= 40
    left = databases[0].inbox.claim(now=SOON, until=SOON + timedelta(minutes=1), at_most=99)
    assert len(claimed) + len(left) == 40
    for database in databases:
        database.close()


def test_nobody_claims_what_somebody_has(database: Database) -> None:
    delivery = put(database)
    assert delivery
    assert database.inbox.claim(now=NOW, until=SOON, at_most=9) == ()
    later = SOON + timedelta(minutes=1)
    database.inbox.renew([delivery.id], later)
    assert database.inbox.claim(now=SOON, until=later, at_most=9) == ()
    database.inbox.again(delivery.id, SOON)
    assert len(database.inbox.claim(now=SOON, until=later, at_most=9)) == 1


def test_what_is_done_is_remembered_until_it_is_purged(database: Database) -> None:
    delivery = put(database)
    assert delivery
    database.inbox.done(delivery.id)
    database.inbox.again(delivery.id, NOW)
    assert database.inbox.claim(now=SOON, until=SOON, at_most=9) == ()
    database.inbox.purge(done_before=NOW, dead_before=SOON)
    assert put(database) is None
    database.inbox.purge(done_before=SOON, dead_before=NOW)
    assert put(database)


def test_what_is_given_up_is_kept_longer(database: Database) -> None:
    delivery = put(database)
    assert delivery
    database.inbox.dead(delivery.id, "RuntimeError")
    database.inbox.purge(done_before=SOON, dead_before=NOW)
    assert database.inbox.dead_letters() == ((delivery.id, "message", "RuntimeError"),)
    database.inbox.purge(done_before=NOW, dead_before=SOON)
    assert database.inbox.dead_letters() == ()
