"""Methods about a talk: links, reactions, and what is taken back of it."""

from __future__ import annotations

from typing import Any

from tests.slack.local.checks import check_blocks
from tests.slack.local.methods import Arguments, method
from tests.slack.local.workspace import Posted, Refused, Workspace


@method("conversations.open", "im:write")
def open_talk(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    user = str(arguments.get("users", ""))
    if user not in workspace.users:
        raise Refused("user_not_found")
    return {"no_op": True, "already_open": True, "channel": {"id": f"D{user[1:]}"}}


@method("chat.getPermalink")
def permalink(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    posted = workspace.find(str(arguments.get("channel")), str(arguments.get("message_ts")))
    address = f"https://{workspace.domain}.slack.com/archives/{posted.channel}/p{posted.ts.replace('.', '')}"
    return {"channel": posted.channel, "permalink": address}


@method("chat.delete", "chat:write")
def delete(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """The app's own message; where a thread hangs on it, a stone stands in its place."""
    posted = workspace.find(str(arguments.get("channel")), str(arguments.get("ts")))
    if posted.user != workspace.bot_user:
        raise Refused("cant_delete_message")
    if any(one.thread_ts == posted.ts and one.is_reply for one in workspace.messages if one.channel == posted.channel):
        posted.text, posted.blocks, posted.metadata = "This message was deleted.", [], None
        posted.user, posted.subtype = "USLACKBOT", "tombstone"
    else:
        workspace.messages.remove(posted)
    return {"channel": posted.channel, "ts": posted.ts}


@method("reactions.add", "reactions:write")
def react(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    posted, name = _reacted(workspace, arguments)
    if name in posted.reactions:
        raise Refused("already_reacted")
    posted.reactions.append(name)
    return {}


@method("blocks.validate")
def validate(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    check_blocks(arguments.get("blocks") or [], 50)
    return {}


@method("reactions.remove", "reactions:write")
def take_back(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    posted, name = _reacted(workspace, arguments)
    if name not in posted.reactions:
        raise Refused("no_reaction")
    posted.reactions.remove(name)
    return {}


@method("apps.manifest.validate")
def validate_manifest(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """Asks for a configuration token; a bot's own is never one."""
    raise Refused("not_allowed_token_type")


def _reacted(workspace: Workspace, arguments: Arguments) -> tuple[Posted, str]:
    name = str(arguments.get("name") or "").strip(":")
    if not name:
        raise Refused("invalid_name")
    return workspace.find(str(arguments.get("channel")), str(arguments.get("timestamp"))), name
