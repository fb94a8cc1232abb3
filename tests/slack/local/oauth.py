"""Who an app is let in as: codes, tokens that end and are renewed, and workspaces that put it out again.

Typed from https://docs.slack.dev/authentication/installing-with-oauth, /authentication/using-token-rotation (twelve
hours, a refresh token works once), /reference/methods/oauth.v2.access, auth.revoke and apps.uninstall.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.slack.local.clock import Clock
from tests.slack.local.workspace import APP, BOT_USER, Refused, Workspace

CLIENT_ID, CLIENT_SECRET = "111.222", "local-client-secret"
SECONDS_OF_A_TOKEN = 12 * 3600
SECONDS_OF_A_CODE = 600


@dataclass
class Token:
    """A bot's token in one workspace; without `until` it does not end by itself."""

    workspace: Workspace
    until: float | None = None
    refresh: str | None = None
    ended_by: str | None = None


@dataclass
class Code:
    """What Slack sends a browser back with, good once."""

    workspace: Workspace
    user: str
    redirect_uri: str
    scopes: str
    until: float


@dataclass
class OAuth:
    """One app's installations in all workspaces."""

    clock: Clock
    rotates: bool = True
    is_enterprise: bool = False
    tokens: dict[str, Token] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    refresh_tokens: dict[str, Workspace] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def workspace_of(self, token: str) -> Workspace:
        """The workspace that a token is of, if it still opens it."""
        found = self.tokens.get(token)
        if found is None:
            raise Refused("invalid_auth")
        if found.ended_by:
            raise Refused(found.ended_by)
        if found.until is not None and found.until <= self.clock.seconds():
            raise Refused("token_expired")
        return found.workspace

    def is_of(self, token: str | None, workspace: Workspace) -> bool:
        try:
            return self.workspace_of(token or "") is workspace
        except Refused:
            return False

    def tokens_of(self, workspace: Workspace) -> list[str]:
        """Its tokens that still work, the newest last."""
        return [token for token in self.tokens if self.is_of(token, workspace)]

    def approve(self, workspace: Workspace, user: str, address: str) -> str:
        """A user has followed the app's way to Slack and says yes there: where their browser is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        if asked.get("client_id") != CLIENT_ID:
            raise Refused("invalid_client_id")
        code = f"code-{next(self._numbers)}"
        until = self.clock.seconds() + SECONDS_OF_A_CODE
        self.codes[code] = Code(workspace, user, asked["redirect_uri"], asked["scope"], until)
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def cancel(self, address: str) -> str:
        """A user says no there."""
        asked = parse_qs(urlsplit(address).query)
        told = {"error": "access_denied", "state": asked["state"][0]}
        return f"{asked['redirect_uri'][0]}?{urlencode(told)}"

    def answer(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """oauth.v2.access: for a code, or for a refresh token."""
        self.check_client(arguments)
        if arguments.get("grant_type") == "refresh_token":
            workspace = self.refresh_tokens.pop(str(arguments.get("refresh_token")), None)
            if workspace is None:
                raise Refused("invalid_refresh_token")
            return self._granted(workspace, ",".join(sorted(workspace.scopes)))
        code = self.codes.pop(str(arguments.get("code")), None)
        if code is None:
            raise Refused("invalid_code")
        if code.until < self.clock.seconds():
            raise Refused("code_expired")
        if arguments.get("redirect_uri") != code.redirect_uri:
            raise Refused("bad_redirect_uri")
        code.workspace.scopes = set(code.scopes.split(","))
        return {**self._granted(code.workspace, code.scopes), "authed_user": {"id": code.user}}

    def check_client(self, arguments: Mapping[str, Any]) -> None:
        if arguments.get("client_id") != CLIENT_ID:
            raise Refused("invalid_client_id")
        if arguments.get("client_secret") != CLIENT_SECRET:
            raise Refused("bad_client_secret")

    def _granted(self, workspace: Workspace, scopes: str) -> dict[str, Any]:
        number = next(self._numbers)
        token = f"xoxe.xoxb-{workspace.team}-{number}" if self.rotates else f"xoxb-{workspace.team}-{number}"
        self.tokens[token] = Token(workspace)
        told = {
            "access_token": token,
            "token_type": "bot",
            "scope": scopes,
            "bot_user_id": BOT_USER,
            "app_id": APP,
            "team": {"id": workspace.team, "name": workspace.name},
            "enterprise": {"id": "E0ORG", "name": "Fylket"} if self.is_enterprise else None,
            "is_enterprise_install": self.is_enterprise,
        }
        if not self.rotates:
            return told
        refresh = f"xoxe-1-{workspace.team}-{number}"
        self.tokens[token] = Token(workspace, self.clock.seconds() + SECONDS_OF_A_TOKEN, refresh)
        self.refresh_tokens[refresh] = workspace
        return {**told, "refresh_token": refresh, "expires_in": SECONDS_OF_A_TOKEN}

    def revoke(self, token: str) -> None:
        """auth.revoke: that token, and what it would be renewed with."""
        self._end(token, "token_revoked")

    def uninstall(self, workspace: Workspace) -> None:
        """All tokens of a workspace end."""
        for token in self.tokens_of(workspace):
            self._end(token, "account_inactive")

    def _end(self, token: str, why: str) -> None:
        self.tokens[token].ended_by = why
        self.refresh_tokens.pop(self.tokens[token].refresh or "", None)
