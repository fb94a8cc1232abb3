"""Nothing that Slack did not send just now reaches anybody, however it is dressed; forged.toml has the requests."""

from __future__ import annotations

import asyncio
import json
import tomllib
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.slack.builders import planner
from tests.slack.conftest import Scripted, Served, serving
from tests.slack.local import payloads
from tests.slack.local.delivery import OverHttp
from tests.slack.local.people import KARI
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import SECRET, Posted

REQUESTS = tomllib.loads(Path(__file__).with_name("forged.toml").read_text("utf-8"))["request"]
DIRECT = "D0KARI"
BODIES = {
    "large": b"x" * 1_100_000,
    "no UTF-8": b'{"type": "event_callback", "x": "\xff\xfe"}',
    "deep": b"[" * 100_000,
}


@pytest.fixture
def bot() -> Scripted:
    return Scripted(planner)


@pytest.fixture
async def served(local: LocalSlack, bot: Scripted) -> AsyncIterator[Served]:
    async with serving(local, bot, "http") as found:
        yield found


def a_message(local: LocalSlack) -> dict[str, Any]:
    return local.event(payloads.message_event(Posted(DIRECT, local.workspace.ts(), KARI, "hva skjer?"), "message"))


def the_body(request: Mapping[str, Any], local: LocalSlack) -> bytes:
    named = request.get("body", "message")
    return json.dumps(a_message(local)).encode() if named == "message" else BODIES.get(named, named.encode())


def the_headers(request: Mapping[str, Any], local: LocalSlack, body: bytes, url: str) -> dict[str, str]:
    """As Slack has them, but for what is false of the request."""
    signer = OverHttp(local.clock, url, request.get("secret", SECRET))
    signed = signer.signed(body, local.clock.seconds() - request.get("age", 0))
    signature = request.get("version", "v0") + signed["x-slack-signature"][2:]
    signature = signature.upper() if request.get("capital") else signature
    signed["x-slack-signature"] = signature[: request.get("length")] + request.get("longer", "")
    headers = {"content-type": "application/json", **signed}
    return {name: value for name, value in headers.items() if name not in request.get("without", ())}


async def brought(url: str, request: Mapping[str, Any], local: LocalSlack) -> int:
    """Send the request byte by byte as it says, and return the status that comes back; 0 where none does."""
    body = the_body(request, local)
    headers = the_headers(request, local, body, url)
    body += request.get("changed", "").encode()
    framing = request.get("framing")
    if framing == "chunked":
        headers["transfer-encoding"] = "chunked"
        body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    else:
        headers["content-length"] = str(len(body) + {"longer": 10, "shorter": -10}.get(framing or "", 0))
    lines = [f"{name}: {value}" for name, value in request.get("twice", {}).items()]
    lines += [f"{name}: {value}" for name, value in {**headers, **request.get("headers", {})}.items()]
    return await sent(url, request, "\r\n".join(lines), body)


async def sent(url: str, request: Mapping[str, Any], headers: str, body: bytes) -> int:
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    path = request.get("path", address.path)
    head = f"{request.get('method', 'POST')} {path} HTTP/1.1\r\nhost: {address.netloc}\r\n{headers}\r\n\r\n"
    try:
        writer.write(head.encode() + body)
        if request.get("framing") == "longer":  # else it would be waited for; and who hangs up gets no answer
            writer.write_eof()
        status = (await asyncio.wait_for(reader.readline(), 30)).split()
        return int(status[1]) if status else 0
    except ConnectionError:
        return 0
    finally:
        writer.close()


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda one: one["name"])
async def test_it_reaches_nobody(served: Served, local: LocalSlack, bot: Scripted, request_: dict[str, Any]) -> None:
    assert await brought(served.url, request_, local) == request_["answer"]
    # What is let in behind it is answered, so whatever the other one had begun would have been heard.
    assert await brought(served.url, {}, local) == 200
    await local.answer(KARI, DIRECT)
    assert len(bot.heard) == 1
    assert len(local.api.called("chat.postMessage")) == 1


async def test_what_is_sent_again_just_as_it_was_runs_once(served: Served, local: LocalSlack, bot: Scripted) -> None:
    assert local.http
    body, content_type = OverHttp.encoded("events_api", a_message(local))
    headers = {"content-type": content_type, **local.http.signed(body)}
    again = await asyncio.gather(*(local.http.send(body, headers) for _ in range(5)))
    assert [outcome.status for outcome in again] == [200] * 5
    await local.answer(KARI, DIRECT)
    assert len(bot.heard) == 1


async def test_a_workspace_that_has_not_installed_us_is_not_heard(
    served: Served, local: LocalSlack, bot: Scripted
) -> None:
    assert local.http
    foreign = json.loads(json.dumps(a_message(local)).replace('"T0PLAN"', '"T0FREMMED"'))
    outcome = await local.http.bring("events_api", foreign)
    assert outcome.status in (200, 401, 403)
    assert await brought(served.url, {}, local) == 200
    await local.answer(KARI, DIRECT)
    assert len(bot.heard) == 1
