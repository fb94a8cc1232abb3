"""What asks for a form in Slack: a button, a shortcut, a message's own menu; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.messages import FormName
from handlers.slack.modals import Origin
from handlers.slack.translate import NO_TALK, Heard, heard_press

# The callback ids of the manifest's shortcuts.
NEW_ITEM, MEASURE = "new_item", "measure_of_message"

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Somebody wants a form; the trigger opens one modal within three seconds."""

    trigger: str
    name: FormName
    key: str
    heard: Heard
    origin: Origin


def asked_by_press(body: Body) -> Asked | None:
    """Return the form that a button opens; None where it stands in no message."""
    heard = heard_press(body)
    _, name, rest = str(body["actions"][0]["action_id"]).split(":", 2)
    if heard is None or name not in set(FormName):
        return None
    key = rest.rpartition(":")[0]
    origin = Origin(channel=heard.channel, thread=heard.thread)
    return Asked(trigger=body["trigger_id"], name=FormName(name), key=key, heard=heard, origin=origin)


def asked_by_shortcut(body: Body) -> Asked:
    """Return the form of a shortcut that belongs to no message."""
    user = body["user"]["id"]
    heard = Heard(user=user, text="", channel=f"{NO_TALK}form-{user}")
    return Asked(trigger=body["trigger_id"], name=FormName.NEW_ITEM, key="", heard=heard, origin=Origin())


def asked_by_message(body: Body) -> Asked:
    """Return the form of a message's own menu: it is filled in with what the message says, and links to it."""
    message, channel = body["message"], body["channel"]["id"]
    heard = Heard(
        user=body["user"]["id"],
        text=message.get("text") or "",
        channel=channel,
        thread=message.get("thread_ts"),
        answer_url=body.get("response_url"),
    )
    return Asked(
        trigger=body["trigger_id"],
        name=FormName.MEASURE_OF_MESSAGE,
        key=_link(body, channel, message),
        heard=heard,
        origin=Origin(channel=channel, thread=heard.thread),
    )


def _link(body: Body, channel: str, message: Body) -> str:
    """The message's address in Slack."""
    domain, number = body["team"]["domain"], str(message["ts"]).replace(".", "")
    link = f"https://{domain}.slack.com/archives/{channel}/p{number}"
    thread = message.get("thread_ts")
    return f"{link}?thread_ts={thread}&cid={channel}" if thread and thread != message["ts"] else link
