"""Answers that grow while they are read: chat.startStream, appendStream and stopStream.

https://docs.slack.dev/reference/methods/chat.startStream and its neighbours. That a stream ends by itself after some
five minutes is measured by others (python-slack-sdk #1859).
"""

from __future__ import annotations

from typing import Any

from tests.slack.local.checks import check_blocks
from tests.slack.local.methods import Arguments, method, named, writable
from tests.slack.local.workspace import Posted, Refused, Workspace

LASTS = 300
MOST_CHARACTERS = 12_000
CHUNKS = {"markdown_text", "task_update", "plan_update", "blocks"}


@method("chat.startStream", "chat:write")
def start(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """A message in a thread, for one person where others read along."""
    channel = writable(workspace, arguments.get("channel"))
    if not arguments.get("thread_ts"):
        raise Refused("invalid_thread_ts")
    if not channel.is_im:
        for name in ("recipient_team_id", "recipient_user_id"):
            if not arguments.get(name):
                raise Refused(f"missing_{name}")
    posted = Posted(channel.id, workspace.ts(), workspace.bot_user, _words(arguments))
    posted.thread_ts = arguments["thread_ts"]
    workspace.messages.append(posted)
    workspace.streams[posted.ts] = workspace.clock.seconds() + LASTS
    return {"channel": channel.id, "ts": posted.ts}


@method("chat.appendStream", "chat:write")
def append(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    posted = _streaming(workspace, arguments)
    words = _words(arguments)
    if not words and not arguments.get("chunks"):
        raise Refused("no_text")
    posted.text += words
    return {"channel": posted.channel, "ts": posted.ts}


@method("chat.stopStream", "chat:write")
def stop(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    posted = _streaming(workspace, arguments)
    blocks = arguments.get("blocks") or []
    check_blocks(blocks, 50)
    posted.text += _words(arguments)
    posted.blocks, posted.metadata = named(workspace, blocks), arguments.get("metadata")
    del workspace.streams[posted.ts]
    return {"channel": posted.channel, "ts": posted.ts, "message": posted.as_json()}


def _streaming(workspace: Workspace, arguments: Arguments) -> Posted:
    posted = workspace.find(str(arguments.get("channel")), str(arguments.get("ts")))
    if posted.user != workspace.bot_user:
        raise Refused("message_not_owned_by_app")
    if workspace.streams.get(posted.ts, 0) < workspace.clock.seconds():
        workspace.streams.pop(posted.ts, None)
        raise Refused("message_not_in_streaming_state")
    return posted


def _words(arguments: Arguments) -> str:
    chunks = arguments.get("chunks") or []
    if arguments.get("markdown_text") and chunks:
        raise Refused("invalid_arguments")
    if any(chunk.get("type") not in CHUNKS for chunk in chunks):
        raise Refused("invalid_chunks")
    words = str(arguments.get("markdown_text") or "".join(chunk.get("text", "") for chunk in chunks))
    if len(words) > MOST_CHARACTERS:
        raise Refused("msg_too_long")
    return words
