"""What a workspace holds: people, channels, messages, tokens, triggers and response_urls."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.slack.local.clock import Clock
from tests.slack.local.limits import Limits

if TYPE_CHECKING:
    from tests.slack.local.files import File
    from tests.slack.local.groups import Group
    from tests.slack.local.scheduled import Scheduled

TEAM, TEAM_NAME, APP = "T0PLAN", "Kommunen", "A0PLAN"
BOT_USER, BOT = "U0BOT", "B0BOT"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-local", "xapp-local", "local-signing-secret"
SCOPES = (
    "app_mentions:read,assistant:write,channels:read,chat:write,commands,files:read,groups:read,im:history,im:write,"
    "links:read,links:write,usergroups:read,users:read"
)

_PING = re.compile(r"<(?:!(?:channel|here|everyone|subteam)[^>]*|@[UW][A-Z0-9]+[^>]*)>")


class Refused(Exception):
    """Slack's way of saying no: a code, and perhaps more."""

    def __init__(self, code: str, **more: Any) -> None:
        self.code, self.more = code, more
        super().__init__(code)


@dataclass
class User:
    id: str
    real_name: str
    team: str = TEAM
    is_restricted: bool = False
    is_bot: bool = False

    def as_json(self) -> dict[str, Any]:
        handle = self.real_name.split()[0].lower()
        return {
            "id": self.id,
            "team_id": self.team,
            "name": handle,
            "deleted": False,
            "real_name": self.real_name,
            "tz": "Europe/Oslo",
            "profile": {
                "real_name": self.real_name,
                "display_name": handle,
                "email": f"{handle}@example.no",
                "team": self.team,
            },
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": False,
            "is_bot": self.is_bot,
        }


@dataclass
class Channel:
    id: str
    name: str
    members: set[str] = field(default_factory=set)
    is_private: bool = False
    is_archived: bool = False

    @property
    def is_im(self) -> bool:
        return self.id.startswith("D")


@dataclass
class Posted:
    """A message in a channel; one that only one user sees has that user in `only_for`."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: dict[str, Any] | None = None
    only_for: str | None = None
    edits: int = 0
    files: list[File] = field(default_factory=list)
    subtype: str | None = None
    reactions: list[str] = field(default_factory=list)

    @property
    def is_reply(self) -> bool:
        return self.thread_ts not in (None, self.ts)

    @property
    def pings(self) -> list[str]:
        """Whom the message calls for, in its text or in any block that reads markup."""
        texts = [self.text, *(text["text"] for text in _texts(self.blocks) if text.get("type") == "mrkdwn")]
        return [ping for text in texts for ping in _PING.findall(text)]

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """All that can be pressed or chosen from."""
        return pressable(self.blocks)

    def button(self, label: str) -> dict[str, Any]:
        return next(one for one in self.buttons if one["type"] == "button" and one["text"]["text"] == label)

    def shown(self) -> str:
        """All that can be read in the blocks."""
        return "\n".join(text["text"] for text in _texts(self.blocks))

    def as_json(self) -> dict[str, Any]:
        told = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text, "team": TEAM}
        if self.user == BOT_USER:
            told |= {"bot_id": BOT, "app_id": APP}
        for key in ("subtype", "blocks", "thread_ts", "metadata"):
            if getattr(self, key):
                told[key] = getattr(self, key)
        return told


def pressable(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The elements of rows of buttons and beside sections, each with its block's id."""
    found = []
    for block in blocks:
        beside = [block["accessory"]] if "accessory" in block else []
        row = block["elements"] if block["type"] in ("actions", "context_actions") else beside
        found += [{**element, "block_id": block["block_id"]} for element in row]
    return found


def _texts(value: Any) -> list[dict[str, Any]]:
    """Every text object in a payload."""
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    if isinstance(value, dict):
        here = [value] if value.get("type") in ("mrkdwn", "plain_text") else []
        return here + [text for one in value.values() for text in _texts(one)]
    return []


@dataclass
class ResponseUrl:
    channel: str
    user: str
    until: float
    message: Posted | None = None
    uses: int = 0


class Workspace:
    """One workspace with Planvakt installed. Nothing is forgotten; a test makes a new one."""

    def __init__(self, clock: Clock, team: str = TEAM, name: str = TEAM_NAME) -> None:
        self.clock = clock
        self.team, self.name, self.domain, self.app = team, name, name.lower(), APP
        self.bot_user, self.bot, self.bot_token = BOT_USER, BOT, BOT_TOKEN
        self.scopes = set(SCOPES.split(","))
        self.limits = Limits(clock)
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: list[Posted] = []
        self.files: dict[str, File] = {}
        self.homes: dict[str, dict[str, Any]] = {}
        self.views: dict[str, list[dict[str, Any]]] = {}
        self.groups: dict[str, Group] = {}
        self.has_groups = True
        self.scheduled: list[Scheduled] = []
        self.streams: dict[str, float] = {}
        self.statuses: dict[tuple[str, str], str] = {}
        self.sessions: dict[tuple[str, str], dict[str, Any]] = {}
        self.unfurl_ids: dict[str, tuple[str, str]] = {}
        self.unfurls: dict[tuple[str, str], dict[str, Any]] = {}
        self.details: dict[str, dict[str, Any]] = {}
        self.prompts: dict[str, list[dict[str, str]]] = {}
        self.view_errors: dict[str, dict[str, str]] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.triggers: dict[str, float | None] = {}
        self.trigger_users: dict[str, str] = {}
        self._numbers = itertools.count(1)
        self.add_user(User(BOT_USER, "Planvakt", is_bot=True))

    def number(self) -> int:
        return next(self._numbers)

    def ts(self) -> str:
        """Slack's id of a message: seconds, and a number that makes it unique."""
        return f"{int(self.clock.seconds())}.{self.number():06d}"

    def add_user(self, user: User) -> User:
        self.users[user.id] = user
        self.channels[f"D{user.id[1:]}"] = Channel(f"D{user.id[1:]}", "directmessage", {user.id, BOT_USER})
        return user

    def add_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        return channel

    def issue_trigger(self, user: str = "") -> str:
        """A trigger works once, for three seconds, and for the user whose act it came from."""
        trigger = f"{self.number()}.{self.number()}.{self.team}"
        self.triggers[trigger] = self.clock.seconds() + 3
        self.trigger_users[trigger] = user
        return trigger

    def use_trigger(self, trigger: str) -> str:
        """Whose act it came from."""
        if trigger not in self.triggers:
            raise Refused("invalid_trigger_id")
        until, self.triggers[trigger] = self.triggers[trigger], None
        if until is None:
            raise Refused("exchanged_trigger_id")
        if until < self.clock.seconds():
            raise Refused("expired_trigger_id")
        return self.trigger_users[trigger]

    def issue_response_url(self, channel: str, user: str, message: Posted | None = None) -> str:
        """It works five times in half an hour."""
        name = f"{self.team}-r{self.number()}"
        self.response_urls[name] = ResponseUrl(channel, user, self.clock.seconds() + 1800, message)
        return name

    def find(self, channel: str, ts: str) -> Posted:
        for message in self.messages:
            if (message.channel, message.ts, message.only_for) == (channel, ts, None):
                return message
        raise Refused("message_not_found")
