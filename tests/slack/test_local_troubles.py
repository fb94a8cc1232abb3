"""The local Slack's faults: chosen in a line, by method and count; and its limits, forms of arguments and clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.slack.conftest import START
from tests.slack.local import workspace as names
from tests.slack.local.clock import Clock, Stopped
from tests.slack.local.control import ControlledSlack
from tests.slack.local.people import KARI, PLANNING
from tests.slack.local.troubles import Fault, parse

FORM = {"Authorization": f"Bearer {names.BOT_TOKEN}"}


@pytest.fixture
def clock() -> Clock:
    return Stopped(START)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as found:
        yield found


class Caller:
    """Calls methods as any client may, and tells status and answer."""

    def __init__(self, slack: ControlledSlack, http: aiohttp.ClientSession) -> None:
        self._slack, self._http = slack, http

    async def fault(self, lines: str) -> int:
        async with self._http.post(f"{self._slack.root}/_control/fault", data=lines) as answer:
            return answer.status

    async def call(self, method: str = "auth.test", **how: Any) -> tuple[int, str | None, Any]:
        async with self._http.post(self._slack.api_url + method, **{"headers": FORM, **how}) as answer:
            told = await answer.json() if answer.content_type == "application/json" else {}
            return answer.status, told.get("error"), {**answer.headers, **told}


@pytest.fixture
def caller(slack: ControlledSlack, http: aiohttp.ClientSession) -> Caller:
    return Caller(slack, http)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("chat.update=500", Fault("chat.update", status=500)),
        (
            "chat.postMessage=429:7*3",
            Fault("chat.postMessage", "ratelimited", 429, retry_after=7, times=3),
        ),
        ("*=reset", Fault("*", breaks=True)),
        ("chat.postMessage=reset-after@2", Fault("chat.postMessage", breaks=True, done=True, after=2)),
        ("chat.postMessage=500-after*2", Fault("chat.postMessage", status=500, done=True, times=2)),
        ("users.info=hang:5", Fault("users.info", seconds=5)),
        ("users.info=missing_scope:users:read", Fault("users.info", "missing_scope", lacks="users:read")),
        ("views.open=expired_trigger_id*2", Fault("views.open", "expired_trigger_id", times=2)),
    ],
)
def test_a_fault_is_told_in_a_line(line: str, fault: Fault) -> None:
    assert parse(line) == fault


async def test_faults_strike_by_method_and_count(slack: ControlledSlack, caller: Caller) -> None:
    assert await caller.fault("auth.test=429:7*2@1\nusers.list=500\nusers.info=missing_scope:users:read") == 200
    told = [await caller.call() for _ in range(4)]
    assert [(status, error) for status, error, _ in told] == [
        (200, None),
        (429, "ratelimited"),
        (429, "ratelimited"),
        (200, None),
    ]
    assert told[1][2]["Retry-After"] == "7"
    assert (await caller.call("users.list"))[0] == 500
    _, error, more = await caller.call("users.info", data={"user": KARI})
    assert (error, more["needed"]) == ("missing_scope", "users:read")
    assert "chat:write" in more["provided"].split(",")
    assert await caller.fault("nonsense") == 400


async def test_a_connection_breaks_before_the_work_or_after_it(slack: ControlledSlack, caller: Caller) -> None:
    await caller.fault("chat.postMessage=reset\nchat.postMessage=reset-after")
    for _ in range(2):
        with pytest.raises(aiohttp.ClientError):
            await caller.call("chat.postMessage", json={"channel": PLANNING, "text": "en"})
    assert [one.text for one in slack.workspace.messages] == ["en"]


async def test_a_call_that_hangs_is_answered_late(slack: ControlledSlack, caller: Caller) -> None:
    await caller.fault("auth.test=hang:0.2")
    slow = asyncio.create_task(caller.call())
    await asyncio.wait([slow], timeout=0.1)
    assert not slow.done()
    assert (await slow)[:2] == (200, None)


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({"data": {"user": KARI}}, None),
        ({"json": {"user": KARI}}, None),
        ({"params": {"user": KARI}}, None),
        ({"data": {"user": KARI, "token": names.BOT_TOKEN}, "headers": {}}, None),
        ({"json": {"user": KARI, "token": names.BOT_TOKEN}, "headers": {}}, "not_authed"),
        ({"data": "{", "headers": {**FORM, "Content-Type": "application/json"}}, "invalid_json"),
        ({"data": "[]", "headers": {**FORM, "Content-Type": "application/json"}}, "json_not_object"),
        ({"data": "x", "headers": {**FORM, "Content-Type": "text/plain"}}, "invalid_post_type"),
        ({"data": {"user": KARI, "blocks": "["}}, "invalid_blocks_format"),
    ],
)
async def test_arguments_are_taken_in_slacks_forms(caller: Caller, how: dict[str, Any], error: str | None) -> None:
    assert (await caller.call("users.info", **how))[:2] == (200, error)


async def test_arguments_come_in_parts_too(caller: Caller) -> None:
    parts = aiohttp.FormData({"user": KARI}, default_to_multipart=True)
    assert (await caller.call("users.info", data=parts))[:2] == (200, None)


async def test_only_what_can_be_posted_counts_towards_a_channels_limit(slack: ControlledSlack, caller: Caller) -> None:
    said = {"channel": PLANNING, "text": "x"}
    for _ in range(5):
        assert (await caller.call("chat.postMessage", json=said))[0] == 200
    assert (await caller.call("chat.postMessage", json=said | {"channel": "D0KARI"}))[0] == 200
    assert (await caller.call("chat.postMessage", json=said))[0] == 429
    assert (await caller.call("chat.postMessage", json={"channel": PLANNING}))[:2] == (200, "no_text")


async def test_the_clock_is_moved_by_hand(slack: ControlledSlack, http: aiohttp.ClientSession) -> None:
    before = slack.clock.seconds()
    async with http.post(f"{slack.root}/_control/clock", json={"seconds": 3600}) as answer:
        assert (await answer.json())["ok"]
    assert slack.clock.seconds() - before == 3600
