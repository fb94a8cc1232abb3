"""Modals in the local Slack: opened by a trigger, changed by id and hash, filled in and sent by people."""

from __future__ import annotations

import json
import secrets
from typing import Any

from tests.slack.local import workspace as names
from tests.slack.local.delivery import Outcome
from tests.slack.local.methods import Arguments, method
from tests.slack.local.workspace import Posted, Refused, User, Workspace

LIMITS = {"title": 24, "submit": 24, "close": 24}
ELEMENTS = {"plain_text_input", "url_text_input", "static_select"}


@method("views.open")
def open_view(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    workspace.use_trigger(arguments.get("trigger_id", ""))
    view = _checked(arguments.get("view") or {}) | {"id": f"V{workspace.number()}", "hash": secrets.token_hex(4)}
    workspace.views[view["id"]] = view
    return {"view": dict(view)}


@method("views.update")
def update_view(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    kept = workspace.views.get(arguments.get("view_id", ""))
    if kept is None:
        raise Refused("not_found")
    if arguments.get("hash") and arguments["hash"] != kept["hash"]:
        raise Refused("hash_conflict")
    _put(kept, arguments.get("view") or {})
    return {"view": dict(kept)}


def shortcut(workspace: Workspace, user: User, callback: str, on: Posted | None, url: str) -> dict[str, Any]:
    """A shortcut payload; a message's own has that message along, and a response_url."""
    told: dict[str, Any] = {
        "type": "message_action" if on else "shortcut",
        "callback_id": callback,
        "trigger_id": workspace.issue_trigger(),
        "user": {"id": user.id, "username": user.real_name, "team_id": user.team},
        "team": {"id": names.TEAM, "domain": "kommunen"},
        "token": "verification-token",
        "action_ts": workspace.ts(),
        "is_enterprise_install": False,
        "enterprise": None,
    }
    if on is None:
        return told
    channel = workspace.channels[on.channel]
    return told | {
        "message_ts": on.ts,
        "message": on.as_json(),
        "channel": {"id": channel.id, "name": channel.name},
        "response_url": url,
    }


def submission(workspace: Workspace, user: User, view: dict[str, Any], values: dict[str, str]) -> dict[str, Any]:
    """A view_submission payload: every input has its state, filled in or not."""
    inputs = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert set(values) <= set(inputs), f"the modal has {sorted(inputs)}"
    state = {name: {element["action_id"]: _state(element, values.get(name))} for name, element in inputs.items()}
    return {
        "type": "view_submission",
        "team": {"id": names.TEAM, "domain": "kommunen"},
        "user": {"id": user.id, "username": user.real_name, "name": user.real_name, "team_id": user.team},
        "api_app_id": names.APP,
        "token": "verification-token",
        "trigger_id": workspace.issue_trigger(),
        "view": {**view, "state": {"values": state}},
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }


def taken(workspace: Workspace, view: dict[str, Any], outcome: Outcome) -> dict[str, Any]:
    """What the app answered, after Slack has acted on it: nothing closes the modal."""
    assert outcome.is_acknowledged
    told: dict[str, Any] = json.loads(outcome.body) if outcome.body.strip() not in ("", '""') else {}
    if told.get("response_action") == "update":
        _put(workspace.views[view["id"]], told["view"])
    elif told.get("response_action") == "errors":
        inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
        assert set(told["errors"]) <= inputs, "Slack shows errors at inputs only"
    elif not told:
        workspace.views.pop(view["id"], None)
    return told


def shown(view: dict[str, Any]) -> str:
    """All words of a modal that stand above and between its inputs."""
    return "\n".join(block["text"]["text"] for block in view["blocks"] if block["type"] == "section")


def _state(element: dict[str, Any], value: str | None) -> dict[str, Any]:
    kind = element["type"]
    if kind != "static_select":
        return {"type": kind, "value": element.get("initial_value") if value is None else value}
    if value is None:
        return {"type": kind, "selected_option": element.get("initial_option")}
    return {"type": kind, "selected_option": next(one for one in element["options"] if one["value"] == value)}


def _put(kept: dict[str, Any], view: dict[str, Any]) -> None:
    number = kept["id"]
    kept.clear()
    kept.update(_checked(view), id=number, hash=secrets.token_hex(4))


def _checked(view: dict[str, Any]) -> dict[str, Any]:
    if view.get("type") != "modal" or not view.get("title", {}).get("text"):
        raise Refused("invalid_arguments")
    for name, longest in LIMITS.items():
        if len(view.get(name, {}).get("text", "")) > longest:
            raise Refused("invalid_arguments", response_metadata={"messages": [f"{name} is too long"]})
    inputs = [block for block in view.get("blocks", []) if block["type"] == "input"]
    if (inputs and not view.get("submit")) or any(block["element"]["type"] not in ELEMENTS for block in inputs):
        raise Refused("invalid_arguments")
    if len(view.get("private_metadata", "")) > 3000 or len(view["blocks"]) > 100:
        raise Refused("invalid_arguments")
    return {"private_metadata": "", "callback_id": "", **view}
