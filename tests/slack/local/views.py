"""Modals and App Home: views.open, push, update and publish."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from tests.slack.local.checks import check_view
from tests.slack.local.elements import VALUE_KEYS, untouched
from tests.slack.local.methods import Arguments, method, named
from tests.slack.local.workspace import Refused, Workspace

View = dict[str, Any]
MOST_VIEWS = 3
SHOWN = ("type", "title", "submit", "close", "blocks", "callback_id", "private_metadata", "external_id")
SHOWN += ("notify_on_close", "clear_on_close")


@method("views.publish")
def publish(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    user, view = arguments.get("user_id", ""), arguments.get("view") or {}
    if user not in workspace.users:
        raise Refused("user_not_found")
    if view.get("type") != "home":
        raise Refused("invalid_arguments")
    kept = workspace.homes.get(user)
    if arguments.get("hash") and kept and kept["hash"] != arguments["hash"]:
        raise Refused("hash_conflict")
    check_view(view)
    workspace.homes[user] = made(workspace, view, kept["id"] if kept else None)
    return {"view": workspace.homes[user]}


@method("views.open")
def open_view(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """A modal in place of all that the person had open; by a trigger of an act of theirs."""
    view = _modal(arguments)
    user = workspace.use_trigger(arguments.get("trigger_id") or arguments.get("interactivity_pointer") or "")
    workspace.views[user] = [made(workspace, view)]
    return {"view": workspace.views[user][-1]}


@method("views.push")
def push_view(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """A modal on top of the others: three at most."""
    view = _modal(arguments)
    user = workspace.use_trigger(arguments.get("trigger_id") or "")
    return {"view": pushed(workspace, user, view)}


def pushed(workspace: Workspace, user: str, view: Mapping[str, Any]) -> View:
    stack = workspace.views.get(user) or []
    if not stack:
        raise Refused("not_found")
    if len(stack) >= MOST_VIEWS:
        raise Refused("push_limit_reached")
    new = made(workspace, view) | {"root_view_id": stack[0]["id"], "previous_view_id": stack[-1]["id"]}
    stack.append(new)
    return new


@method("views.update")
def update_view(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """Another modal in the place of one that is open, by its id or the app's own."""
    view = _modal(arguments)
    wanted, own = arguments.get("view_id"), arguments.get("external_id")
    for stack in workspace.views.values():
        for kept in stack:
            if (wanted and kept["id"] == wanted) or (own and kept.get("external_id") == own):
                if arguments.get("hash") and arguments["hash"] != kept["hash"]:
                    raise Refused("hash_conflict")
                replace(workspace, kept, view)
                return {"view": kept}
    raise Refused("not_found")


def replace(workspace: Workspace, kept: View, view: Mapping[str, Any]) -> None:
    """Another view in the place and with the id of one that is open."""
    kept.update(made(workspace, view, kept["id"]) | {key: kept[key] for key in ("root_view_id", "previous_view_id")})


def shown(view: View) -> str:
    """All words of a view that stand above and between its inputs."""
    return "\n".join(block["text"]["text"] for block in view["blocks"] if block["type"] == "section")


def _modal(arguments: Arguments) -> View:
    view = arguments.get("view")
    if not isinstance(view, dict) or view.get("type") != "modal":
        raise Refused("invalid_arguments", response_metadata={"messages": ["[ERROR] view is no modal"]})
    check_view(view)
    return view


def made(workspace: Workspace, view: Mapping[str, Any], view_id: str | None = None) -> View:
    """The view as Slack keeps and tells it."""
    told = {"title": None, "submit": None, "close": None, "callback_id": "", "private_metadata": "", "external_id": ""}
    told |= {"notify_on_close": False, "clear_on_close": False, **{key: view[key] for key in SHOWN if key in view}}
    found = view_id or f"V{workspace.number()}"
    blocks = named(workspace, view.get("blocks", []))
    return told | {
        "id": found,
        "team_id": workspace.team,
        "app_id": workspace.app,
        "bot_id": workspace.bot,
        "app_installed_team_id": workspace.team,
        "hash": f"{int(workspace.clock.seconds())}.{secrets.token_hex(4)}",
        "root_view_id": found,
        "previous_view_id": None,
        "blocks": blocks,
        "state": {"values": state_of(blocks)},
    }


def state_of(blocks: list[dict[str, Any]]) -> dict[str, Any]:
    """What stands in the fields before anybody has touched them."""
    values: dict[str, Any] = {}
    for block in blocks:
        for element in elements_of(block):
            if element.get("type") in VALUE_KEYS and element["type"] != "overflow":
                values.setdefault(block["block_id"], {})[element["action_id"]] = untouched(element)
    return values


def elements_of(block: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The elements of a block, wherever they stand in it."""
    if block["type"] == "input":
        return [block["element"]]
    if block["type"] == "section":
        return [block["accessory"]] if "accessory" in block else []
    return list(block["elements"]) if block["type"] in ("actions", "context_actions") else []
