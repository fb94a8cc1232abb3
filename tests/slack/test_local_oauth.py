"""The local Slack's OAuth: codes and refresh tokens work once, tokens end, and each opens its own workspace."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.local.oauth import CLIENT_ID, CLIENT_SECRET, SECONDS_OF_A_TOKEN
from tests.slack.local.people import KARI, populate
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import BOT_TOKEN

HERE = "https://planvakt.example.no/slack/oauth_redirect"
ASKED = {"client_id": CLIENT_ID, "scope": "chat:write,users:read", "state": "s1", "redirect_uri": HERE}
ADDRESS = f"https://slack.com/oauth/v2/authorize?{urlencode(ASKED)}"
CLIENT = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}


@pytest.fixture
def other(local: LocalSlack) -> LocalSlack:
    found = local.beside("T0NABO", "Naboen")
    populate(found.workspace)
    return found


@pytest.fixture
async def client(local: LocalSlack) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(base_url=local.api_url, session=session)


def code_of(slack: LocalSlack) -> str:
    back = slack.oauth.approve(slack.workspace, KARI, ADDRESS)
    assert parse_qs(urlsplit(back).query)["state"] == ["s1"]
    return parse_qs(urlsplit(back).query)["code"][0]


async def refused(calling: object) -> str:
    with pytest.raises(SlackApiError) as error:
        await calling  # type: ignore[misc]
    return str(error.value.response["error"])


async def test_a_code_gives_a_token_of_its_workspace_once(client: AsyncWebClient, other: LocalSlack) -> None:
    code = code_of(other)
    told = await client.oauth_v2_access(**CLIENT, code=code, redirect_uri=HERE)
    assert (told["team"]["id"], told["authed_user"]["id"]) == ("T0NABO", KARI)
    assert (await client.auth_test(token=told["access_token"]))["team_id"] == "T0NABO"
    assert (await client.auth_test(token=BOT_TOKEN))["team_id"] == "T0PLAN"
    assert await refused(client.oauth_v2_access(**CLIENT, code=code, redirect_uri=HERE)) == "invalid_code"


async def test_a_token_ends_and_is_renewed_once(client: AsyncWebClient, other: LocalSlack) -> None:
    told = await client.oauth_v2_access(**CLIENT, code=code_of(other), redirect_uri=HERE)
    other.clock.move(SECONDS_OF_A_TOKEN + 1)
    assert await refused(client.auth_test(token=told["access_token"])) == "token_expired"
    renewing = {**CLIENT, "grant_type": "refresh_token", "refresh_token": told["refresh_token"]}
    renewed = await client.oauth_v2_access(**renewing)
    assert (await client.auth_test(token=renewed["access_token"]))["team_id"] == "T0NABO"
    assert await refused(client.oauth_v2_access(**renewing)) == "invalid_refresh_token"


async def test_what_is_revoked_or_uninstalled_is_refused(client: AsyncWebClient, other: LocalSlack) -> None:
    first = (await client.oauth_v2_access(**CLIENT, code=code_of(other), redirect_uri=HERE))["access_token"]
    second = (await client.oauth_v2_access(**CLIENT, code=code_of(other), redirect_uri=HERE))["access_token"]
    assert (await client.auth_revoke(token=first))["revoked"]
    assert await refused(client.auth_test(token=first)) == "token_revoked"
    await client.apps_uninstall(**CLIENT, token=second)
    assert await refused(client.auth_test(token=second)) == "account_inactive"
    assert (await client.auth_test(token=BOT_TOKEN))["ok"]
