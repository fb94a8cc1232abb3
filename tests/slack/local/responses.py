"""What an app may do with a response_url.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses: five uses in half an hour; an answer
for one person or for all, in the thread or not, or in place of the message that was pressed on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.slack.local.checks import check_message
from tests.slack.local.methods import change, named, show_to_one
from tests.slack.local.workspace import Posted, Refused, ResponseUrl, Workspace

MOST_USES = 5
EXPIRED, USED = "expired_url", "used_url"


def answer(workspace: Workspace, url: ResponseUrl | None, told: Mapping[str, Any]) -> None:
    """Do as the app says. Raises Refused, with one of Slack's codes."""
    if url is None or url.until < workspace.clock.seconds():
        raise Refused(EXPIRED)
    url.uses += 1
    if url.uses > MOST_USES:
        raise Refused(USED)
    if told.get("delete_original"):
        _delete(workspace, url)
    elif told.get("replace_original") and url.message:
        change(workspace, url.message, told)
    elif told.get("response_type") == "in_channel":
        _say(workspace, url, told)
    else:
        show_to_one(workspace, url.channel, url.user, told)


def _delete(workspace: Workspace, url: ResponseUrl) -> None:
    if url.message is None or url.message not in workspace.messages:
        raise Refused("message_not_found")
    workspace.messages.remove(url.message)


def _say(workspace: Workspace, url: ResponseUrl, told: Mapping[str, Any]) -> None:
    text, blocks = told.get("text") or "", told.get("blocks") or []
    check_message(text, blocks)
    posted = Posted(url.channel, workspace.ts(), workspace.bot_user, text, named(workspace, blocks))
    posted.thread_ts = told.get("thread_ts")
    workspace.messages.append(posted)
