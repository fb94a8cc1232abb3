"""Whether Slack takes our tokens, and gives what the manifest asks for."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.errors import BadSetting, PlanvaktError
from handlers.settings import Settings
from handlers.slack.assembly import oauth_app, web_client
from handlers.slack.faults import error_of
from handlers.slack.installation import learn, open_connection
from handlers.slack.manifest import scopes
from handlers.slack.network import open_session
from storage.installations import Installed

SECONDS = 10
# What Slack says of a client that it does not know; a code that it does not know comes after.
CLIENT = {
    "invalid_client_id": "PLANVAKT_SLACK_CLIENT_ID",
    "bad_client_secret": "PLANVAKT_SLACK_CLIENT_SECRET",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """Of one workspace. `trouble` is why Slack could not be asked; without it the rest is true.

    `is_ended` says that its token cannot be renewed.
    """

    workspace: str = ""
    missing_scopes: tuple[str, ...] = ()
    trouble: PlanvaktError | None = None
    is_ended: bool = False


def check(settings: Settings) -> Checkup:
    """Ask Slack who the bot's token belongs to, what it may do, and whether the app-level token is taken."""
    return asyncio.run(_check(settings))


def check_app(settings: Settings) -> PlanvaktError | None:
    """Ask Slack whether it knows the app that workspaces install; return what is wrong."""
    return asyncio.run(_check_app(settings))


def check_installed(installed: Sequence[Installed]) -> tuple[Checkup, ...]:
    """Return how each workspace is that has installed us, as the store has it; one needs a hand first."""
    return tuple(
        Checkup(workspace=one.team_name, missing_scopes=_missing(one.scopes), is_ended=one.trouble is not None)
        for one in installed
    )


async def _check(settings: Settings) -> Checkup:
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    async with open_session(SECONDS) as session:
        try:
            installation = await learn(web_client(settings, session), token)
            await _check_socket(settings, session)
        except PlanvaktError as error:
            return Checkup(trouble=error)
    return Checkup(workspace=installation.team_name, missing_scopes=_missing(installation.scopes))


async def _check_socket(settings: Settings, session: aiohttp.ClientSession) -> None:
    if settings.slack_app_token is not None:
        await open_connection(web_client(settings, session), settings.slack_app_token.get_secret_value())


async def _check_app(settings: Settings) -> PlanvaktError | None:
    async with open_session(SECONDS) as session:
        client = web_client(settings, session)
        try:
            app = oauth_app(settings)
            await _check_socket(settings, session)
            await client.oauth_v2_access(client_id=app.client_id, client_secret=app.client_secret, code="doctor")
        except PlanvaktError as error:
            return error
        except SlackApiError as error:
            code = error_of(error)
            return BadSetting("slack_token_refused", name=CLIENT[code], code=code) if code in CLIENT else None
        except (aiohttp.ClientError, TimeoutError):
            return PlanvaktError("slack_unreachable", address=client.base_url)
    return None


def _missing(given: Sequence[str] | frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(scopes() - set(given)))
