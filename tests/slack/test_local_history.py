"""What has been said can be read again from the local Slack, as Slack's reference says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.local import workspace as names
from tests.slack.local.people import ELSEWHERE, KARI, PLANNING, PRIVATE
from tests.slack.local.server import LocalSlack

DIGEST = {"event_type": "digest", "event_payload": {"week": 36}}


@pytest.fixture
async def client(local: LocalSlack) -> AsyncIterator[AsyncWebClient]:
    local.workspace.scopes |= {"channels:history", "groups:history"}
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(names.BOT_TOKEN, base_url=local.api_url, session=session, retry_handlers=[])


async def refused(call: Any) -> Any:
    with pytest.raises(SlackApiError) as found:
        await call
    return found.value.response


async def test_a_channel_is_read_from_the_newest_without_threads_and_what_one_user_sees(
    local: LocalSlack, client: AsyncWebClient
) -> None:
    first = await local.say(KARI, PLANNING, "hei")
    await client.chat_postMessage(channel=PLANNING, text="svar", thread_ts=first.ts)
    await client.chat_postEphemeral(channel=PLANNING, user=KARI, text="bare deg")
    posted = await client.chat_postMessage(channel=PLANNING, text="ukebrev")
    told = (await client.conversations_history(channel=PLANNING))["messages"]
    assert [one["text"] for one in told] == ["ukebrev", "hei"]
    assert (told[1]["reply_count"], told[1]["reply_users"], told[1]["thread_ts"]) == (1, [names.BOT_USER], first.ts)
    after = await client.conversations_history(channel=PLANNING, oldest=first.ts)
    assert [one["ts"] for one in after["messages"]] == [posted["ts"]]
    only = await client.conversations_history(channel=PLANNING, latest=first.ts, inclusive=True, limit=1)
    assert [one["text"] for one in only["messages"]] == ["hei"]


async def test_what_an_app_puts_into_a_message_is_told_if_asked_for(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=PLANNING, text="ukebrev", metadata=DIGEST)
    assert posted["message"]["metadata"] == DIGEST
    told = (await client.conversations_history(channel=PLANNING))["messages"][0]
    assert "metadata" not in told
    told = (await client.conversations_history(channel=PLANNING, include_all_metadata=True))["messages"][0]
    assert told["metadata"] == DIGEST
    thread = await client.conversations_replies(channel=PLANNING, ts=posted["ts"], include_all_metadata=True)
    assert [one["metadata"] for one in thread["messages"]] == [DIGEST]


async def test_pages_follow_each_other(local: LocalSlack, client: AsyncWebClient) -> None:
    for number in range(5):
        await local.say(KARI, PLANNING, str(number))
    pages = [page["messages"] async for page in await client.conversations_history(channel=PLANNING, limit=2)]
    assert [[one["text"] for one in page] for page in pages] == [["4", "3"], ["2", "1"], ["0"]]
    assert (await refused(client.conversations_history(channel=PLANNING, cursor="x")))["error"] == "invalid_cursor"
    assert (await refused(client.conversations_history(channel=PLANNING, limit=-1)))["error"] == "invalid_limit"
    assert (await refused(client.conversations_history(channel=PLANNING, oldest="x")))["error"] == "invalid_ts_oldest"


async def test_each_kind_of_channel_has_its_scope(local: LocalSlack, client: AsyncWebClient) -> None:
    local.workspace.scopes -= {"groups:history"}
    lacking = await refused(client.conversations_history(channel=PRIVATE))
    assert (lacking["error"], lacking["needed"]) == ("missing_scope", "groups:history")
    assert "channels:history" in lacking["provided"].split(",")
    assert (await refused(client.conversations_history(channel=ELSEWHERE)))["error"] == "not_in_channel"
    assert (await refused(client.conversations_replies(channel=PLANNING, ts="1.2")))["error"] == "thread_not_found"


async def test_a_deleted_message_with_a_thread_leaves_a_stone(local: LocalSlack, client: AsyncWebClient) -> None:
    alone = await client.chat_postMessage(channel=PLANNING, text="alene")
    headed = await client.chat_postMessage(channel=PLANNING, text="ukebrev", metadata=DIGEST)
    await local.say(KARI, PLANNING, "takk", headed["ts"])
    for posted in (alone, headed):
        await client.chat_delete(channel=PLANNING, ts=posted["ts"])
    told = (await client.conversations_replies(channel=PLANNING, ts=headed["ts"], include_all_metadata=True))[
        "messages"
    ]
    assert [(one.get("subtype"), one["text"]) for one in told] == [
        ("tombstone", "This message was deleted."),
        (None, "takk"),
    ]
    assert "metadata" not in told[0]
    assert len((await client.conversations_history(channel=PLANNING))["messages"]) == 1
    assert (await refused(client.chat_delete(channel=PLANNING, ts=headed["ts"])))["error"] == "cant_delete_message"
