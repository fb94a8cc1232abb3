"""The Web API methods that Planvakt uses, each with the scopes it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.slack.local import workspace as names
from tests.slack.local.arguments import is_true
from tests.slack.local.checks import check_message
from tests.slack.local.workspace import Channel, Posted, Refused, User, Workspace

Arguments = Mapping[str, Any]
Method = Callable[[Workspace, Arguments], dict[str, Any]]
METHODS: dict[str, tuple[Method, tuple[str, ...]]] = {}


def method(name: str, *any_of: str) -> Callable[[Method], Method]:
    """A method that needs any one of these scopes, or none."""

    def add(answer: Method) -> Method:
        METHODS[name] = (answer, any_of)
        return answer

    return add


@method("auth.test")
def auth_test(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": "planvakt",
        "team_id": workspace.team,
        "user_id": names.BOT_USER,
        "bot_id": names.BOT,
        "is_enterprise_install": False,
    }


@method("users.info", "users:read")
def users_info(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    user = workspace.users.get(arguments.get("user", ""))
    if user is None:
        raise Refused("user_not_found")
    return {"user": _person(workspace, user)}


@method("users.list", "users:read")
def users_list(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    return {
        "members": [_person(workspace, user) for user in workspace.users.values()],
        "response_metadata": {"next_cursor": ""},
    }


def _person(workspace: Workspace, user: User) -> dict[str, Any]:
    """A user's address is told to an app that may see addresses."""
    told = user.as_json()
    if "users:read.email" not in workspace.scopes:
        del told["profile"]["email"]
    return told


@method("conversations.list", "channels:read", "groups:read", "im:read", "mpim:read")
def conversations_list(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    open_to_all = [one for one in workspace.channels.values() if not one.is_private and not one.is_im]
    told = [described(one) for one in open_to_all if not (one.is_archived and is_true(arguments, "exclude_archived"))]
    return {"channels": told, "response_metadata": {"next_cursor": ""}}


@method("conversations.info", "channels:read", "groups:read", "im:read", "mpim:read")
def conversations_info(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    return {"channel": described(seen(workspace, arguments.get("channel")))}


@method("conversations.members", "channels:read", "groups:read", "im:read", "mpim:read")
def conversations_members(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    return {"members": sorted(seen(workspace, arguments.get("channel")).members)}


@method("files.info", "files:read")
def files_info(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    file = workspace.files.get(arguments.get("file", ""))
    if file is None or not _is_shared_with_us(workspace, file.id):
        raise Refused("file_not_found")
    if file.mode == "tombstone":
        raise Refused("file_deleted")
    return {"file": file.as_json(), "comments": [], "response_metadata": {"next_cursor": ""}}


@method("chat.postMessage", "chat:write")
def post_message(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    channel = writable(workspace, arguments.get("channel"))
    text, blocks = arguments.get("text") or "", arguments.get("blocks") or []
    check_message(text, blocks)
    workspace.limits.post(channel.id)
    posted = Posted(channel.id, workspace.ts(), names.BOT_USER, text, named(workspace, blocks))
    posted.thread_ts, posted.metadata = arguments.get("thread_ts"), arguments.get("metadata")
    workspace.messages.append(posted)
    workspace.statuses.pop((channel.id, posted.thread_ts or ""), None)
    return {"channel": channel.id, "ts": posted.ts, "message": posted.as_json()}


@method("chat.update", "chat:write")
def update(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    posted = workspace.find(arguments.get("channel", ""), arguments.get("ts", ""))
    if posted.user != names.BOT_USER:
        raise Refused("cant_update_message")
    change(workspace, posted, arguments)
    return {"channel": posted.channel, "ts": posted.ts, "text": posted.text, "message": posted.as_json()}


@method("chat.postEphemeral", "chat:write")
def post_ephemeral(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    channel = writable(workspace, arguments.get("channel"))
    if arguments.get("user") not in channel.members:
        raise Refused("user_not_in_channel")
    posted = show_to_one(workspace, channel.id, arguments["user"], arguments)
    return {"message_ts": posted.ts}


def change(workspace: Workspace, posted: Posted, arguments: Arguments) -> None:
    """Put new words and blocks in place of a message's old ones."""
    text, blocks = arguments.get("text") or "", arguments.get("blocks") or []
    check_message(text, blocks)
    posted.text, posted.blocks, posted.edits = text, named(workspace, blocks), posted.edits + 1


def show_to_one(workspace: Workspace, channel: str, user: str, arguments: Arguments) -> Posted:
    """Show a message that only one user sees."""
    text, blocks = arguments.get("text") or "", arguments.get("blocks") or []
    check_message(text, blocks)
    posted = Posted(channel, workspace.ts(), names.BOT_USER, text, named(workspace, blocks), only_for=user)
    posted.thread_ts = arguments.get("thread_ts")
    workspace.messages.append(posted)
    return posted


def named(workspace: Workspace, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Slack gives every block an id that has none."""
    return [{"block_id": f"b{workspace.number()}", **block} for block in blocks]


def _is_shared_with_us(workspace: Workspace, file_id: str) -> bool:
    """A bot sees the files of the channels that it is in."""
    places = {said.channel for said in workspace.messages for file in said.files if file.id == file_id}
    return any(names.BOT_USER in workspace.channels[place].members for place in places)


def seen(workspace: Workspace, channel_id: Any) -> Channel:
    """A channel that the app can see, by its id; of the others Slack says that there are none."""
    if str(channel_id) in workspace.users:  # a person's id is the address of the direct talk with them
        channel_id = f"D{str(channel_id)[1:]}"
    channel = workspace.channels.get(str(channel_id))
    if channel is None or (channel.is_private and names.BOT_USER not in channel.members):
        raise Refused("channel_not_found")
    return channel


def writable(workspace: Workspace, channel_id: Any) -> Channel:
    """A channel that the app may write in."""
    channel = seen(workspace, channel_id)
    if channel.is_archived:
        raise Refused("is_archived")
    if names.BOT_USER not in channel.members:
        raise Refused("not_in_channel")
    return channel


def described(channel: Channel) -> dict[str, Any]:
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": not channel.is_im,
        "is_im": channel.is_im,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_member": names.BOT_USER in channel.members,
    }
