"""What Slack sends of presses, choices, forms and shortcuts, typed from its reference pages."""

from __future__ import annotations

from typing import Any

from tests.slack.local.workspace import Posted, User, Workspace

Payload = dict[str, Any]


def _by(workspace: Workspace, user: User, kind: str) -> Payload:
    """What all of them have."""
    name = user.real_name.split()[0].lower()
    return {
        "type": kind,
        "team": {"id": workspace.team, "domain": workspace.domain},
        "user": {"id": user.id, "username": name, "name": name, "team_id": user.team},
        "api_app_id": workspace.app,
        "token": "verification-token",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def press(workspace: Workspace, user: User, shown: Posted, button: Payload, url: str) -> Payload:
    """A block_actions payload; of a message that only one user sees, the message itself is not sent along."""
    channel = workspace.channels[shown.channel]
    container: dict[str, Any] = {
        "type": "message",
        "message_ts": shown.ts,
        "channel_id": shown.channel,
        "is_ephemeral": shown.only_for is not None,
    }
    if shown.thread_ts:
        container["thread_ts"] = shown.thread_ts
    told = _by(workspace, user, "block_actions") | {
        "container": container,
        "trigger_id": workspace.issue_trigger(user.id),
        "channel": {"id": channel.id, "name": channel.name},
        "state": {"values": {}},
        "response_url": url,
        "actions": [{**button, "action_ts": workspace.ts()}],
    }
    return told if shown.only_for else told | {"message": shown.as_json()}


def press_in_view(workspace: Workspace, user: User, view: Payload, action: Payload) -> Payload:
    """A block_actions payload from a modal or App Home."""
    return _by(workspace, user, "block_actions") | {
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": workspace.issue_trigger(user.id),
        "view": view,
        "actions": [{**action, "action_ts": workspace.ts()}],
    }


def submission(workspace: Workspace, user: User, view: Payload) -> Payload:
    told = {"trigger_id": workspace.issue_trigger(user.id), "view": view, "response_urls": []}
    return _by(workspace, user, "view_submission") | told


def closed(workspace: Workspace, user: User, view: Payload, is_cleared: bool) -> Payload:
    return _by(workspace, user, "view_closed") | {"view": view, "is_cleared": is_cleared}


def suggestion(workspace: Workspace, user: User, view: Payload, element: Payload, text: str) -> Payload:
    told = {"container": {"type": "view", "view_id": view["id"]}, "view": view, "value": text}
    ids = {"action_id": element["action_id"], "block_id": element["block_id"]}
    return _by(workspace, user, "block_suggestion") | told | ids


def shortcut(workspace: Workspace, user: User, callback_id: str) -> Payload:
    told = {"callback_id": callback_id, "trigger_id": workspace.issue_trigger(user.id), "action_ts": workspace.ts()}
    return _by(workspace, user, "shortcut") | told


def message_action(workspace: Workspace, user: User, posted: Posted, callback_id: str, url: str) -> Payload:
    channel = workspace.channels[posted.channel]
    return _by(workspace, user, "message_action") | {
        "callback_id": callback_id,
        "trigger_id": workspace.issue_trigger(user.id),
        "action_ts": workspace.ts(),
        "response_url": url,
        "message_ts": posted.ts,
        "channel": {"id": channel.id, "name": channel.name},
        "message": posted.as_json(),
    }
