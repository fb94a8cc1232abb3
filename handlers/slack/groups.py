"""The user groups that hold roles: who is in them, asked of Slack and kept in the plan database.

Where Slack does not answer, or the app may not ask, what was told last stands.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.messages import Sender
from bot.model import Platform
from bot.ports import Store
from handlers.slack.directory import Directory
from handlers.slack.faults import error_of
from handlers.slack.installation import Installation
from handlers.slack.translate import mentioned_groups

log = logging.getLogger("planvakt.slack")

KEPT = timedelta(hours=1)
LOOKED = timedelta(minutes=10)
GONE = {"no_such_subteam", "subteam_not_found"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A group as Slack tells of it; `name` is what people mention it by."""

    id: str
    name: str
    is_gone: bool = False


class UserGroups:
    """The groups of one workspace; `store` is that of the organisation whose roles they hold."""

    def __init__(
        self, installation: Installation, directory: Directory, store: Callable[[], Store], now: Callable[[], datetime]
    ) -> None:
        self._team = installation.team
        self._directory = directory
        self._store = store
        self._now = now
        self._looked: datetime | None = None

    async def keep_up(self, client: AsyncWebClient, text: str) -> None:
        """Ask for the groups that a text mentions, and now and then for those that were asked for long ago."""
        wanted = await self._mentioned(text)
        if self._looked is None or self._now() - self._looked >= LOOKED:
            self._looked = self._now()
            old = self._now() - KEPT
            wanted += [told for told, at in await self._known() if at is None or at <= old]
        for told in {one.id: one for one in reversed(wanted)}.values():
            await self._ask(client, told)

    async def changed(self, client: AsyncWebClient, event: Mapping[str, Any]) -> None:
        """Ask again for a group that Slack says has changed, where it holds a role here."""
        group = event.get("subteam") or {}
        number = str(group.get("id") or event.get("subteam_id") or "")
        for told, _ in await self._known():
            if told.id == number:
                name = str(group.get("handle") or told.name)
                await self._ask(client, _Told(id=number, name=name, is_gone=bool(group.get("date_delete"))))

    async def _mentioned(self, text: str) -> list[_Told]:
        """The groups that a command names; where only the id is typed, a group keeps the name that is known."""
        found = mentioned_groups(text)
        known = {told.id: told.name for told, _ in await self._known()} if found else {}
        return [_Told(id=group, name=label or known.get(group, group)) for group, label in found]

    async def _known(self) -> list[tuple[_Told, datetime | None]]:
        groups = await asyncio.to_thread(lambda: self._store().units.groups(Platform.SLACK))
        of_team = [(group.account.partition(":"), group) for group in groups]
        return [(_Told(id=at[2], name=one.name), one.refreshed) for at, one in of_team if at[0] == self._team]

    async def _ask(self, client: AsyncWebClient, told: _Told) -> None:
        """Write who is in the group now; one that is gone has nobody, and guests are not of it."""
        asked_at = self._now()
        try:
            users = [] if told.is_gone else (await client.usergroups_users_list(usergroup=told.id))["users"]
            members = [(user, await self._directory.member(client, user)) for user in users]
        except SlackApiError as error:
            if error_of(error) not in GONE:
                log.warning("a user group was not asked for: %s", error_of(error))
                return
            members = []
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning("a user group was not asked for: %s", type(error).__name__)
            return
        people = [
            Sender(platform=Platform.SLACK, account=f"{self._team}:{user}", name=member.name)
            for user, member in members
            if not member.is_stranger
        ]
        await asyncio.to_thread(self._write, told, people, asked_at)

    def _write(self, told: _Told, people: Sequence[Sender], asked_at: datetime) -> None:
        store = self._store()
        group = store.units.group(Platform.SLACK, f"{self._team}:{told.id}", told.name)
        for person in people:
            store.people.record(person)
        store.units.refresh(group, [person.account or "" for person in people], asked_at)
