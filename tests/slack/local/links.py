"""Links that an app tells more of: chat.unfurl and entity.presentDetails.

https://docs.slack.dev/reference/methods/chat.unfurl, /entity.presentDetails and /messaging/work-objects-implementation
"""

from __future__ import annotations

from typing import Any

from tests.slack.local.checks import check_blocks
from tests.slack.local.methods import Arguments, method
from tests.slack.local.workspace import Refused, Workspace

UNFURLED = 20
ENTITY_TYPES = {f"slack#/entities/{name}" for name in ("task", "file", "incident", "content_item", "item")}


@method("chat.unfurl", "links:write")
def unfurl(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """By a message, or by what link_shared called the link; with blocks of its own, a Work Object, or a sign-in."""
    where = str(arguments.get("unfurl_id") or "")
    if where:
        if where not in workspace.unfurl_ids:
            raise Refused("cannot_find_message")
        channel, ts = workspace.unfurl_ids[where]
    else:
        channel, ts = str(arguments.get("channel")), str(arguments.get("ts"))
        try:
            workspace.find(channel, ts)
        except Refused:
            raise Refused("cannot_find_message") from None
    told = arguments.get("unfurls") or {}
    entities = (arguments.get("metadata") or {}).get("entities", [])
    if not (told or entities or arguments.get("user_auth_required") or arguments.get("user_auth_blocks")):
        raise Refused("missing_unfurls")
    if not isinstance(told, dict) or len(told) > UNFURLED:
        raise Refused("cannot_parse_attachment")
    for one in told.values():
        check_blocks(one.get("blocks") or [], 50)
    for entity in entities:
        _check_entity(entity)
    workspace.unfurls[channel, ts] = {**told, **{entity["app_unfurl_url"]: entity for entity in entities}}
    return {}


@method("entity.presentDetails")
def present(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """What the pane beside the talk shows one person, by the trigger of entity_details_requested."""
    metadata = arguments.get("metadata")
    if metadata:
        _check_entity(metadata, has_address=False)
    elif not (arguments.get("error") or arguments.get("user_auth_required")):
        raise Refused("invalid_arguments")
    user = workspace.use_trigger(str(arguments.get("trigger_id") or ""))
    workspace.details[user] = dict(metadata or arguments.get("error") or {})
    return {}


def _check_entity(entity: dict[str, Any], has_address: bool = True) -> None:
    needed = ["entity_type", "external_ref", "url", "entity_payload", *(["app_unfurl_url"] if has_address else [])]
    wrong = [name for name in needed if not entity.get(name)]
    wrong += [] if entity.get("entity_type") in ENTITY_TYPES else ["entity_type"]
    wrong += [] if "id" in (entity.get("external_ref") or {}) else ["external_ref.id"]
    title = (entity.get("entity_payload") or {}).get("attributes", {}).get("title", {}).get("text")
    wrong += [] if title else ["entity_payload.attributes.title"]
    if wrong:
        raise Refused("invalid_metadata", response_metadata={"messages": [f"[ERROR] {name}" for name in wrong]})
