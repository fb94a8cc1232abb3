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
from tests.slack.local.troubles import Fault as Fault
from tests.slack.local.troubles import go_wrong
from tests.slack.local.workspace import Refused, Workspace


@dataclass
class Api:
    """Answers calls, and keeps a list of them."""

    workspace: Workspace
    faults: list[Fault] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    connect_url: str = ""
    ticket: Callable[[], str] = str

    def called(self, method: str) -> list[dict[str, Any]]:
        """The arguments of each call of a method."""
        return [arguments for name, arguments in self.calls if name == method]

    async def call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            arguments = await read_arguments(request)
        except Refused as refused:
            return web.json_response({"ok": False, "error": refused.code})
        self.calls.append((method, {key: value for key, value in arguments.items() if key != "token"}))
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
            self.workspace.limits.call(method)
            told = {"ok": True, **self._run(method, arguments)}
        except Refused as refused:
            told = {"ok": False, "error": refused.code, **refused.more}
        except Limited as limited:
            refusal = {"ok": False, "error": "ratelimited"}
            return web.json_response(refusal, status=429, headers={"Retry-After": str(limited.seconds)})
        return web.json_response(told, headers={"x-oauth-scopes": ",".join(sorted(self.workspace.scopes))})

    def _run(self, method: str, arguments: Arguments) -> dict[str, Any]:
        if method == "oauth.v2.access":
            raise Refused("invalid_client_id")
        token = arguments.get("token")
        if not token:
            raise Refused("not_authed")
        if method == "apps.connections.open":
            return self._open_connection(token)
        if token != names.BOT_TOKEN:
            raise Refused("invalid_auth")
        if method not in METHODS:
            raise Refused("unknown_method", req_method=method)
        answer, needed = METHODS[method]
        if needed and not self.workspace.scopes.intersection(needed):
            raise Refused("missing_scope", needed=",".join(needed), provided=",".join(sorted(self.workspace.scopes)))
        return answer(self.workspace, arguments)

    def _open_connection(self, token: str) -> dict[str, Any]:
        if not token.startswith("xapp-"):
            raise Refused("not_allowed_token_type")
        if token != names.APP_TOKEN:
            raise Refused("invalid_auth")
        return {"url": f"{self.connect_url}?ticket={self.ticket()}&app_id={names.APP}"}

    def _fault(self, method: str) -> Fault | None:
        return next((fault for fault in self.faults if fault.strikes(method)), None)

    async def _go_wrong(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        return await go_wrong(request, fault, ",".join(sorted(self.workspace.scopes)))

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
        try:
            responses.answer(self.workspace, self.workspace.response_urls.get(name), told)
        except Refused as refused:
            if refused.code in (responses.EXPIRED, responses.USED):
                return web.Response(status=404, text=refused.code)
            return web.json_response({"ok": False, "error": refused.code, **refused.more})
        return web.Response(text="ok")
