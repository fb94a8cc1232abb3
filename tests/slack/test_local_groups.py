"""The local Slack's user groups and talks: what they tell, and when they refuse."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.local import workspace as names
from tests.slack.local.groups import Group
from tests.slack.local.people import KARI, OLA, PLANNING
from tests.slack.local.server import LocalSlack


@pytest.fixture
async def client(local: LocalSlack) -> AsyncIterator[AsyncWebClient]:
    local.workspace.scopes |= {"usergroups:read", "im:write"}
    local.workspace.groups["S0REKTOR"] = Group("S0REKTOR", "rektor", "Rektorer", [KARI])
    local.workspace.groups["S0GAMMEL"] = Group("S0GAMMEL", "gammel", "Før", [OLA], is_disabled=True)
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(names.BOT_TOKEN, base_url=local.api_url, session=session, retry_handlers=[])


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as found:
        await call
    return str(found.value.response["error"])


async def test_groups_and_their_people_are_told(client: AsyncWebClient) -> None:
    told = (await client.usergroups_list(include_users=True))["usergroups"]
    assert [(one["handle"], one["users"]) for one in told] == [("rektor", [KARI])]
    assert (await client.usergroups_users_list(usergroup="S0REKTOR"))["users"] == [KARI]
    assert await refused(client.usergroups_users_list(usergroup="S0GAMMEL")) == "no_such_subteam"


async def test_groups_need_a_paid_plan_and_a_scope(local: LocalSlack, client: AsyncWebClient) -> None:
    local.workspace.has_groups = False
    assert await refused(client.usergroups_list()) == "plan_upgrade_required"
    local.workspace.scopes.remove("usergroups:read")
    assert await refused(client.usergroups_list()) == "missing_scope"


async def test_groups_are_asked_for_twenty_times_a_minute(local: LocalSlack, client: AsyncWebClient) -> None:
    for _ in range(20):
        await client.usergroups_list()
    assert await refused(client.usergroups_list()) == "ratelimited"
    local.clock.move(61)
    await client.usergroups_list()


async def test_prompts_for_a_thread_are_shown_to_nobody(local: LocalSlack, client: AsyncWebClient) -> None:
    prompts = [{"title": "Neste uke", "message": "Hva skjer neste uke?"}]
    await client.assistant_threads_setSuggestedPrompts(channel_id="D0KARI", thread_ts="1.1", prompts=prompts)
    assert local.workspace.prompts == {}
    await client.assistant_threads_setSuggestedPrompts(channel_id="D0KARI", prompts=prompts)
    assert local.workspace.prompts == {"D0KARI": prompts}


async def test_a_message_has_an_address_until_it_is_deleted(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=PLANNING, text="x")
    address = (await client.chat_getPermalink(channel=PLANNING, message_ts=posted["ts"]))["permalink"]
    assert address.endswith(f"/archives/{PLANNING}/p{posted['ts'].replace('.', '')}")
    await client.chat_delete(channel=PLANNING, ts=posted["ts"])
    assert await refused(client.chat_delete(channel=PLANNING, ts=posted["ts"])) == "message_not_found"
    assert (await client.conversations_open(users=KARI))["channel"]["id"] == "D0KARI"
