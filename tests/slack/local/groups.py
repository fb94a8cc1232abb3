"""User groups: usergroups.list and usergroups.users.list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.slack.local.methods import Arguments, method
from tests.slack.local.workspace import Refused, Workspace


@dataclass
class Group:
    """A user group; workspaces without a paid plan have none."""

    id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)
    is_disabled: bool = False

    def as_json(self, team: str) -> dict[str, Any]:
        return {
            "id": self.id,
            "team_id": team,
            "is_usergroup": True,
            "is_subteam": True,
            "name": self.name,
            "description": "",
            "handle": self.handle,
            "is_external": False,
            "date_delete": 1 if self.is_disabled else 0,
            "user_count": len(self.users),
        }


@method("usergroups.list", "usergroups:read")
def list_groups(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    groups = [one for one in _groups(workspace).values() if _is(arguments, "include_disabled") or not one.is_disabled]
    with_users = _is(arguments, "include_users")
    users = [{"users": one.users} if with_users else {} for one in groups]
    return {"usergroups": [one.as_json(workspace.team) | more for one, more in zip(groups, users, strict=True)]}


@method("usergroups.users.list", "usergroups:read")
def list_users(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    group = _groups(workspace).get(str(arguments.get("usergroup")))
    if group is None or (group.is_disabled and not _is(arguments, "include_disabled")):
        raise Refused("no_such_subteam")
    return {"users": list(group.users)}


def _groups(workspace: Workspace) -> dict[str, Group]:
    if not workspace.has_groups:
        raise Refused("plan_upgrade_required")
    return workspace.groups


def _is(arguments: Arguments, name: str) -> bool:
    return str(arguments.get(name, "")).lower() in ("1", "true")
