"""What is let in over HTTP: only what Slack has signed lately, and no more of it than there can be."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from handlers.slack.door import LARGEST_BODY
from tests.slack.builders import planner
from tests.slack.conftest import Scripted, Served, serving
from tests.slack.local import payloads
from tests.slack.local.delivery import OverHttp
from tests.slack.local.people import KARI
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import Posted

DIRECT = "D0KARI"


@pytest.fixture
def bot() -> Scripted:
    return Scripted(planner)


@pytest.fixture
async def served(local: LocalSlack, bot: Scripted) -> AsyncIterator[Served]:
    async with serving(local, bot, "http") as found:
        yield found


@pytest.fixture
def http(served: Served, local: LocalSlack) -> OverHttp:
    assert local.http
    return local.http


def a_message(local: LocalSlack) -> tuple[bytes, dict[str, str]]:
    posted = Posted(DIRECT, local.workspace.ts(), KARI, "hva skjer?")
    body, content_type = OverHttp.encoded("events_api", local.event(payloads.message_event(posted, "message")))
    return body, {"content-type": content_type}


async def test_slack_checks_the_address_first(http: OverHttp) -> None:
    body, content_type = OverHttp.encoded("events_api", {"type": "url_verification", "challenge": "abc", "token": "x"})
    answer = await http.send(body, {"content-type": content_type, **http.signed(body)})
    assert (answer.status, answer.body) == (200, '{"challenge": "abc"}')


async def test_what_is_signed_is_let_in(http: OverHttp, local: LocalSlack, bot: Scripted) -> None:
    body, headers = a_message(local)
    assert (await http.send(body, headers | http.signed(body))).status == 200
    await local.answer(KARI, DIRECT)
    assert len(bot.heard) == 1


async def test_nothing_forged_stale_or_broken_is_let_in(http: OverHttp, local: LocalSlack, bot: Scripted) -> None:
    body, headers = a_message(local)
    other = OverHttp(local.clock, http.url, "another-secret")
    now = local.clock.seconds()
    right = http.signed(body)
    forged = [
        {},
        other.signed(body),
        http.signed(body + b" "),
        http.signed(body, now - 301),
        http.signed(body, now + 302),
        {**right, "x-slack-signature": ""},
        {**right, "x-slack-signature": "v0="},
        {**right, "x-slack-signature": right["x-slack-signature"].upper()},
        {**right, "x-slack-signature": "v0=" + "0" * 64},
        {**right, "x-slack-signature": "v1" + right["x-slack-signature"][2:]},
        {**right, "x-slack-request-timestamp": "now"},
        {**right, "x-slack-request-timestamp": ""},
        {**right, "x-slack-request-timestamp": "1e9"},
        {**right, "x-slack-request-timestamp": "9" * 400},
        {**right, "x-slack-request-timestamp": str(int(now) - 1)},
        {"x-slack-signature": right["x-slack-signature"]},
        {"x-slack-request-timestamp": right["x-slack-request-timestamp"]},
    ]
    answers = [await http.send(body, headers | signature) for signature in forged]
    assert [answer.status for answer in answers] == [401] * len(forged)
    assert bot.heard == []


async def test_what_is_sent_again_as_it_was_runs_once(http: OverHttp, local: LocalSlack, bot: Scripted) -> None:
    body, headers = a_message(local)
    headers |= http.signed(body)
    assert [(await http.send(body, headers)).status for _ in range(3)] == [200] * 3
    await local.answer(KARI, DIRECT)
    assert len(bot.heard) == 1


async def test_what_is_too_large_is_refused_unread(http: OverHttp, bot: Scripted) -> None:
    body = b"x" * (LARGEST_BODY + 1)
    assert (await http.send(body, http.signed(body))).status == 413

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 100_000

    async with aiohttp.ClientSession() as session, session.post(http.url, data=endless()) as answer:
        assert answer.status == 413
    assert bot.heard == []


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{", "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"payload=%7B", "application/x-www-form-urlencoded"),
        (b"", "application/json"),
        (b"[]", "application/json"),
    ],
)
async def test_signed_nonsense_reaches_nobody(http: OverHttp, bot: Scripted, body: bytes, content_type: str) -> None:
    answer = await http.send(body, {"content-type": content_type, **http.signed(body)})
    assert answer.status in (200, 400, 401, 404)
    assert bot.heard == []


async def test_only_posts_are_answered(http: OverHttp) -> None:
    async with aiohttp.ClientSession() as session, session.get(http.url) as answer:
        assert answer.status == 405
