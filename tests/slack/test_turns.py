"""The order in which what Slack delivered is worked on."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from handlers.slack.deliveries import author_of
from handlers.slack.turns import LONGEST_WAIT_SECONDS, Turns
from tests.slack.conftest import until

KARI, OLA, HERS_ELSEWHERE = ("T0PLAN", "U0KARI"), ("T0PLAN", "U0OLA"), ("T0NABO", "U0KARI")
AUTHORS: list[tuple[dict[str, Any], str | None]] = [
    ({"event": {"type": "message", "user": "U0KARI"}}, "U0KARI"),
    ({"event": {"type": "app_mention", "user": "U0KARI"}}, "U0KARI"),
    ({"event": {"type": "message", "user": "U0KARI", "files": [{"id": "F1"}]}}, None),
    ({"event": {"type": "agent_session_stopped", "user": "U0KARI"}}, None),
    ({"event": {"type": "app_home_opened", "user": "U0KARI"}}, None),
    ({"command": "/plan", "user_id": "U0KARI"}, "U0KARI"),
    ({"type": "block_actions", "user": {"id": "U0KARI"}}, "U0KARI"),
    ({"type": "block_actions"}, None),
]


@pytest.mark.parametrize(("body", "author"), AUTHORS)
def test_whose_order_matters(body: dict[str, Any], author: str | None) -> None:
    assert author_of(body) == author


class Work:
    """What begins stays under way until it is let go."""

    def __init__(self) -> None:
        self.turns = Turns()
        self.begun: list[str] = []
        self.may_end = {name: asyncio.Event() for name in ("first", "second", "third", "fourth")}

    async def do(self, name: str, person: tuple[str, str] | None) -> None:
        async with self.turns.turn(person):
            self.begun.append(name)
            await self.may_end[name].wait()


async def settled(work: Work, *names: str) -> None:
    """These begin, and no other does."""
    await until(lambda: len(work.begun) >= len(names))
    await asyncio.sleep(0.1)
    assert work.begun == list(names)


async def test_what_one_person_says_is_worked_on_one_by_one_and_holds_up_nobody_else() -> None:
    work = Work()
    said = (("first", KARI), ("second", KARI), ("third", OLA), ("fourth", HERS_ELSEWHERE))
    doing = [asyncio.create_task(work.do(*one)) for one in said]
    await settled(work, "first", "third", "fourth")
    work.may_end["first"].set()
    await settled(work, "first", "third", "fourth", "second")
    for one in work.may_end.values():
        one.set()
    await asyncio.gather(*doing)


async def test_what_is_nobodys_waits_for_nothing_that_is_under_way() -> None:
    work = Work()
    doing = [asyncio.create_task(work.do(name, None)) for name in ("first", "second")]
    await settled(work, "first", "second")
    for one in work.may_end.values():
        one.set()
    await asyncio.gather(*doing)


async def test_what_was_given_up_does_not_keep_the_next_from_its_turn() -> None:
    work = Work()
    first = asyncio.create_task(work.do("first", KARI))
    await settled(work, "first")
    second, third = (asyncio.create_task(work.do(name, KARI)) for name in ("second", "third"))
    await asyncio.sleep(0.05)
    second.cancel()
    first.cancel()
    await settled(work, "first", "third")
    work.may_end["third"].set()
    await third


async def test_what_arrives_all_the_time_holds_work_back_for_a_second_and_no_longer() -> None:
    work, loop = Work(), asyncio.get_running_loop()
    with work.turns.waiting():
        since = loop.time()
        doing = [asyncio.create_task(work.do(*one)) for one in (("first", KARI), ("second", OLA))]
        await until(lambda: bool(work.begun))
        assert loop.time() - since > 0.9 * LONGEST_WAIT_SECONDS
        await settled(work, "first", "second")
    for one in work.may_end.values():
        one.set()
    await asyncio.gather(*doing)
