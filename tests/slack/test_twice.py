"""Every act that comes twice happens once: sent again by Slack, typed or pressed twice, or by two people at once."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.core import Bot
from storage.database import Database
from tests.slack.conftest import Served, serving, until
from tests.slack.local import interactions, payloads
from tests.slack.local.people import KARI, OLA, PLANNING
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import Posted
from tests.slack.planned import TITLE, rows

ACTS = tomllib.loads(Path(__file__).with_name("twice.toml").read_text("utf-8"))["act"]
Deliver = Callable[[LocalSlack, dict[str, Any], str, Posted | None], Awaitable[int]]


@pytest.fixture(params=["http", "socket"])
async def served(
    request: pytest.FixtureRequest, local: LocalSlack, planned_database: Database
) -> AsyncIterator[Served]:
    async with serving(local, Bot(planned_database), request.param) as found:
        yield found


def written(text: str, planned_database: Database) -> str:
    """The text with the keys of this plan."""
    keys = {item.title == TITLE: item.key for item in planned_database.of(None).plans.book().items}
    return text.replace("DAY", keys[True]).replace("MEASURE", keys[False])


async def said(local: LocalSlack, user: str, text: str) -> Posted:
    """A command and its answer."""
    before = len(local.seen_by(user, PLANNING))
    command, _, rest = text.partition(" ")
    assert (await local.command(user, PLANNING, command, rest)).is_acknowledged
    return await local.answer(user, PLANNING, before + 1)


def payload(local: LocalSlack, act: dict[str, Any], text: str, shown: Posted | None) -> tuple[Any, dict[str, Any]]:
    """What Slack sends of one act of Kari's: a command, or a press on what is shown."""
    kari, place = local.workspace.users[KARI], local.workspace.channels[PLANNING]
    if shown is not None and "presses" in act:
        url = local.response_url(PLANNING, KARI, shown)
        return "interactive", interactions.press(local.workspace, kari, shown, shown.button(act["presses"]), url)
    command, _, rest = text.partition(" ")
    url = local.response_url(PLANNING, KARI)
    return "slash_commands", payloads.command(local.workspace, kari, place, (command, rest), url)


async def again(local: LocalSlack, act: dict[str, Any], text: str, shown: Posted | None) -> int:
    """The same delivery, as Slack sends it again where it got no answer in time; answered once."""
    way = local.http or local.socket
    kind, told = payload(local, act, text, shown)
    for number in (0, 1, 2):
        assert (await way.bring(kind, told, number, "timeout")).is_acknowledged
    return 1


async def doubly(local: LocalSlack, act: dict[str, Any], text: str, shown: Posted | None) -> int:
    """Two presses or two commands of one person at the same moment; both are answered."""
    way = local.http or local.socket
    both = [payload(local, act, text, shown) for _ in range(2)]
    outcomes = await asyncio.gather(*(way.bring(*one) for one in both))
    assert all(outcome.is_acknowledged for outcome in outcomes)
    return 2


# To say twice how far something moves is to move it twice; to take back twice takes back what was before.
DELIVERIES: dict[str, Deliver] = {"again": again, "doubly": doubly}


@pytest.mark.parametrize(
    ("act", "way"),
    [
        pytest.param(act, way, id=f"{act['name']}, {way}")
        for act in ACTS
        for way in DELIVERIES
        if act.get("only", way) == way
    ],
)
async def test_it_happens_once(
    served: Served, local: LocalSlack, planned_database: Database, tmp_path: Path, act: dict[str, Any], way: str
) -> None:
    first = await said(local, KARI, written(act["first"], planned_database)) if "first" in act else None
    before, answers = len(history(tmp_path, act)), len(answered(local))
    expected = await DELIVERIES[way](local, act, written(act.get("says", ""), planned_database), first)
    await until(lambda: len(answered(local)) >= answers + expected)
    assert len({step for step, _ in history(tmp_path, act)[before:]}) == 1
    fields = [field for _, field in history(tmp_path, act)[before:]]
    assert len(fields) == len(set(fields))
    assert len(answered(local)) == answers + expected


async def test_two_people_at_once_are_one_change(
    served: Served, local: LocalSlack, planned_database: Database, tmp_path: Path
) -> None:
    await said(local, KARI, "/rolle gi Rektor <@U0OLA|ola>")
    before = len(history(tmp_path, {}))
    text = written("/tiltak ferdig MEASURE", planned_database)
    await asyncio.gather(said(local, KARI, text), said(local, OLA, text))
    assert [field for _, field in history(tmp_path, {})[before:]] == ["status"]


def history(folder: Path, act: dict[str, Any]) -> list[tuple[Any, Any]]:
    """The step and the field of every line; of the act's own field where it has one."""
    table = rows(folder, "history")["history"]
    return [(row[2], row[8]) for row in table if act.get("field", row[8]) == row[8]]


def answered(local: LocalSlack) -> list[Any]:
    return local.api.called("response_url")
