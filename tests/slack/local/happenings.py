"""What happens in a workspace apart from talk and presses, and what an app that has asked for it hears of it.

Typed from https://docs.slack.dev/reference/events: member_joined_channel, member_left_channel, channel_left,
channel_archive, channel_unarchive, channel_rename, subteam_members_changed, link_shared, entity_details_requested,
app_context_changed and agent_session_stopped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from tests.slack.local.delivery import Kind, Outcome
from tests.slack.local.workspace import Channel, Posted, Workspace

_LINK = re.compile(r"https?://[^\s<>|]+")


class Happenings:
    """Acts of people on channels, groups and links."""

    workspace: Workspace
    events: set[str]
    unfurl_domains: tuple[str, ...]

    async def bring(self, kind: Kind, payload: dict[str, Any]) -> Outcome:
        raise NotImplementedError

    def event(self, event: dict[str, Any]) -> dict[str, Any]:
        raise NotImplementedError

    async def _tell(self, event: dict[str, Any], subscribed: str | None = None) -> Outcome | None:
        """Nobody is told of what they have not asked for."""
        if (subscribed or event["type"]) not in self.events:
            return None
        return await self.bring("events_api", self.event({**event, "event_ts": self.workspace.ts()}))

    # Channels

    async def join(self, user: str, channel: str, inviter: str | None = None) -> None:
        """Somebody comes into a channel; the app itself, where it is the one who is invited."""
        place = self.workspace.channels[channel]
        place.members.add(user)
        told = {"type": "member_joined_channel", "user": user, "channel": channel, "channel_type": _letter(place)}
        more = {"inviter": inviter} if inviter else {}
        if self.workspace.bot_user in place.members:
            await self._tell({**told, "team": self.workspace.team, **more})

    async def invite_app(self, user: str, channel: str) -> None:
        await self.join(self.workspace.bot_user, channel, user)

    async def leave(self, user: str, channel: str) -> None:
        place = self.workspace.channels[channel]
        place.members.discard(user)
        told = {"type": "member_left_channel", "user": user, "channel": channel, "channel_type": _letter(place)}
        if self.workspace.bot_user in place.members:
            await self._tell({**told, "team": self.workspace.team})

    async def put_out_app(self, user: str, channel: str) -> None:
        place = self.workspace.channels[channel]
        place.members.discard(self.workspace.bot_user)
        kind = "group_left" if place.is_private else "channel_left"
        await self._tell({"type": kind, "channel": channel, "actor_id": user})

    async def archive(self, user: str, channel: str, undo: bool = False) -> None:
        """A channel is archived, or taken out again."""
        place = self.workspace.channels[channel]
        place.is_archived = not undo
        kind = f"{_word(place)}_{'unarchive' if undo else 'archive'}"
        await self._tell({"type": kind, "channel": channel, "user": user, "is_moved": 0})

    async def rename(self, channel: str, name: str) -> None:
        place = self.workspace.channels[channel]
        place.name = name
        told = {"id": channel, "name": name, "created": int(self.workspace.clock.seconds())}
        await self._tell({"type": f"{_word(place)}_rename", "channel": told})

    # Groups

    async def change_group(self, group_id: str, added: Sequence[str] = (), removed: Sequence[str] = ()) -> None:
        """People come into a user group, and go."""
        group = self.workspace.groups[group_id]
        group.users = [one for one in group.users if one not in removed] + list(added)
        now = int(self.workspace.clock.seconds())
        told: dict[str, Any] = {"type": "subteam_members_changed", "subteam_id": group_id}
        told |= {"team_id": self.workspace.team, "date_previous_update": now, "date_update": now}
        told |= {"added_users": list(added), "added_users_count": str(len(added))}
        await self._tell({**told, "removed_users": list(removed), "removed_users_count": str(len(removed))})

    # Links and what is known of them

    async def share_links(self, posted: Posted) -> None:
        """Of the links in a message the app hears that are to the domains it has named, but not of its own."""
        found = [(url, urlsplit(url).hostname or "") for url in _LINK.findall(posted.text)]
        links = [{"domain": host, "url": url} for url, host in found if host.endswith(self.unfurl_domains or ("\0",))]
        if not links or posted.user == self.workspace.bot_user:
            return
        unfurl_id = f"{posted.channel}.{posted.ts}.{self.workspace.number():064x}"
        self.workspace.unfurl_ids[unfurl_id] = posted.channel, posted.ts
        is_member = self.workspace.bot_user in self.workspace.channels[posted.channel].members
        told = {"type": "link_shared", "channel": posted.channel, "is_bot_user_member": is_member, "user": posted.user}
        told |= {"message_ts": posted.ts, "unfurl_id": unfurl_id, "source": "conversations_history", "links": links}
        more = {"thread_ts": posted.thread_ts} if posted.thread_ts else {}
        await self._tell({**told, "user_locale": "nb-NO", **more})

    async def open_details(self, user: str, posted: Posted, url: str) -> None:
        """Somebody opens a Work Object that stands under a message."""
        entity = self.workspace.unfurls[posted.channel, posted.ts][url]
        told = {"type": "entity_details_requested", "user": user, "external_ref": entity["external_ref"]}
        told |= {
            "entity_url": entity["url"],
            "app_unfurl_url": url,
            "link": {"url": url, "domain": urlsplit(url).hostname},
        }
        told |= {"trigger_id": self.workspace.issue_trigger(user), "user_locale": "nb-NO", "channel": posted.channel}
        await self._tell({**told, "message_ts": posted.ts})

    # Agents

    async def look_at(self, user: str, channel: str | None) -> None:
        """Somebody has the app open beside something else, or nothing."""
        entity = {"type": "slack#/types/channel_id", "value": channel, "team_id": self.workspace.team}
        context = {"entities": [entity]} if channel else {}
        await self._tell({"type": "app_context_changed", "user": user, "channel": f"D{user[1:]}", "context": context})

    async def stop_session(self, user: str, channel: str, thread: str) -> None:
        """Somebody presses the stop button: Slack stops what streams, and the app is to stop the rest."""
        streams = self.workspace.streams
        streaming = [one for one in self.workspace.messages if one.ts in streams and one.thread_ts == thread]
        for one in streaming:
            del streams[one.ts]
        told = {"type": "agent_session_stopped", "channel": channel, "user": user, "thread_ts": thread}
        await self._tell({**told, "streaming_message_ts": [one.ts for one in streaming]})


def _letter(channel: Channel) -> str:
    return "G" if channel.is_private else "C"


def _word(channel: Channel) -> str:
    return "group" if channel.is_private else "channel"
