"""Messages for later: chat.scheduleMessage, scheduledMessages.list and deleteScheduledMessage.

https://docs.slack.dev/reference/methods/chat.scheduleMessage: 120 days ahead at most, thirty in five minutes of a
channel; one with metadata is taken and never posted, which Slack's own page warns of.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.slack.local.checks import check_message
from tests.slack.local.methods import Arguments, method, named, writable
from tests.slack.local.workspace import Posted, Refused, Workspace

LONGEST = 120 * 86_400
WINDOW, MOST_IN_A_WINDOW = 300, 30


@dataclass
class Scheduled:
    id: str
    channel: str
    post_at: int
    created: int
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    metadata: dict[str, Any] | None = None
    thread_ts: str | None = None


@method("chat.scheduleMessage", "chat:write")
def schedule(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    channel, now = writable(workspace, arguments.get("channel")), workspace.clock.seconds()
    text, blocks = arguments.get("text") or "", arguments.get("blocks") or []
    try:
        post_at = int(arguments.get("post_at", ""))
    except ValueError:
        raise Refused("invalid_time") from None
    check_message(text, blocks)
    if post_at <= now:
        raise Refused("time_in_past")
    if post_at > now + LONGEST:
        raise Refused("time_too_far")
    window = [
        one for one in workspace.scheduled if one.channel == channel.id and one.post_at // WINDOW == post_at // WINDOW
    ]
    if len(window) >= MOST_IN_A_WINDOW:
        raise Refused("restricted_too_many")
    one = Scheduled(f"Q{workspace.number():08d}", channel.id, post_at, int(now), text, blocks)
    one.metadata, one.thread_ts = arguments.get("metadata"), arguments.get("thread_ts")
    workspace.scheduled.append(one)
    message = {"type": "delayed_message", "text": text, "user": workspace.bot_user, "bot_id": workspace.bot}
    return {"scheduled_message_id": one.id, "channel": channel.id, "post_at": post_at, "message": message}


@method("chat.scheduledMessages.list")
def list_scheduled(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    wanted = arguments.get("channel")
    told = [
        {"id": one.id, "channel_id": one.channel, "post_at": one.post_at, "date_created": one.created, "text": one.text}
        for one in workspace.scheduled
        if wanted in (None, one.channel)
    ]
    return {"scheduled_messages": told, "response_metadata": {"next_cursor": ""}}


@method("chat.deleteScheduledMessage", "chat:write")
def delete_scheduled(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    wanted = str(arguments.get("scheduled_message_id"))
    found = [one for one in workspace.scheduled if (one.id, one.channel) == (wanted, arguments.get("channel"))]
    if not found or found[0].post_at - workspace.clock.seconds() < 60:
        raise Refused("invalid_scheduled_message_id")
    workspace.scheduled.remove(found[0])
    return {}


def post_due(workspace: Workspace) -> list[Posted]:
    """Post what is due by the workspace's clock, but for what has metadata."""
    due = [one for one in workspace.scheduled if one.post_at <= workspace.clock.seconds()]
    workspace.scheduled = [one for one in workspace.scheduled if one not in due]
    posted = []
    for one in due:
        if one.metadata is None:
            said = Posted(one.channel, workspace.ts(), workspace.bot_user, one.text, named(workspace, one.blocks))
            said.thread_ts = one.thread_ts
            posted.append(said)
    workspace.messages += posted
    return posted
