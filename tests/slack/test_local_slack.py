"""The local Slack itself: that it refuses and repeats as Slack's reference says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.local import workspace as names
from tests.slack.local.people import ELSEWHERE, KARI, PLANNING
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import Refused

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Uke 36"}}


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as found:
        yield found


@pytest.fixture
def client(local: LocalSlack, session: aiohttp.ClientSession) -> AsyncWebClient:
    return AsyncWebClient(names.BOT_TOKEN, base_url=local.api_url, session=session, retry_handlers=[])


async def refusal(client: AsyncWebClient, method: str, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method, json=arguments)
    return str(refused.value.response["error"])


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": [SECTION] * 51}, "invalid_blocks"),
        ({"text": "x", "blocks": [{**SECTION, "text": {"type": "mrkdwn", "text": "x" * 3001}}]}, "invalid_blocks"),
        (
            {"text": "x", "blocks": [{**SECTION, "text": {"type": "mrkdwn", "text": "x" * 2999}}] * 5},
            "msg_blocks_too_long",
        ),
        ({"text": "x", "blocks": [{"type": "actions", "elements": []}]}, "invalid_blocks"),
        ({"text": "x", "blocks": [{**SECTION, "block_id": "a"}] * 2}, "invalid_blocks"),
        ({"text": "x", "channel": "C0INGEN"}, "channel_not_found"),
        ({"text": "x", "channel": ELSEWHERE}, "not_in_channel"),
    ],
)
async def test_messages_are_refused_with_slacks_codes(
    client: AsyncWebClient, arguments: dict[str, Any], error: str
) -> None:
    assert await refusal(client, "chat.postMessage", **{"channel": PLANNING, **arguments}) == error


async def test_arguments_come_in_every_form(client: AsyncWebClient) -> None:
    assert (await client.api_call("users.info", http_verb="GET", params={"user": KARI}))["user"]["id"] == KARI
    assert (await client.api_call("users.info", data={"user": KARI}))["user"]["id"] == KARI
    assert (await client.api_call("users.info", json={"user": KARI}))["user"]["id"] == KARI


async def test_tokens_and_scopes_are_looked_at(local: LocalSlack, client: AsyncWebClient) -> None:
    local.workspace.scopes.remove("users:read")
    assert await refusal(client, "users.info", user=KARI) == "missing_scope"
    assert await refusal(client, "apps.connections.open") == "not_allowed_token_type"
    assert await refusal(client, "no.such.method") == "unknown_method"
    client.token = "xoxb-wrong"
    assert await refusal(client, "auth.test") == "invalid_auth"
    client.token = None
    assert await refusal(client, "auth.test") == "not_authed"


async def test_a_burst_is_limited_until_time_has_passed(local: LocalSlack, client: AsyncWebClient) -> None:
    for _ in range(5):
        await client.chat_postMessage(channel=PLANNING, text="x")
    with pytest.raises(SlackApiError) as limited:
        await client.chat_postMessage(channel=PLANNING, text="x")
    assert limited.value.response.status_code == 429
    assert int(limited.value.response.headers["Retry-After"]) >= 1
    local.clock.move(6)
    await client.chat_postMessage(channel=PLANNING, text="x")


async def test_a_response_url_works_five_times_in_half_an_hour(
    local: LocalSlack, session: aiohttp.ClientSession
) -> None:
    async def use(url: str) -> str:
        async with session.post(url, json={"text": "x", "response_type": "ephemeral"}) as answer:
            return await answer.text()

    url = local.response_url(PLANNING, KARI)
    assert [await use(url) for _ in range(6)] == ["ok"] * 5 + ["used_url"]
    late = local.response_url(PLANNING, KARI)
    local.clock.move(1801)
    assert await use(late) == "expired_url"


async def test_a_trigger_works_once_for_three_seconds(local: LocalSlack) -> None:
    def use(trigger: str) -> str:
        try:
            local.workspace.use_trigger(trigger)
        except Refused as refused:
            return refused.code
        return "ok"

    trigger, late = local.workspace.issue_trigger(), local.workspace.issue_trigger()
    assert (use(trigger), use(trigger), use("1.2.3")) == ("ok", "exchanged_trigger_id", "invalid_trigger_id")
    local.clock.move(4)
    assert use(late) == "expired_trigger_id"


async def test_a_home_tab_that_has_changed_meanwhile_is_a_conflict(client: AsyncWebClient) -> None:
    view = {"type": "home", "blocks": [SECTION]}
    first = await client.views_publish(user_id=KARI, view=view)
    await client.views_publish(user_id=KARI, view=view)
    assert (
        await refusal(client, "views.publish", user_id=KARI, view=view, hash=first["view"]["hash"]) == "hash_conflict"
    )


async def test_a_file_is_told_of_where_the_app_is_and_not_after_it_is_deleted(
    local: LocalSlack, client: AsyncWebClient
) -> None:
    file = local.files.upload(KARI, "plan.docx", b"plan")
    await local.share(KARI, ELSEWHERE, [file])
    assert await refusal(client, "files.info", file=file.id) == "file_not_found"
    await local.share(KARI, PLANNING, [file])
    told = (await client.files_info(file=file.id))["file"]
    assert (told["name"], told["size"], told["filetype"]) == ("plan.docx", 4, "docx")
    file.mode = "tombstone"
    assert await refusal(client, "files.info", file=file.id) == "file_deleted"
    local.workspace.scopes.remove("files:read")
    assert await refusal(client, "files.info", file=file.id) == "missing_scope"


async def test_the_file_host_gives_a_file_to_the_token_and_a_sign_in_page_to_others(
    local: LocalSlack, session: aiohttp.ClientSession
) -> None:
    address = local.files.upload(KARI, "plan.txt", b"plan").as_json()["url_private_download"]

    async def fetched(token: str | None) -> tuple[int, str, bytes]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with session.get(address, headers=headers, allow_redirects=False) as answer:
            return answer.status, answer.content_type, await answer.read()

    assert await fetched(names.BOT_TOKEN) == (200, "text/plain", b"plan")
    for token in (None, "xoxb-wrong"):
        assert (await fetched(token))[:2] == (200, "text/html")
    local.files.sign_in = "redirect"
    assert (await fetched(None))[0] == 302


async def test_a_missed_event_comes_again_at_once_after_a_minute_and_after_five(local: LocalSlack) -> None:
    seen: list[tuple[str | None, str | None]] = []

    async def broken(request: web.Request) -> web.Response:
        seen.append((request.headers.get("x-slack-retry-num"), request.headers.get("x-slack-retry-reason")))
        return web.Response(status=500)

    app = web.Application()
    app.router.add_post("/slack/events", broken)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    local.deliver_to(f"http://{host}:{port}/slack/events")
    await local.say(KARI, "D0KARI", "hei")
    assert seen == [(None, None), ("1", "http_error")]
    await local.pass_time(61)
    assert seen[2:] == [("2", "http_error")]
    await local.pass_time(301)
    assert seen[3:] == [("3", "http_error")]
    await local.pass_time(3600)
    assert len(seen) == 4
    await runner.cleanup()
