"""Addresses in people's messages: the event that tells of them, and presses on what an app shows below."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from tests.slack.local import interactions
from tests.slack.local.workspace import Posted, Workspace

_ADDRESS = re.compile(r"<(https?://[^>|]+)")


def addresses(posted: Posted) -> list[str]:
    """The addresses in a message; Slack writes them between < and >."""
    return _ADDRESS.findall(posted.text)


def link_event(posted: Posted, source: str = "conversations_history") -> dict[str, Any]:
    """A link_shared, of a message that stands there or is still being written."""
    links = [{"domain": urlsplit(url).hostname, "url": url} for url in addresses(posted)]
    return {
        "type": "link_shared",
        "channel": posted.channel if source != "composer" else "COMPOSER",
        "is_bot_user_member": True,
        "user": posted.user,
        "message_ts": posted.ts,
        "unfurl_id": f"{posted.channel}.{posted.ts}.local",
        "source": source,
        "links": links,
        "event_ts": posted.ts,
    }


def press_below(workspace: Workspace, user: str, posted: Posted, url: str, label: str) -> dict[str, Any]:
    """A block_actions payload of what an app shows below somebody's message: the message itself is not sent along."""
    attachment = workspace.unfurls[posted.channel, posted.ts][url]
    rows = [block for block in attachment["blocks"] if block["type"] == "actions"]
    found = [{**one, "block_id": row["block_id"]} for row in rows for one in row["elements"]]
    button = next(one for one in found if one["text"]["text"] == label)
    told = interactions.press(workspace, workspace.users[user], posted, button, "")
    told = {name: value for name, value in told.items() if name not in ("message", "response_url")}
    container = told["container"] | {"type": "message_attachment", "attachment_id": 1, "is_ephemeral": False}
    shown = {"id": 1, "is_app_unfurl": True, "app_unfurl_url": url, "app_id": workspace.app, **attachment}
    return told | {"container": container | {"is_app_unfurl": True, "app_unfurl_url": url}, "app_unfurl": shown}
