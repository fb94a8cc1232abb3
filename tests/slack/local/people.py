"""The people and channels that tests and hand-driven runs have."""

from __future__ import annotations

from tests.slack.local.workspace import BOT_USER, Channel, User, Workspace

KARI, OLA, GUEST, STRANGER = "U0KARI", "U0OLA", "U0GUEST", "U0FREMMED"
PLANNING, PRIVATE, ELSEWHERE = "C0PLAN", "C0LEDELSE", "C0ANNET"


def populate(workspace: Workspace) -> None:
    """Two members, a guest and a stranger; a channel with the app, a private one, and one without the app."""
    workspace.add_user(User(KARI, "Kari Nordmann", workspace.team))
    workspace.add_user(User(OLA, "Ola Hansen", workspace.team))
    workspace.add_user(User(GUEST, "Gunn Gjest", workspace.team, is_restricted=True))
    workspace.add_user(User(STRANGER, "Frode Fremmed", team="T0ANNEN"))
    everyone = {KARI, OLA, GUEST, STRANGER}
    workspace.add_channel(Channel(PLANNING, "plan", everyone | {BOT_USER}))
    workspace.add_channel(Channel(PRIVATE, "ledelse", {KARI, BOT_USER}, is_private=True))
    workspace.add_channel(Channel(ELSEWHERE, "annet", everyone))
