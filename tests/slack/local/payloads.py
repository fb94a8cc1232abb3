"""What Slack sends, typed from its reference pages."""

from __future__ import annotations

from typing import Any

from tests.slack.local import workspace as names
from tests.slack.local.workspace import Channel, Posted, User, Workspace


def envelope(workspace: Workspace, event: dict[str, Any]) -> dict[str, Any]:
    return {
        "token": "verification-token",
        "team_id": workspace.team,
        "context_team_id": workspace.team,
        "api_app_id": names.APP,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{workspace.team}{workspace.number():08d}",
        "event_time": int(workspace.clock.seconds()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team,
                "user_id": names.BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{workspace.number():08d}",
    }


def message_event(posted: Posted, kind: str, team: str = names.TEAM) -> dict[str, Any]:
    """A `message` or `app_mention` event; Slack also repeats the text as rich_text blocks."""
    event = {
        "type": kind,
        "user": posted.user,
        "text": posted.text,
        "ts": posted.ts,
        "client_msg_id": f"client-{posted.ts}",
        "team": team,
        "channel": posted.channel,
        "event_ts": posted.ts,
    }
    if kind == "message":
        event["channel_type"] = "im" if posted.channel.startswith("D") else "channel"
    if posted.thread_ts:
        event["thread_ts"] = posted.thread_ts
    return _with_files(event, posted) if posted.files else event


def _with_files(event: dict[str, Any], posted: Posted) -> dict[str, Any]:
    """A message that shares files has a subtype, and no `team`; a mention has files and no subtype."""
    event |= {"files": [file.as_shared() for file in posted.files], "upload": False, "display_as_bot": False}
    if event["type"] == "message":
        event["subtype"] = "file_share"
        del event["team"]
    return event


def home_event(user: str, tab: str, ts: str, view: dict[str, Any] | None = None) -> dict[str, Any]:
    """With the Home tab as it was last published, if it ever was."""
    told = {"type": "app_home_opened", "user": user, "channel": f"D{user[1:]}", "tab": tab, "event_ts": ts}
    return told | ({"view": view} if view else {})


def rate_limited(workspace: Workspace) -> dict[str, Any]:
    """Instead of the events of one minute."""
    minute = int(workspace.clock.seconds()) // 60 * 60
    told = {"token": "verification-token", "type": "app_rate_limited", "team_id": workspace.team}
    return told | {"minute_rate_limited": minute, "api_app_id": workspace.app}


def command(workspace: Workspace, user: User, channel: Channel, said: tuple[str, str], url: str) -> dict[str, Any]:
    return {
        "token": "verification-token",
        "team_id": user.team,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": user.id,
        "user_name": user.real_name.split()[0].lower(),
        "command": said[0],
        "text": said[1],
        "api_app_id": names.APP,
        "is_enterprise_install": "false",
        "response_url": url,
        "trigger_id": workspace.issue_trigger(user.id),
    }


def home_press(workspace: Workspace, user: User, view: dict[str, Any], button: dict[str, Any]) -> dict[str, Any]:
    """A block_actions payload from a Home tab: of no channel and no message, and without a response_url."""
    return {
        "type": "block_actions",
        "user": {"id": user.id, "username": user.real_name, "name": user.real_name, "team_id": user.team},
        "api_app_id": names.APP,
        "token": "verification-token",
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": workspace.issue_trigger(user.id),
        "team": {"id": workspace.team, "domain": workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "view": view,
        "actions": [{**button, "action_ts": workspace.ts()}],
    }
