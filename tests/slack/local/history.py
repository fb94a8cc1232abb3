"""What has been said in a channel, and in a thread of it: conversations.history and conversations.replies.

https://docs.slack.dev/reference/methods/conversations.history and /conversations.replies
"""

from __future__ import annotations

import base64
from typing import Any

from tests.slack.local.arguments import is_true
from tests.slack.local.methods import Arguments, method, seen
from tests.slack.local.workspace import Channel, Posted, Refused, Workspace

KINDS = ("channels:history", "groups:history", "im:history", "mpim:history")
MOST = 999


@method("conversations.history", *KINDS)
def history(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """The newest first, without what stands in threads and without what only one user sees."""
    channel = _readable(workspace, arguments)
    every = [one for one in _said(workspace, channel) if not one.is_reply]
    found = [one for one in reversed(every) if _is_between(one, arguments)]
    page, more = _page(found, arguments, 100)
    return {"messages": [_told(workspace, one, arguments) for one in page], "pin_count": 0, **more}


@method("conversations.replies", *KINDS)
def replies(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """A thread from its first message on, by that or by any message in it."""
    channel, ts = _readable(workspace, arguments), str(arguments.get("ts", ""))
    every = _said(workspace, channel)
    asked = next((one for one in every if one.ts == ts), None)
    if asked is None:
        raise Refused("thread_not_found")
    root = asked.thread_ts or asked.ts
    thread = [one for one in every if root in (one.ts, one.thread_ts)]
    page, more = _page([one for one in thread if one.ts == root or _is_between(one, arguments)], arguments, 1000)
    return {"messages": [_told(workspace, one, arguments) for one in page], **more}


def _readable(workspace: Workspace, arguments: Arguments) -> Channel:
    channel = seen(workspace, arguments.get("channel"))
    needed = KINDS[2] if channel.is_im else KINDS[1] if channel.is_private else KINDS[0]
    if needed not in workspace.scopes:
        raise Refused("missing_scope", needed=needed, provided=",".join(sorted(workspace.scopes)))
    if workspace.bot_user not in channel.members:
        raise Refused("not_in_channel")
    return channel


def _said(workspace: Workspace, channel: Channel) -> list[Posted]:
    return [one for one in workspace.messages if one.channel == channel.id and one.only_for is None]


def _is_between(posted: Posted, arguments: Arguments) -> bool:
    """Between `oldest` and `latest`, without those two unless `inclusive`."""
    at, oldest, latest = float(posted.ts), _moment(arguments, "oldest"), _moment(arguments, "latest")
    if is_true(arguments, "inclusive"):
        return (oldest is None or at >= oldest) and (latest is None or at <= latest)
    return (oldest is None or at > oldest) and (latest is None or at < latest)


def _moment(arguments: Arguments, name: str) -> float | None:
    try:
        return float(arguments[name]) if arguments.get(name) else None
    except ValueError:
        raise Refused(f"invalid_ts_{name}") from None


def _page(found: list[Posted], arguments: Arguments, usual: int) -> tuple[list[Posted], dict[str, Any]]:
    try:
        limit = int(arguments.get("limit") or usual)
        start = int(base64.b64decode(arguments["cursor"]).split(b":")[1]) if arguments.get("cursor") else 0
    except (ValueError, IndexError):
        raise Refused("invalid_cursor" if arguments.get("cursor") else "invalid_limit") from None
    limit = min(limit, MOST)
    if limit < 1:
        raise Refused("invalid_limit")
    page, has_more = found[start : start + limit], len(found) > start + limit
    cursor = base64.b64encode(f"next:{start + limit}".encode()).decode() if has_more else ""
    more = {"response_metadata": {"next_cursor": cursor}} if has_more else {}
    return page, {"has_more": has_more, **more}


def _told(workspace: Workspace, posted: Posted, arguments: Arguments) -> dict[str, Any]:
    """A message as it is read again: what an app put into it is told only if asked for."""
    told = posted.as_json()
    if not is_true(arguments, "include_all_metadata"):
        told.pop("metadata", None)
    answers = [one for one in workspace.messages if posted.ts == one.thread_ts and one.channel == posted.channel]
    answers = [one for one in answers if one.is_reply and one.only_for is None]
    if answers:
        told |= {
            "thread_ts": posted.ts,
            "reply_count": len(answers),
            "reply_users_count": len({one.user for one in answers}),
            "latest_reply": answers[-1].ts,
            "reply_users": sorted({one.user for one in answers}),
            "is_locked": False,
            "subscribed": False,
        }
    return told | ({"parent_user_id": _author(workspace, posted)} if posted.is_reply else {})


def _author(workspace: Workspace, posted: Posted) -> str:
    first = (one for one in workspace.messages if (one.channel, one.ts) == (posted.channel, posted.thread_ts))
    return next((one.user for one in first), workspace.bot_user)
