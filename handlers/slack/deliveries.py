"""What Slack delivers: what kind it is, and what it and its repetition have in common."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Body = Mapping[str, Any]

COMMAND, PRESS, SUBMISSION, SUGGESTION = "command", "press", "view_submission", "block_suggestion"
SHORTCUT, MESSAGE_SHORTCUT = "shortcut", "message_action"


UNINSTALLED, REVOKED = "app_uninstalled", "tokens_revoked"

LEAVING = (UNINSTALLED, REVOKED)
"""The kinds that may tell that a workspace has let us go."""


def left_at(body: Body) -> datetime | None:
    """Return when a workspace let us go, or revoked a token of ours, where that is told; a person's is not ours."""
    event = body.get("event") or {}
    is_ours = event.get("type") == UNINSTALLED or (
        event.get("type") == REVOKED and bool((event.get("tokens") or {}).get("bot"))
    )
    told = body.get("event_time")
    return datetime.fromtimestamp(told, UTC) if is_ours and isinstance(told, int) else None


def author_of(body: Body) -> str | None:
    """Return who wrote, commanded or pressed, where the order of what they do matters.

    None for what is not said, and for a file: it takes long to read, and its owner may ask meanwhile.
    """
    event = body.get("event") or {}
    if event:
        is_said = event.get("type") in {"message", "app_mention"} and not event.get("files")
        return event.get("user") if is_said else None
    return body.get("user_id") or (body.get("user") or {}).get("id")


def kind_of(body: Body) -> str:
    """Return an event's own type, `command`, `press`, or what Slack calls any other act."""
    if event := body.get("event"):
        return str(event.get("type"))
    if body.get("command"):
        return COMMAND
    kind = str(body.get("type"))
    return PRESS if kind == "block_actions" else kind


def installed_teams(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the workspaces that an event comes to us from: where we are installed, not where its author is from.

    Empty for what is no event, and for an installation in a whole organisation.
    """
    told = body.get("authorizations")
    found = [one.get("team_id") for one in told if isinstance(one, Mapping)] if isinstance(told, list) else []
    return tuple(team for team in found if isinstance(team, str) and team)


def delivery_id(body: Body) -> str:
    """Return what a delivery and its repetition have in common, and no other delivery.

    An event has an id; a command, a press or a shortcut has a trigger, which is of that one act. What has neither
    is the same where all that it says is.
    """
    if found := body.get("event_id") or body.get("trigger_id"):
        return str(found)
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
