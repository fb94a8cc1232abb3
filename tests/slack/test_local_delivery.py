"""How the local Slack brings events: through sockets that come and go, over HTTP, and not to an app that takes none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.conftest import until
from tests.slack.local import workspace as names
from tests.slack.local.people import KARI, PLANNING
from tests.slack.local.server import LocalSlack

HI = (KARI, "D0KARI", "hei")


async def link(local: LocalSlack, http: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    client = AsyncWebClient(names.APP_TOKEN, base_url=local.api_url, session=http)
    return await http.ws_connect((await client.apps_connections_open(app_token=names.APP_TOKEN))["url"])


@asynccontextmanager
async def answering(local: LocalSlack, answers: list[web.Response]) -> AsyncIterator[list[web.Request]]:
    """An app at an address that answers each request with the next of these, and the last for ever."""
    heard: list[web.Request] = []

    async def hear(request: web.Request) -> web.Response:
        heard.append(request)
        told = answers.pop(0) if len(answers) > 1 else answers[0]
        return web.Response(status=told.status, headers=told.headers)

    app = web.Application()
    app.router.add_post("/slack/events", hear)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    local.deliver_to(f"http://{host}:{port}/slack/events")
    yield heard
    await runner.cleanup()


async def test_a_connection_says_hello_and_its_ticket_is_good_once(
    local: LocalSlack, http: aiohttp.ClientSession
) -> None:
    client = AsyncWebClient(names.APP_TOKEN, base_url=local.api_url, session=http)
    address = (await client.apps_connections_open(app_token=names.APP_TOKEN))["url"]
    first, second = await http.ws_connect(address), await link(local, http)
    hello = await first.receive_json()
    assert (hello["type"], hello["num_connections"], hello["connection_info"]) == ("hello", 1, {"app_id": names.APP})
    assert hello["debug_info"]["approximate_connection_time"] == 18060
    assert (await second.receive_json())["num_connections"] == 2
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await http.ws_connect(address)


async def test_each_event_goes_through_one_connection_in_turn(local: LocalSlack, http: aiohttp.ClientSession) -> None:
    heard: list[tuple[int, dict[str, Any]]] = []

    async def listen(number: int, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            told = message.json()
            if "envelope_id" in told:
                heard.append((number, told))
                await socket.send_json({"envelope_id": told["envelope_id"]})

    sockets = [await link(local, http) for _ in range(2)]
    tasks = [asyncio.create_task(listen(at, socket)) for at, socket in enumerate(sockets)]
    await until(lambda: len(local.socket.sockets) == 2)
    for _ in range(4):
        await local.say(*HI)
    assert sorted(number for number, _ in heard) == [0, 0, 1, 1]
    told = heard[0][1]
    assert (told["type"], told["retry_attempt"], told["accepts_response_payload"]) == ("events_api", 0, False)
    for socket in sockets:
        await socket.close()
    await asyncio.gather(*tasks)


async def test_what_was_on_its_way_when_a_connection_closed_comes_through_another(
    local: LocalSlack, http: aiohttp.ClientSession
) -> None:
    first, second = await link(local, http), await link(local, http)
    for socket in (first, second):
        await socket.receive_json()
    said = asyncio.create_task(local.say(*HI))
    either = {asyncio.create_task(socket.receive_json()): socket for socket in (first, second)}
    done, _ = await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    lost = done.pop()
    await either[lost].close()
    other = next(task for task in either if task is not lost)
    again = await other
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "timeout")
    assert again["payload"]["event_id"] == lost.result()["payload"]["event_id"]
    await either[other].send_json({"envelope_id": again["envelope_id"]})
    await said


async def test_connections_are_warned_taken_down_and_ten_at_most(
    local: LocalSlack, http: aiohttp.ClientSession
) -> None:
    sockets = [await link(local, http) for _ in range(10)]
    for socket in sockets:
        await socket.receive_json()
    local.workspace.limits.rest(60)
    over = await link(local, http)
    assert (await over.receive_json())["reason"] == "too_many_websockets"
    await local.socket.warn()
    assert (await sockets[0].receive_json())["reason"] == "warning"
    down = asyncio.create_task(local.socket.disconnect())
    assert (await sockets[0].receive_json())["reason"] == "refresh_requested"
    await asyncio.gather(*(socket.close() for socket in sockets), down)
    await until(lambda: local.socket.sockets == [])


async def test_an_event_is_not_sent_again_to_who_asks_for_that(local: LocalSlack) -> None:
    async with answering(local, [web.Response(status=500, headers={"x-slack-no-retry": "1"})]) as heard:
        await local.say(*HI)
        await local.pass_time(61)
    assert len(heard) == 1


async def test_redirects_are_followed_twice(local: LocalSlack) -> None:
    async with answering(local, [web.Response(status=307, headers={"Location": "/slack/events"})]):
        await local.say(*HI)
    assert local.deliveries[0][1].reason == "too_many_redirects"


async def test_an_app_that_takes_fewer_than_one_in_twenty_hears_no_more(local: LocalSlack) -> None:
    local.health.least = 40
    async with answering(local, [web.Response(), web.Response(status=404)]) as heard:
        for _ in range(20):
            await local.say(*HI)
        assert not local.health.is_disabled, "one of 39"
        await local.say(*HI)
        assert local.health.is_disabled
        heard.clear()
        await local.say(*HI)
        assert heard == []
        local.health.turn_on()
        await local.say(*HI)
        assert len(heard) == 2


async def test_a_workspace_with_too_many_events_hears_of_that_alone(local: LocalSlack) -> None:
    local.health.most = 3
    async with answering(local, [web.Response()]):
        for _ in range(4):
            await local.say(*HI)
    assert [told["type"] for told, _ in local.deliveries] == ["event_callback"] * 3 + ["app_rate_limited"]


async def test_what_happens_is_told_to_who_has_asked_for_it(local: LocalSlack) -> None:
    local.events = {"member_joined_channel", "channel_rename", "channel_archive", "channel_left", "link_shared"}
    local.unfurl_domains = ("planvakt.example.no",)
    async with answering(local, [web.Response()]):
        await local.join("U0NY", PLANNING, KARI)
        await local.leave("U0NY", PLANNING)
        await local.rename(PLANNING, "planer")
        await local.say(KARI, PLANNING, "se https://planvakt.example.no/punkt/KIBS-1 og https://vg.no/x")
        await local.archive(KARI, PLANNING)
        await local.put_out_app(KARI, PLANNING)
    told = [payload["event"] for payload, _ in local.deliveries]
    assert [one["type"] for one in told] == [
        "member_joined_channel",
        "channel_rename",
        "link_shared",
        "channel_archive",
        "channel_left",
    ]
    assert told[2]["links"] == [{"domain": "planvakt.example.no", "url": "https://planvakt.example.no/punkt/KIBS-1"}]
