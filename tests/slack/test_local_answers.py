"""The local Slack's answers that grow, come later, stand under links, or go through a response_url."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.local import workspace as names
from tests.slack.local.people import KARI, PLANNING
from tests.slack.local.server import LocalSlack

TO_KARI = {"recipient_team_id": names.TEAM, "recipient_user_id": KARI}
ADDRESS = "https://planvakt.example.no/punkt/KIBS-1"
MEASURE = {
    "app_unfurl_url": ADDRESS,
    "url": ADDRESS,
    "external_ref": {"id": "KIBS-1"},
    "entity_type": "slack#/entities/task",
    "entity_payload": {"attributes": {"title": {"text": "Fagdag"}}},
}


@pytest.fixture
def client(local: LocalSlack, http: aiohttp.ClientSession) -> AsyncWebClient:
    local.workspace.scopes.add("links:write")
    return AsyncWebClient(names.BOT_TOKEN, base_url=local.api_url, session=http, retry_handlers=[])


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as found:
        await call
    return str(found.value.response["error"])


async def test_an_answer_grows_until_it_is_stopped_or_five_minutes_have_passed(
    local: LocalSlack, client: AsyncWebClient
) -> None:
    asked = await local.say(KARI, PLANNING, "hei")
    first = await client.chat_startStream(channel=PLANNING, thread_ts=asked.ts, markdown_text="Uke ", **TO_KARI)
    where = {"channel": PLANNING, "ts": first["ts"]}
    await client.chat_appendStream(**where, markdown_text="36")
    assert await refused(client.chat_appendStream(**where, markdown_text="x" * 12_001)) == "msg_too_long"
    stopped = await client.chat_stopStream(**where, markdown_text=".")
    assert (stopped["message"]["text"], stopped["message"]["thread_ts"]) == ("Uke 36.", asked.ts)
    assert await refused(client.chat_stopStream(**where)) == "message_not_in_streaming_state"
    second = await client.chat_startStream(channel=PLANNING, thread_ts=asked.ts, **TO_KARI)
    local.clock.move(301)
    late = client.chat_appendStream(channel=PLANNING, ts=second["ts"], markdown_text="x")
    assert await refused(late) == "message_not_in_streaming_state"


async def test_a_scheduled_message_is_posted_when_its_time_comes_but_not_with_metadata(
    local: LocalSlack, client: AsyncWebClient
) -> None:
    at = int(local.clock.seconds()) + 3600
    for text, metadata in (("ukebrev", None), ("aldri", {"event_type": "x", "event_payload": {}})):
        await client.chat_scheduleMessage(channel=PLANNING, post_at=at, text=text, metadata=metadata)
    taken_back = await client.chat_scheduleMessage(channel=PLANNING, post_at=at, text="tatt tilbake")
    await client.chat_deleteScheduledMessage(channel=PLANNING, scheduled_message_id=taken_back["scheduled_message_id"])
    await local.pass_time(3601)
    assert [one.text for one in local.workspace.messages] == ["ukebrev"]
    assert (await client.chat_scheduledMessages_list())["scheduled_messages"] == []


async def test_thirty_are_scheduled_in_five_minutes_of_a_channel(local: LocalSlack, client: AsyncWebClient) -> None:
    at = int(local.clock.seconds()) // 300 * 300 + 3600
    for number in range(30):
        await client.chat_scheduleMessage(channel=PLANNING, post_at=at + number, text="x")
    over = client.chat_scheduleMessage(channel=PLANNING, post_at=at + 31, text="x")
    assert await refused(over) == "restricted_too_many"


async def test_a_work_object_stands_under_a_link_and_is_opened_by_one_person(
    local: LocalSlack, client: AsyncWebClient
) -> None:
    local.events.add("entity_details_requested")
    shared = await local.say(KARI, PLANNING, ADDRESS)
    where = {"channel": PLANNING, "ts": shared.ts}
    assert await refused(client.chat_unfurl(**where)) == "missing_unfurls"
    bare = {"entities": [{**MEASURE, "entity_payload": {}}]}
    assert await refused(client.chat_unfurl(**where, metadata=bare)) == "invalid_metadata"
    await client.chat_unfurl(**where, metadata={"entities": [MEASURE]})
    await local.open_details(KARI, shared, ADDRESS)
    told = local.deliveries[-1][0]["event"]
    assert (told["type"], told["external_ref"]) == ("entity_details_requested", {"id": "KIBS-1"})
    await client.entity_presentDetails(trigger_id=told["trigger_id"], metadata=MEASURE)
    assert local.workspace.details[KARI]["external_ref"] == {"id": "KIBS-1"}
    again = client.entity_presentDetails(trigger_id=told["trigger_id"], metadata=MEASURE)
    assert await refused(again) == "exchanged_trigger_id"


async def test_a_session_shows_its_stop_button_until_it_is_told_otherwise(
    local: LocalSlack, client: AsyncWebClient
) -> None:
    local.events.add("agent_session_stopped")
    asked = await local.say(KARI, "D0KARI", "hei")
    where = {"channel_id": "D0KARI", "thread_ts": asked.ts}
    await client.agents_sessions_setStatus(**where, status="processing")
    stream = await client.chat_startStream(channel="D0KARI", thread_ts=asked.ts)
    await local.stop_session(KARI, "D0KARI", asked.ts)
    assert local.deliveries[-1][0]["event"]["streaming_message_ts"] == [stream["ts"]]
    assert local.workspace.sessions["D0KARI", asked.ts]["status"] == "processing", "the app has to end it"


async def test_a_status_goes_when_the_app_has_answered(local: LocalSlack, client: AsyncWebClient) -> None:
    asked = await local.say(KARI, PLANNING, "hei")
    await client.assistant_threads_setStatus(channel_id=PLANNING, thread_ts=asked.ts, status="leser planen")
    assert local.workspace.statuses == {(PLANNING, asked.ts): "leser planen"}
    await client.chat_postMessage(channel=PLANNING, thread_ts=asked.ts, text="svar")
    assert local.workspace.statuses == {}


async def test_a_response_url_answers_one_or_all_and_takes_away(
    local: LocalSlack, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    posted = await client.chat_postMessage(channel=PLANNING, text="trykk")
    shown = local.workspace.find(PLANNING, posted["ts"])
    url = local.response_url(PLANNING, KARI, shown)

    async def respond(**told: Any) -> str:
        async with http.post(url, json=told) as answer:
            return await answer.text()

    assert await respond(text="til alle", response_type="in_channel", thread_ts=posted["ts"]) == "ok"
    assert local.workspace.messages[-1].thread_ts == posted["ts"]
    assert await respond(text="til én") == "ok"
    assert local.workspace.messages[-1].only_for == KARI
    assert await respond(text="rettet", replace_original=True) == "ok"
    assert shown.text == "rettet"
    assert await respond(delete_original=True) == "ok"
    assert shown not in local.workspace.messages
    assert "no_text" in await respond(response_type="in_channel")
    assert await respond(text="x") == "used_url"
