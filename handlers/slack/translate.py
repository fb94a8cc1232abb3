"""Slack's payloads as messages to the core: pure, and the only place that knows how the payloads are built."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block

from bot.messages import Message, Sender
from bot.model import Platform
from handlers.slack.blocks import KEPT, RECEIPT
from handlers.slack.installation import Installation
from handlers.slack.shared_files import SharedFile, shared_files

HELP = "/plan hjelp"
# Slack's own ids have no line in them.
NO_TALK = "D-"
PLAIN_SUBTYPES = (None, "file_share", "thread_broadcast")

_BRACKETED = re.compile(r"<([^<>]*)>")
# Also at the end of a piece: the next one may go on with an @.
_BEGINS_MENTION = re.compile(r"<(?=[<@]|$)")
_MENTIONED = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_GROUP = re.compile(r"<!subteam\^(S[A-Z0-9]+)(?:\|@?([^<>]*))?>")
_BARE_GROUP = re.compile(r"(?<![\w<^@:])(S0[A-Z0-9]{6,})\b(?![|>])")
_COMMAND = re.compile(r"\s*(?:<@[^<>]*>\s*)?/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """The message that a button stands in: `left` is what is left of it without the button.

    `receipt_of` is who made the change that the message tells of; one that `is_kept` is edited by others.
    Of a message that only the presser sees, Slack tells nothing but that it is one, so `left` and `whole` are empty.
    `whole` is all of the message, `row` and `button` are the ids of what was pressed in it. `team` and `bot` are
    those of who posted it: in a shared channel that may be us, as another organisation's.
    """

    receipt_of: str | None = None
    is_ephemeral: bool = False
    is_kept: bool = False
    text: str = ""
    left: tuple[Block, ...] = ()
    whole: tuple[Block, ...] = ()
    message: str = ""
    row: str = ""
    button: str = ""
    team: str = ""
    bot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What somebody said to us, by whatever way; `text` is in Slack's markup, but literal where a button says it.

    Where it shares `files`, there may be no text.

    `thread` is the thread that the answer belongs in, `session` the one that Slack shows in that we are at work: it
    may begin with the message itself. `answer_url` is where an answer goes that only the person sees.
    """

    user: str
    text: str
    channel: str
    thread: str | None = None
    session: str | None = field(default=None, compare=False)
    answer_url: str | None = None
    pressed: Pressed | None = None
    files: tuple[SharedFile, ...] = ()

    @property
    def is_direct(self) -> bool:
        """Whether nobody else reads along: the ids of direct talks begin with a D."""
        return self.channel.startswith("D")

    @property
    def is_of_no_talk(self) -> bool:
        """Whether it was said on a page or in a form of one's own, and not in any talk."""
        return self.channel.startswith(NO_TALK)


def heard_mention(event: Mapping[str, Any]) -> Heard | None:
    """Return what an app_mention says, to be answered in its thread; None where another bot wrote it."""
    if event.get("bot_id") or not event.get("user"):
        return None
    thread = event.get("thread_ts") or event["ts"]
    return Heard(
        user=event["user"],
        text=event.get("text") or "",
        channel=event["channel"],
        thread=thread,
        session=thread,
        files=shared_files(event),
    )


def heard_direct(event: Mapping[str, Any]) -> Heard | None:
    """Return what a direct message says; None for all that is not a person's own plain message.

    Changed, deleted and bots' messages come as `message` events too, and an answer to those makes a loop.
    """
    is_plain = event.get("subtype") in PLAIN_SUBTYPES and not event.get("bot_id") and not event.get("hidden")
    if event.get("channel_type") != "im" or not is_plain or not event.get("user"):
        return None
    text, files = event.get("text") or "", shared_files(event)
    if not text.strip() and not files:
        return None
    thread = event.get("thread_ts")
    session = thread or event.get("ts")
    return Heard(user=event["user"], text=text, channel=event["channel"], thread=thread, session=session, files=files)


def heard_command(body: Mapping[str, Any]) -> Heard:
    """Return what a slash command says: the command and its words, to be answered to the asker alone."""
    return Heard(
        user=body["user_id"],
        text=f"{body['command']} {body.get('text') or ''}".strip(),
        channel=body["channel_id"],
        answer_url=body["response_url"],
    )


def heard_press(body: Mapping[str, Any]) -> Heard | None:
    """Return what a button says when it is pressed; None where it says nothing, or stands in no message."""
    action = body["actions"][0]
    container = body.get("container") or {}
    channel = container.get("channel_id") or (body.get("channel") or {}).get("id")
    if not action.get("value") or not channel or not body.get("response_url"):
        return None
    return Heard(
        user=body["user"]["id"],
        text=action["value"],
        channel=channel,
        thread=_thread_around(container, body.get("message") or {}),
        answer_url=body["response_url"],
        pressed=_pressed(body.get("message") or {}, action, bool(container.get("is_ephemeral"))),
    )


def _thread_around(container: Mapping[str, Any], shown: Mapping[str, Any]) -> str | None:
    """The thread that a message stands in; one that only begins a thread is seen in the channel."""
    thread = container.get("thread_ts") or shown.get("thread_ts")
    return None if thread == container.get("message_ts") else thread


def _pressed(shown: Mapping[str, Any], action: Mapping[str, Any], is_ephemeral: bool) -> Pressed:
    at = (action.get("block_id"), action.get("action_id"))
    row = str(at[0] or "")
    return Pressed(
        receipt_of=row.removeprefix(RECEIPT) if row.startswith(RECEIPT) else None,
        is_ephemeral=is_ephemeral,
        is_kept=row == KEPT,
        text=str(shown.get("text") or ""),
        whole=tuple(Block.parse_all([dict(block) for block in shown.get("blocks") or ()])),
        message=str(shown.get("ts") or ""),
        row=row,
        button=str(at[1] or ""),
        team=str(shown.get("team") or ""),
        bot=str(shown.get("bot_id") or ""),
        left=tuple(Block.parse_all([left for block in shown.get("blocks") or () if (left := _without(block, *at))])),
    )


def _without(block: Mapping[str, Any], block_id: object, action_id: object) -> dict[str, Any] | None:
    """A block without the one button; None where nothing is left of it."""
    if block.get("block_id") != block_id:
        return dict(block)
    elements = [element for element in block.get("elements") or () if element.get("action_id") != action_id]
    return {**block, "elements": elements} if elements else None


def mentioned(text: str) -> tuple[str, ...]:
    """Return the ids of the users that Slack's markup mentions, in order."""
    return tuple(_MENTIONED.findall(text))


def mentioned_groups(text: str) -> tuple[tuple[str, str], ...]:
    """Return the ids of the user groups that a command names, each with what it is mentioned by, where that is said."""
    if _COMMAND.match(text) is None:
        return ()
    return (*_GROUP.findall(text), *((group, "") for group in _BARE_GROUP.findall(text)))


def to_message(
    heard: Heard, *, names: Mapping[str, str], installation: Installation, organisation: str | None, now: datetime
) -> Message:
    """Return what was said as a message to the core; `names` has the sender's name and those of the mentioned."""
    text = heard.text if heard.pressed else plain(heard.text, names, installation)
    return Message(
        text=text or ("" if heard.files else HELP),
        now=now,
        sender=Sender(platform=Platform.SLACK, account=f"{installation.team}:{heard.user}", name=names.get(heard.user)),
        organisation=organisation,
        conversation=_conversation(heard, installation),
        channel=None if heard.is_direct else f"{installation.team}:{heard.channel}",
    )


def _conversation(heard: Heard, installation: Installation) -> str | None:
    """A thread is a conversation of all in it; what is asked for one's own eyes is one's own.

    A page and a form are none: nobody can write there what comes next.
    """
    if heard.is_of_no_talk:
        return None
    return f"slack:{installation.team}:{heard.channel}:{heard.thread or heard.user}"


def plain(text: str, names: Mapping[str, str], installation: Installation) -> str:
    """Return Slack's markup as the words a person sees.

    A mentioned person stays recognisable, as `<@T1:U7|Kari Nordmann>`, and so does a user group that a command
    names, as `<@@T1:S7|rektorene>`; we ourselves fall away. Nothing else can look like that: what a person types as
    `<` comes escaped.
    """
    if mentioned_groups(text):
        text = _with_groups(text)

    def read(found: re.Match[str]) -> str:
        return _read(found[1], names, installation)

    pieces: list[str] = []
    end = 0
    for found in _BRACKETED.finditer(text):
        pieces += [_unescaped(text[end : found.start()]), read(found)]
        end = found.end()
    return "".join([*pieces, _unescaped(text[end:])]).strip()


def as_shown(text: str) -> str:
    """Return a message's text as people read it: a mentioned person is `@Kari Nordmann`."""
    return re.sub(r"<@[^|<>]*\|([^<>]*)>", r"@\1", text)


def _with_groups(text: str) -> str:
    """The text with every user group as Slack mentions one, with a name."""
    named = _BARE_GROUP.sub(lambda found: f"<!subteam^{found[1]}|@{found[1]}>", text)
    return _GROUP.sub(lambda found: f"<!group^{found[1]}|{found[2] or found[1]}>", named)


def _read(inside: str, names: Mapping[str, str], installation: Installation) -> str:
    """What stands between < and >: a person, a channel, a group or date, or a link."""
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        user = target[1:]
        name = re.sub(r"[<>|\s]+", " ", names.get(user) or _unescaped(label) or user).strip()
        return "" if user == installation.bot_user else f"<@{installation.team}:{user}|{name}>"
    if target.startswith("#"):
        return f"#{_unescaped(label) or target[1:]}"
    if target.startswith("!group^"):
        name = re.sub(r"[<>|\s]+", " ", _unescaped(label)).strip()
        return f"<@@{installation.team}:{target.partition('^')[2]}|{name}>"
    if target.startswith("!"):
        return _unescaped(label) or f"@{target[1:].partition('^')[0]}"
    return _unescaped(label or target)


def _unescaped(text: str) -> str:
    literal = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return _BEGINS_MENTION.sub("", literal)
