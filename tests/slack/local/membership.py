"""An app comes into a channel, and goes: conversations.join and conversations.leave.

https://docs.slack.dev/reference/methods/conversations.join and /conversations.leave
"""

from __future__ import annotations

from typing import Any

from tests.slack.local.methods import Arguments, described, method, seen
from tests.slack.local.workspace import Refused, Workspace


@method("conversations.join", "channels:join")
def join(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """An open channel; into a private one an app has to be invited."""
    channel = seen(workspace, arguments.get("channel"))
    if channel.is_im or channel.is_private:
        raise Refused("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise Refused("is_archived")
    already = workspace.bot_user in channel.members
    channel.members.add(workspace.bot_user)
    told: dict[str, Any] = {"channel": described(channel)}
    warning = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return told | (warning if already else {})


@method("conversations.leave", "channels:manage", "groups:write", "im:write", "mpim:write")
def leave(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    channel = seen(workspace, arguments.get("channel"))
    if channel.is_im:
        raise Refused("method_not_supported_for_channel_type")
    if workspace.bot_user not in channel.members:
        return {"not_in_channel": True}
    channel.members.discard(workspace.bot_user)
    return {}
