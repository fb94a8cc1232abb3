"""Whether Slack takes our tokens, and gives what the manifest asks for."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import aiohttp

from bot.errors import PlanvaktError
from handlers.settings import Settings
from handlers.slack.installation import learn, open_connection
from handlers.slack.manifest import scopes
from handlers.slack.serving import web_client

SECONDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """`trouble` is why Slack could not be asked; without it the rest is true."""

    workspace: str = ""
    missing_scopes: tuple[str, ...] = ()
    trouble: PlanvaktError | None = None


def check(settings: Settings) -> Checkup:
    """Ask Slack who the bot's token belongs to, what it may do, and whether the app-level token is taken."""
    return asyncio.run(_check(settings))


async def _check(settings: Settings) -> Checkup:
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS)) as session:
        try:
            installation = await learn(web_client(settings, session), token)
            if settings.slack_app_token is not None:
                await open_connection(web_client(settings, session), settings.slack_app_token.get_secret_value())
        except PlanvaktError as error:
            return Checkup(trouble=error)
    missing = tuple(sorted(scopes() - installation.scopes))
    return Checkup(workspace=installation.team_name, missing_scopes=missing)
