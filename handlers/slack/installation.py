"""Which workspace we are installed in, and who we are there: learned once, when the app starts."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass, field

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import BadSetting, PlanvaktError
from handlers.slack.faults import error_of, is_sure

BOT_TOKEN, APP_TOKEN = "PLANVAKT_SLACK_BOT_TOKEN", "PLANVAKT_SLACK_APP_TOKEN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Planvakt in one workspace. `team` is its id, `enterprise` that of the organisation around it."""

    team: str
    team_name: str
    bot_id: str
    bot_user: str
    token: str = field(repr=False)
    enterprise: str | None = None
    scopes: frozenset[str] = frozenset()


async def learn(client: AsyncWebClient, token: str) -> Installation:
    """Ask Slack who the bot's token belongs to.

    Raises BadSetting where Slack refuses the token, PlanvaktError where it does not answer.
    """
    told = await _asked(client, client.auth_test(token=token), BOT_TOKEN)
    if not told.get("bot_id"):
        raise BadSetting("slack_token_refused", name=BOT_TOKEN, code="not_allowed_token_type")
    scopes = str(told.headers.get("x-oauth-scopes", "")).split(",")
    return Installation(
        team=told["team_id"],
        team_name=told["team"],
        bot_id=told["bot_id"],
        bot_user=told["user_id"],
        token=token,
        enterprise=told.get("enterprise_id"),
        scopes=frozenset(scope.strip() for scope in scopes if scope.strip()),
    )


async def open_connection(client: AsyncWebClient, token: str) -> str:
    """Return the address of a new Socket Mode connection. Raises as `learn` does, of the app-level token."""
    told = await _asked(client, client.apps_connections_open(app_token=token), APP_TOKEN)
    return str(told["url"])


async def _asked(client: AsyncWebClient, asking: Awaitable[AsyncSlackResponse], setting: str) -> AsyncSlackResponse:
    try:
        return await asking
    except SlackApiError as error:
        if is_sure(error):
            raise BadSetting("slack_token_refused", name=setting, code=error_of(error)) from error
        raise PlanvaktError("slack_unreachable", address=client.base_url) from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise PlanvaktError("slack_unreachable", address=client.base_url) from error


def as_authorized(installation: Installation) -> AuthorizeResult:
    """Return who we are in a workspace as Bolt has it, from memory: its own way asks Slack anew at every request."""
    return AuthorizeResult(
        enterprise_id=installation.enterprise,
        team_id=installation.team,
        team=installation.team_name,
        bot_id=installation.bot_id,
        bot_user_id=installation.bot_user,
        bot_token=installation.token,
        bot_scopes=sorted(installation.scopes),
    )
