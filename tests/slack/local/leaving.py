"""What Slack tells an app that a workspace has put out; the two events come in any order."""

from __future__ import annotations

from typing import Any

from tests.slack.local.delivery import Kind, Outcome
from tests.slack.local.oauth import OAuth
from tests.slack.local.workspace import APP, BOT_USER, Workspace


class Leaving:
    """A workspace lets an app go."""

    workspace: Workspace
    oauth: OAuth

    async def bring(self, kind: Kind, payload: dict[str, Any]) -> Outcome:
        raise NotImplementedError

    async def uninstall(self, *, told: bool = True) -> dict[str, Any]:
        """Somebody removes the app: its tokens end, and it is told; the event, so that it can come (again) later."""
        self.oauth.uninstall(self.workspace)
        event = self.told_of({"type": "app_uninstalled"})
        if told:
            await self.bring("events_api", event)
            await self.bring("events_api", self.told_of({"type": "tokens_revoked", "tokens": {"bot": [BOT_USER]}}))
        return event

    def told_of(self, event: dict[str, Any]) -> dict[str, Any]:
        """As Slack sends both: there is no authorization left to name."""
        return {
            "token": "verification-token",
            "team_id": self.workspace.team,
            "api_app_id": APP,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{self.workspace.team}{self.workspace.number():08d}",
            "event_time": int(self.workspace.clock.seconds()),
        }
