"""The short form of `make chaos`: killed in the middle of it, nothing is lost and nothing comes twice."""

from __future__ import annotations

from tests.chaos.killing import Plot, killed


async def test_one_process_on_sqlite_loses_nothing_and_doubles_nothing(own_file: str) -> None:
    counted = await killed(own_file, Plot(deliveries=60, kills=3, needless=True))
    assert (counted.posted, counted.lost, counted.doubled, counted.kills) == (60, 0, 0, 3), str(counted)


async def test_three_replicas_on_postgresql_lose_nothing_and_double_nothing(own_postgres: str) -> None:
    counted = await killed(own_postgres, Plot(deliveries=60, kills=3, replicas=3, needless=True))
    assert (counted.posted, counted.lost, counted.doubled, counted.kills) == (60, 0, 0, 3), str(counted)


async def test_who_is_frozen_before_it_posts_posts_nothing_when_it_wakes_up(own_postgres: str) -> None:
    counted = await killed(own_postgres, Plot(deliveries=30, kills=1, replicas=2, frozen=True))
    assert (counted.posted, counted.lost, counted.doubled, counted.kills) == (30, 0, 0, 1), str(counted)
