"""The workspaces that the settings name, put together: the one of a token, or all that have installed us."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.routing import BaseRoute

from bot.errors import BadSetting
from handlers.platform import Answers
from handlers.settings import Settings
from handlers.slack.conversation import Workspace
from handlers.slack.deliveries import LEAVING
from handlers.slack.directory import Directory
from handlers.slack.file_host import FileHost, file_origins
from handlers.slack.groups import UserGroups
from handlers.slack.installation import BOT_TOKEN, Installation, learn
from handlers.slack.network import through_session
from handlers.slack.onboarding import Onboarding
from handlers.slack.sending import retry_handlers, sdk_log
from handlers.slack.shared_answers import SharedAnswers
from handlers.slack.submissions import Claims, Submissions
from handlers.slack.tokens import App, Tokens
from handlers.slack.workspaces import InstalledWorkspaces, OneWorkspace, Workspaces
from storage.database import Database

log = logging.getLogger("planvakt.slack")


def web_client(settings: Settings, session: aiohttp.ClientSession, token: str | None = None) -> AsyncWebClient:
    """Return a way to call Slack over the one session, which sends nothing twice of its own accord."""
    client = AsyncWebClient(
        token=token,
        base_url=settings.slack_api_url,
        session=session,
        logger=sdk_log,
        retry_handlers=retry_handlers(),
    )
    return through_session(client)


def oauth_app(settings: Settings) -> App:
    """Return who we are to Slack. Raises BadSetting, with the name of what is missing for OAuth."""
    if settings.slack_bot_token is not None:
        raise BadSetting("slack_two_ways", name=BOT_TOKEN)
    if not settings.secret_keys:
        raise BadSetting("slack_no_keys")
    if not settings.slack_client_id or settings.slack_client_secret is None or settings.public_url is None:
        missing = "PLANVAKT_PUBLIC_URL" if settings.public_url is None else "PLANVAKT_SLACK_CLIENT_SECRET"
        raise BadSetting("slack_oauth_needs", name=missing)
    return App(client_id=settings.slack_client_id, client_secret=settings.slack_client_secret.get_secret_value())


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """What every workspace is made of; all of them call Slack over one session."""

    settings: Settings
    bot: Answers
    now: Callable[[], datetime]
    database: Database
    session: aiohttp.ClientSession

    def client(self, token: str | None = None) -> AsyncWebClient:
        """Return a way to call Slack."""
        return web_client(self.settings, self.session, token)

    async def workspaces(self, stack: AsyncExitStack) -> tuple[Workspaces, tuple[BaseRoute, ...]]:
        """Return them, and the pages that more can install us by. Raises as serving.slack does."""
        return await self._installed(stack) if self.settings.uses_oauth else (await self._one(), ())

    async def _one(self) -> Workspaces:
        """The plans of a workspace in the settings are the default organisation's."""
        if self.settings.slack_bot_token is None:
            raise BadSetting("nothing_to_serve")
        installation = await learn(self.client(), self.settings.slack_bot_token.get_secret_value())
        log.info("Slack: serving the workspace %s", installation.team)
        told = partial(self.database.inbox.newest, installation.team, LEAVING)
        made = self._workspace(installation, None), self.client(installation.token)
        return await asyncio.to_thread(OneWorkspace, *made, told)

    async def _installed(self, stack: AsyncExitStack) -> tuple[Workspaces, tuple[BaseRoute, ...]]:
        """The plans of a workspace that has installed us are those of an organisation by its team id."""
        app = oauth_app(self.settings)
        keys = [key.get_secret_value() for key in self.settings.secret_keys]
        installations = await asyncio.to_thread(self.database.installations, keys)
        log.info("Slack: serving %s workspaces", len(await asyncio.to_thread(installations.teams)))
        tokens = Tokens(installations, self.client(), app, self.now)
        stack.push_async_callback(tokens.finish)
        onboarding = Onboarding(
            database=self.database,
            installations=installations,
            states=await asyncio.to_thread(self.database.oauth_states, keys),
            app=app,
            address=self.settings.public_url or "",
            now=self.now,
        )
        workspaces = InstalledWorkspaces(tokens, lambda found: self._workspace(found, found.team), self.client)
        return workspaces, onboarding.routes(self.client())

    def _workspace(self, installation: Installation, organisation: str | None) -> Workspace:
        origins = file_origins(self.settings.slack_files_url)
        directory = Directory(installation, self.now)
        return Workspace(
            bot=self.bot,
            installation=installation,
            directory=directory,
            session=self.session,
            files=FileHost(session=self.session, token=installation.token, origins=origins),
            now=self.now,
            submissions=Submissions(Claims(inbox=self.database.inbox, team=installation.team, now=self.now)),
            shared=SharedAnswers(installation.team, lambda: self.database.of(organisation).conversations, self.now),
            address=self.settings.public_url,
            organisation=organisation,
            groups=UserGroups(installation, directory, lambda: self.database.of(organisation), self.now),
        )
