"""Who a Slack user is: their name, and whether they belong to the workspace."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.faults import error_of
from handlers.slack.installation import Installation

KEPT = timedelta(hours=1)
AT_MOST = 2_000
UNKNOWN = {"user_not_found", "user_not_visible", "users_not_found"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A Slack user; a stranger is a guest, or somebody of another workspace in a shared channel."""

    name: str
    is_stranger: bool


class Directory:
    """The users of one workspace, asked of Slack once an hour each."""

    def __init__(self, installation: Installation, now: Callable[[], datetime]) -> None:
        self._installation = installation
        self._now = now
        self._kept: OrderedDict[str, tuple[Member, datetime]] = OrderedDict()

    async def member(self, client: AsyncWebClient, user: str) -> Member:
        """Return who a user is; whom Slack will not tell of is a stranger. Raises SlackApiError where Slack fails."""
        kept = self._kept.get(user)
        if kept and kept[1] > self._now():
            return kept[0]
        member = await self._asked(client, user)
        self._kept[user] = (member, self._now() + KEPT)
        self._kept.move_to_end(user)
        while len(self._kept) > AT_MOST:
            self._kept.popitem(last=False)
        return member

    async def names(self, client: AsyncWebClient, users: Iterable[str]) -> Mapping[str, str]:
        """Return the names of the users that a text mentions."""
        wanted = list(dict.fromkeys(users))
        found = await asyncio.gather(*(self.member(client, user) for user in wanted))
        return {user: member.name for user, member in zip(wanted, found, strict=True)}

    async def _asked(self, client: AsyncWebClient, user: str) -> Member:
        try:
            told = await client.users_info(user=user)
        except SlackApiError as error:
            if error_of(error) not in UNKNOWN:
                raise
            return Member(name=user, is_stranger=True)
        return to_member(told["user"], self._installation)


def to_member(user: Mapping[str, Any], installation: Installation) -> Member:
    """Return who Slack's `user` object tells of, as seen from the workspace we are installed in."""
    profile = user.get("profile") or {}
    names = (profile.get("real_name"), user.get("real_name"), profile.get("display_name"), user.get("name"))
    name = next((words for value in names if value and (words := str(value).strip())), str(user["id"]))
    return Member(name=name, is_stranger=_is_guest(user) or not _is_of(user, installation))


def _is_guest(user: Mapping[str, Any]) -> bool:
    return any(user.get(mark) for mark in ("is_restricted", "is_ultra_restricted", "is_stranger"))


def _is_of(user: Mapping[str, Any], installation: Installation) -> bool:
    """In a large organisation a user may be of several workspaces, and is then known by the organisation."""
    enterprise = (user.get("enterprise_user") or {}).get("enterprise_id")
    same = installation.enterprise is not None and enterprise == installation.enterprise
    return user.get("team_id") == installation.team or same
