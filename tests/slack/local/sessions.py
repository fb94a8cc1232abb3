"""What an agent tells of itself while it works: status, prompts and the sessions of 2026.

https://docs.slack.dev/ai/agent-sessions, /reference/methods/agents.sessions.setStatus, /agents.sessions.rename and
/assistant.threads.setStatus, /assistant.threads.setSuggestedPrompts
"""

from __future__ import annotations

from typing import Any

from tests.slack.local.methods import Arguments, method, seen
from tests.slack.local.workspace import Refused, Workspace

STATUSES = ("active", "processing", "suspended", "closed")
LASTS = 3600
TITLE = 200


@method("assistant.threads.setStatus", "assistant:write", "chat:write")
def set_status(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """An empty status takes it away, and so does a message of the app's in that thread."""
    place = seen(workspace, arguments.get("channel_id")).id, str(arguments.get("thread_ts") or "")
    workspace.statuses.pop(place, None)
    if arguments.get("status"):
        workspace.statuses[place] = str(arguments["status"])
    return {}


@method("assistant.threads.setSuggestedPrompts", "assistant:write")
def set_prompts(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """At most four. Where the talk is in the Messages tab, prompts for a thread are shown to nobody."""
    prompts = arguments.get("prompts") or []
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= 4:
        raise Refused("invalid_arguments")
    if any(not one.get("title") or not one.get("message") for one in prompts):
        raise Refused("invalid_arguments")
    if not arguments.get("thread_ts"):
        workspace.prompts[str(arguments.get("channel_id"))] = prompts
    return {}


@method("agents.sessions.setStatus", "chat:write")
def set_session(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """A session that is processing shows the stop button; it goes on to be so for an hour, unless told otherwise."""
    channel, status = seen(workspace, arguments.get("channel_id")), str(arguments.get("status"))
    if status not in STATUSES:
        raise Refused("invalid_status")
    place = channel.id, str(arguments.get("thread_ts") or "")
    kept = workspace.sessions.get(place)
    title = kept["title"] if kept else str(arguments.get("title") or "")
    if len(title) > TITLE:
        raise Refused("invalid_arguments")
    until = workspace.clock.seconds() + LASTS
    workspace.sessions[place] = {"status": status, "title": title, "until": until}
    return {"status": status, "agent_status": status, "title": title}


@method("agents.sessions.rename", "chat:write")
def rename_session(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    title = str(arguments.get("title") or "")
    if not 1 <= len(title) <= TITLE:
        raise Refused("invalid_arguments")
    place = seen(workspace, arguments.get("channel_id")).id, str(arguments.get("thread_ts") or "")
    if place not in workspace.sessions:
        raise Refused("session_not_found")
    workspace.sessions[place]["title"] = title
    return {"title": title}
