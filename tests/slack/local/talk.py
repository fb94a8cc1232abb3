"""Methods about a talk: links, reactions, prompts, and what is said beside an answer."""

from __future__ import annotations

from typing import Any

from tests.slack.local.checks import check_blocks
from tests.slack.local.methods import Arguments, method
from tests.slack.local.workspace import Refused, Workspace


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
    workspace.find(str(arguments.get("channel")), str(arguments.get("timestamp")))
    return {}


@method("blocks.validate")
def validate(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    check_blocks(arguments.get("blocks") or [], 50)
    return {}


@method("assistant.threads.setStatus", "assistant:write", "chat:write")
def set_status(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    return {}


@method("assistant.threads.setSuggestedPrompts", "assistant:write")
def set_prompts(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """At most four. Where the talk is in the Messages tab, prompts for a thread are shown to nobody."""
    prompts = arguments.get("prompts") or []
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= 4:
        raise Refused("invalid_arguments")
    if not arguments.get("thread_ts"):
        workspace.prompts[str(arguments.get("channel_id"))] = prompts
    return {}
