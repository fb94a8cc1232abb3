"""The workspaces that we serve, each with what its answers need."""

from __future__ import annotations

from typing import Protocol

from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.conversation import Workspace
from handlers.slack.installation import as_authorized


class Workspaces(Protocol):
    """Finds workspaces by their team id."""

    async def of(self, team: str) -> tuple[Workspace, AsyncWebClient] | None:
        """Return a workspace and a client that has its token now; None where we are not installed (any more)."""

    async def serves(self, team: str) -> bool:
        """Whether we are installed there."""

    async def authorized(self, team: str | None) -> AuthorizeResult | None:
        """Return who we are there, without asking Slack."""


class OneWorkspace:
    """The workspace of the token in the settings; whatever comes, comes from there."""

    def __init__(self, workspace: Workspace, client: AsyncWebClient) -> None:
        self._found = workspace, client

    async def of(self, team: str) -> tuple[Workspace, AsyncWebClient] | None:
        """Return it, also where somebody of another workspace in a shared channel acts."""
        return self._found

    async def serves(self, team: str) -> bool:
        """Whether it is that one."""
        return team == self._found[0].installation.team

    async def authorized(self, team: str | None) -> AuthorizeResult | None:
        """Return who we are in it."""
        return as_authorized(self._found[0].installation)
