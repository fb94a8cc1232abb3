"""The Web API and the response_urls over HTTP: who asks, with which arguments, and how often."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.slack.local import every_method as _every_method  # noqa: F401  it adds its methods
from tests.slack.local import responses
from tests.slack.local import workspace as names
from tests.slack.local.arguments import read_arguments
from tests.slack.local.limits import Limited
from tests.slack.local.methods import METHODS, Arguments
from tests.slack.local.oauth import OAuth
from tests.slack.local.troubles import Fault as Fault
from tests.slack.local.troubles import go_wrong
from tests.slack.local.workspace import Refused, ResponseUrl, Workspace

SECRET = {"token", "client_secret", "refresh_token", "code"}


@dataclass
class Api:
    """Answers calls, and keeps a list of them."""

    oauth: OAuth
    workspaces: list[Workspace]
    faults: list[Fault] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    connect_url: str = ""
    ticket: Callable[[], str] = str
    uninstalled: list[Workspace] = field(default_factory=list)
    asked_with: list[tuple[str, str | None]] = field(default_factory=list)

    def called(self, method: str) -> list[dict[str, Any]]:
        """The arguments of each call of a method."""
        return [arguments for name, arguments in self.calls if name == method]

    async def call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            arguments = await read_arguments(request)
        except Refused as refused:
            return web.json_response({"ok": False, "error": refused.code})
        self.calls.append((method, {key: value for key, value in arguments.items() if key not in SECRET}))
        self.asked_with.append((method, arguments.get("token")))
        fault = self._fault(method)
        if fault and fault.only_hangs:
            await asyncio.sleep(fault.seconds)
            return self._answer(method, arguments)
        if fault and not fault.done:
            return await self._go_wrong(request, fault)
        answer = self._answer(method, arguments)
        return await self._go_wrong(request, fault) if fault else answer

    def _answer(self, method: str, arguments: Arguments) -> web.Response:
        try:
            self._asked_by(arguments).limits.call(method)
            told = {"ok": True, **self._run(method, arguments)}
        except Refused as refused:
            told = {"ok": False, "error": refused.code, **refused.more}
        except Limited as limited:
            refusal = {"ok": False, "error": "ratelimited"}
            return web.json_response(refusal, status=429, headers={"Retry-After": str(limited.seconds)})
        return web.json_response(told, headers={"x-oauth-scopes": self._scopes(arguments)})

    def _scopes(self, arguments: Arguments) -> str:
        is_known = self.oauth.is_of(arguments.get("token"), self._asked_by(arguments))
        return ",".join(sorted(self._asked_by(arguments).scopes)) if is_known else ""

    def _asked_by(self, arguments: Arguments) -> Workspace:
        """Whose token it is; the first workspace's where it is none that works."""
        try:
            return self.oauth.workspace_of(str(arguments.get("token")))
        except Refused:
            return self.workspaces[0]

    def _run(self, method: str, arguments: Arguments) -> dict[str, Any]:
        if method == "oauth.v2.access":
            return self.oauth.answer(arguments)
        token = arguments.get("token")
        if not token:
            raise Refused("not_authed")
        if method == "apps.connections.open":
            return self._open_connection(token)
        workspace = self.oauth.workspace_of(token)
        if method in ("auth.revoke", "apps.uninstall"):
            return self._end(method, token, arguments)
        if method not in METHODS:
            raise Refused("unknown_method", req_method=method)
        answer, needed = METHODS[method]
        if needed and not workspace.scopes.intersection(needed):
            raise Refused("missing_scope", needed=",".join(needed), provided=",".join(sorted(workspace.scopes)))
        return answer(workspace, arguments)

    def _end(self, method: str, token: str, arguments: Arguments) -> dict[str, Any]:
        """The app gives up a token, or puts itself out; what Slack sends of that is for the test to bring."""
        if method == "auth.revoke":
            self.oauth.revoke(token)
            return {"revoked": True}
        self.oauth.check_client(arguments)
        workspace = self.oauth.workspace_of(token)
        self.oauth.uninstall(workspace)
        self.uninstalled.append(workspace)
        return {}

    def _open_connection(self, token: str) -> dict[str, Any]:
        if not token.startswith("xapp-"):
            raise Refused("not_allowed_token_type")
        if token != names.APP_TOKEN:
            raise Refused("invalid_auth")
        return {"url": f"{self.connect_url}?ticket={self.ticket()}&app_id={names.APP}"}

    def _fault(self, method: str) -> Fault | None:
        return next((fault for fault in self.faults if fault.strikes(method)), None)

    async def _go_wrong(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        return await go_wrong(request, fault, ",".join(sorted(self.workspaces[0].scopes)))

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """A response_url: five uses in half an hour, for whom it was issued."""
        name = request.match_info["name"]
        told = await request.json()
        self.calls.append(("response_url", told))
        fault = self._fault("response_url")
        if fault and not fault.done:
            return await self._go_wrong(request, fault)
        answer = self._responded(name, told)
        return await self._go_wrong(request, fault) if fault else answer

    def _responded(self, name: str, told: dict[str, Any]) -> web.Response:
        workspace, url = self._issued(name)
        try:
            responses.answer(workspace, url, told)
        except Refused as refused:
            if refused.code in (responses.EXPIRED, responses.USED):
                return web.Response(status=404, text=refused.code)
            return web.json_response({"ok": False, "error": refused.code, **refused.more})
        return web.Response(text="ok")

    def _issued(self, name: str) -> tuple[Workspace, ResponseUrl | None]:
        for workspace in self.workspaces:
            if name in workspace.response_urls:
                return workspace, workspace.response_urls[name]
        return self.workspaces[0], None
