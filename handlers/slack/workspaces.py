"""The workspaces that we serve, each with what its answers need."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.conversation import Workspace
from handlers.slack.faults import error_of
from handlers.slack.installation import Installation, as_authorized
from handlers.slack.tokens import FOR_GOOD, Tokens
from storage.installations import Installed

log = logging.getLogger("planvakt.slack")

_GOES_ON = ("submissions", "shared", "under_way", "places")
"""What a workspace keeps when its token is renewed."""


class Workspaces(Protocol):
    """Finds workspaces by their team id."""

    async def of(self, team: str) -> tuple[Workspace, AsyncWebClient] | None:
        """Return a workspace and a client that has its token now; None where we are not installed (any more)."""

    async def serves(self, team: str) -> bool:
        """Whether we are installed there."""

    async def authorized(self, team: str | None) -> AuthorizeResult | None:
        """Return who we are there, without asking Slack."""

    async def left(self, team: str, at: datetime, *, is_sure: bool) -> None:
        """Take in that a workspace has uninstalled us; the same twice is harmless.

        Not `is_sure`: one of our tokens there was revoked, which may be one that we do not use any more. Raises what
        Slack's client and `of` raise where Slack does not say whether it was.
        """

    async def keep_up(self) -> None:
        """Take in what another of our processes was told: that a workspace has uninstalled us."""


class OneWorkspace:
    """The workspace of the token in the settings; whatever comes, comes from there."""

    def __init__(self, workspace: Workspace, client: AsyncWebClient, told: Callable[[], datetime | None]) -> None:
        """`told` is asked when Slack has last told any of our processes that it let us go, or revoked a token."""
        self._found: tuple[Workspace, AsyncWebClient] | None = (workspace, client)
        self._installation = workspace.installation
        self._since = workspace.now()
        self._told = told
        self._heard = told()

    async def of(self, team: str) -> tuple[Workspace, AsyncWebClient] | None:
        """Return it, also where somebody of another workspace in a shared channel acts."""
        return self._found

    async def serves(self, team: str) -> bool:
        """Whether it is that one."""
        return self._found is not None and team == self._installation.team

    async def authorized(self, team: str | None) -> AuthorizeResult | None:
        """Return who we are in it."""
        return as_authorized(self._installation)

    async def left(self, team: str, at: datetime, *, is_sure: bool) -> None:
        """Answer and send nothing any more: the token in the settings is of no use until there is a new one."""
        if team != self._installation.team or at < self._since.replace(microsecond=0) or self._found is None:
            return
        told = await asyncio.to_thread(self._told)
        if is_sure or not await _opens(self._found[1]):
            self._leave()
        self._heard = told

    async def keep_up(self) -> None:
        """Where another process was told of something since, ask Slack whether the token opens, until it says."""
        told = await asyncio.to_thread(self._told)
        if told is None or told == self._heard or self._found is None:
            return
        try:
            if not await _opens(self._found[1]):
                self._leave()
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log.warning("it is not known yet whether a workspace has uninstalled us: %s", type(error).__name__)
            return
        self._heard = told

    def _leave(self) -> None:
        self._found = None
        log.warning(
            "the workspace %s has uninstalled us: a new token is needed in the settings", self._installation.team
        )


class InstalledWorkspaces:
    """All that have installed us, as the store has them at the moment; each is a tenant by its team id.

    What an answer needs beside the token is kept in memory: it tells who people are, and holds no secret.
    """

    def __init__(
        self, tokens: Tokens, make: Callable[[Installation], Workspace], client: Callable[[str], AsyncWebClient]
    ) -> None:
        self._tokens = tokens
        self._make = make
        self._client = client
        self._made: dict[str, Workspace] = {}

    async def of(self, team: str) -> tuple[Workspace, AsyncWebClient] | None:
        """Return it with a token that is good now. Raises PlanvaktError where Slack does not renew one yet."""
        installed = await self._tokens.installed(team)
        if installed is None:
            self._made.pop(team, None)
            return None
        return self._workspace(as_installation(installed)), self._client(installed.token)

    async def serves(self, team: str) -> bool:
        """Whether the store has a token for it."""
        return await self._tokens.kept(team) is not None

    async def authorized(self, team: str | None) -> AuthorizeResult | None:
        """Return who we are there, as the store has it."""
        installed = await self._tokens.kept(team) if team else None
        return as_authorized(as_installation(installed)) if installed else None

    async def left(self, team: str, at: datetime, *, is_sure: bool) -> None:
        """Erase the token, unless it has been installed anew since, or is another than the one that was revoked."""
        if await self._tokens.kept(team) is None or (not is_sure and await self._still_opens(team)):
            return
        if await self._tokens.erase(team, at):
            self._made.pop(team, None)
            log.info("the workspace %s has uninstalled us", team)

    async def keep_up(self) -> None:
        """Nothing to do: the store is read every time."""

    async def _still_opens(self, team: str) -> bool:
        """Whether Slack takes the token; one that has only ended by itself is renewed first."""
        installed = await self._tokens.installed(team)
        return installed is not None and await _opens(self._client(installed.token))

    def _workspace(self, installation: Installation) -> Workspace:
        kept = self._made.get(installation.team)
        if kept is None or kept.installation != installation:
            made = self._make(installation)
            if kept:  # whoever waits for a place or an answer, or has sent a form or pressed, is known there
                made = replace(made, **{name: getattr(kept, name) for name in _GOES_ON})
            self._made[installation.team] = kept = made
        return kept


def as_installation(installed: Installed) -> Installation:
    """Return who we are in a workspace that the store has."""
    return Installation(
        team=installed.team,
        team_name=installed.team_name,
        bot_id=installed.bot_id,
        bot_user=installed.bot_user,
        token=installed.token,
        enterprise=installed.enterprise,
        scopes=frozenset(installed.scopes),
    )


async def _opens(client: AsyncWebClient) -> bool:
    """Whether Slack takes the client's token. Raises what the client raises where that is not certain."""
    try:
        await client.auth_test()
    except SlackApiError as error:
        if error_of(error) in FOR_GOOD:
            return False
        raise
    return True
