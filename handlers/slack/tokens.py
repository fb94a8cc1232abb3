"""The token of each workspace as it is now: renewed before it ends, by one of all who ask."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import PlanvaktError
from handlers.slack.faults import error_of
from storage.installations import Installations, Installed

log = logging.getLogger("planvakt.slack")

# A token is good for twelve hours; whoever is let wait till the last minute waits for Slack too.
EARLY = timedelta(hours=2)
HELD = timedelta(minutes=2)
WAIT_SECONDS, PAUSE_SECONDS = 5.0, 0.1
# What trying again does not mend: only a new installation does.
FOR_GOOD = {"invalid_refresh_token", "token_revoked", "account_inactive", "invalid_auth"}


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """Who we are to Slack, whatever the workspace."""

    client_id: str
    client_secret: str = field(repr=False)


class Tokens:
    """Reads the store every time, so nothing here is ever stale."""

    def __init__(
        self, installations: Installations, client: AsyncWebClient, app: App, now: Callable[[], datetime]
    ) -> None:
        self._installations = installations
        self._client = client
        self._app = app
        self._now = now
        self._under_way: set[asyncio.Task[Installed | None]] = set()

    async def kept(self, team: str) -> Installed | None:
        """Return what is kept of a workspace, whether its token is good or not."""
        return await asyncio.to_thread(self._installations.of, team)

    async def installed(self, team: str) -> Installed | None:
        """Return a workspace with a token that is good now; None where we are not installed (any more).

        Raises PlanvaktError where the token has ended, and it cannot be told yet whether Slack renews it.
        """
        found = await self.kept(team)
        if found is None or not self._ends(found, EARLY):
            return found
        if found.refresh_token is None or found.trouble:
            return self._if_good(found)
        if await asyncio.to_thread(self._claimed, team):
            # Once Slack has renewed it, the new one has to be kept, whoever stops waiting for that.
            task = asyncio.create_task(self._renewed(team))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
            return await asyncio.shield(task)
        return self._if_good(found) or await self._waited(team)

    async def erase(self, team: str, at: datetime) -> bool:
        """Erase the tokens of who has uninstalled us; False where they have installed us anew since."""
        return await asyncio.to_thread(self._installations.uninstall, team, at)

    async def finish(self) -> None:
        """Wait for what is being renewed."""
        if self._under_way:
            await asyncio.wait(self._under_way)

    def _claimed(self, team: str) -> bool:
        now = self._now()
        return self._installations.claim_refresh(team, now=now, until=now + HELD)

    async def _renewed(self, team: str) -> Installed | None:
        """Renew the token that is kept now, which somebody may have done just before."""
        found = await self.kept(team)
        if found is None or found.refresh_token is None or not self._ends(found, EARLY):
            if found is not None:
                await asyncio.to_thread(self._installations.not_refreshed, found, found.trouble)
            return found
        try:
            told = await self._client.oauth_v2_access(
                client_id=self._app.client_id,
                client_secret=self._app.client_secret,
                grant_type="refresh_token",
                refresh_token=found.refresh_token,
            )
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            return await self._not_renewed(found, error)
        until = self._now() + timedelta(seconds=int(told["expires_in"])) if told.get("expires_in") else None
        await asyncio.to_thread(
            self._installations.refreshed, found, told["access_token"], told.get("refresh_token"), until
        )
        return await self.kept(team)

    async def _not_renewed(self, found: Installed, error: Exception) -> Installed | None:
        code = error_of(error) if isinstance(error, SlackApiError) else type(error).__name__
        kept = await self.kept(found.team)
        if kept is None or kept.refresh_token != found.refresh_token:
            return kept  # somebody else has renewed it, or we have been put out
        trouble = code if code in FOR_GOOD else None
        log.error("the token of the workspace %s was not renewed: %s", found.team, code)
        await asyncio.to_thread(self._installations.not_refreshed, found, trouble)
        good = self._if_good(found)
        if good is None and trouble is None:
            raise PlanvaktError("slack_unreachable", address=self._client.base_url) from error
        return good

    async def _waited(self, team: str) -> Installed | None:
        """Wait for whoever renews it."""
        for _ in range(int(WAIT_SECONDS / PAUSE_SECONDS)):
            await asyncio.sleep(PAUSE_SECONDS)
            found = await self.kept(team)
            if found is None or found.trouble:
                return None
            if good := self._if_good(found):
                return good
        raise PlanvaktError("slack_unreachable", address=self._client.base_url)

    def _ends(self, found: Installed, within: timedelta) -> bool:
        return found.expires_at is not None and found.expires_at <= self._now() + within

    def _if_good(self, found: Installed) -> Installed | None:
        return None if self._ends(found, timedelta()) else found
