"""The Web API and the response_urls over HTTP: who asks, with which arguments, and how often."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.slack.local import groups as _groups  # noqa: F401  it adds its methods
from tests.slack.local import talk as _talk  # noqa: F401  it adds its methods
from tests.slack.local import workspace as names
from tests.slack.local.methods import METHODS, Arguments, change, show_to_one
from tests.slack.local.workspace import Refused, Workspace

# Methods with a limit a minute by their tier; all others have the 100 of tier 4.
A_MINUTE = {
    "usergroups.list": 20,
    "usergroups.users.list": 20,
    "users.list": 20,
    "conversations.list": 20,
    "conversations.info": 50,
    "conversations.members": 100,
}
BURST_A_CHANNEL = 5


@dataclass
class Fault:
    """What goes wrong with the next calls of a method: `status`, `error`, or the connection broken (`breaks`).

    With `done` the method has done its work before that.
    """

    method: str
    error: str | None = None
    status: int = 200
    breaks: bool = False
    done: bool = False
    seconds: float = 0
    times: int = 1
    retry_after: int | None = None


@dataclass
class Api:
    """Answers calls, and keeps a list of them."""

    workspace: Workspace
    faults: list[Fault] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    used: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    connect_url: str = ""

    def called(self, method: str) -> list[dict[str, Any]]:
        """The arguments of each call of a method."""
        return [arguments for name, arguments in self.calls if name == method]

    async def call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await read_arguments(request)
        self.calls.append((method, {key: value for key, value in arguments.items() if key != "token"}))
        fault = self._fault(method)
        if fault and not fault.done:
            return await self._go_wrong(request, fault)
        answer = self._answer(method, arguments)
        if fault:
            return await self._go_wrong(request, fault)
        return answer

    def _answer(self, method: str, arguments: Arguments) -> web.Response:
        if wait := self._wait(method, arguments):
            refusal = {"ok": False, "error": "ratelimited"}
            return web.json_response(refusal, status=429, headers={"Retry-After": str(wait)})
        try:
            told = {"ok": True, **self._run(method, arguments)}
        except Refused as refused:
            told = {"ok": False, "error": refused.code, **refused.more}
        return web.json_response(told, headers={"x-oauth-scopes": ",".join(sorted(self.workspace.scopes))})

    def _run(self, method: str, arguments: Arguments) -> dict[str, Any]:
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
        if needed and not needed & self.workspace.scopes:
            raise Refused("missing_scope", needed=sorted(needed)[0], provided=",".join(self.workspace.scopes))
        return answer(self.workspace, arguments)

    def _open_connection(self, token: str) -> dict[str, Any]:
        if not token.startswith("xapp-"):
            raise Refused("not_allowed_token_type")
        if token != names.APP_TOKEN:
            raise Refused("invalid_auth")
        return {"url": self.connect_url}

    def _wait(self, method: str, arguments: Arguments) -> int:
        """Seconds that Slack asks to wait; 0 for a call that is taken."""
        now = self.workspace.clock.seconds()
        used, allowed, window = self.used[method, ""], A_MINUTE.get(method, 100), 60.0
        if method == "chat.postMessage":  # about one a second and channel, with short bursts
            used, allowed, window = self.used[method, str(arguments.get("channel"))], BURST_A_CHANNEL, 5.0
        used[:] = [at for at in used if at > now - window]
        if len(used) >= allowed:
            return max(1, round(used[0] + window - now))
        used.append(now)
        return 0

    def _fault(self, method: str) -> Fault | None:
        for fault in self.faults:
            if fault.method == method and fault.times > 0:
                fault.times -= 1
                return fault
        return None

    async def _go_wrong(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        await asyncio.sleep(fault.seconds)
        if fault.breaks and request.transport:
            request.transport.close()
            return web.Response()
        headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
        if fault.status >= 500 and fault.error is None:
            return web.Response(status=fault.status, text="<html>", content_type="text/html", headers=headers)
        return web.json_response({"ok": False, "error": fault.error}, status=fault.status, headers=headers)

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
        url = self.workspace.response_urls.get(name)
        if url is None or url.until < self.workspace.clock.seconds():
            return web.Response(status=404, text="expired_url")
        url.uses += 1
        if url.uses > 5:
            return web.Response(status=404, text="used_url")
        try:
            if told.get("replace_original") and url.message:
                change(self.workspace, url.message, told)
            elif told.get("response_type") == "in_channel":
                raise Refused("local_slack_knows_no_in_channel_answers")
            else:
                show_to_one(self.workspace, url.channel, url.user, told)
        except Refused as refused:
            return web.json_response({"ok": False, "error": refused.code, **refused.more})
        return web.Response(text="ok")


async def read_arguments(request: web.Request) -> dict[str, Any]:
    """Arguments as Slack takes them: in the query, as a form or as JSON; in the first two, JSON values are text."""
    found: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        found |= await request.json()
    elif request.method == "POST":
        found |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    for key in ("blocks", "metadata", "view", "attachments"):
        if isinstance(found.get(key), str):
            found[key] = json.loads(found[key])
    bearer = request.headers.get("Authorization", "")
    if bearer.startswith("Bearer "):
        found["token"] = bearer.removeprefix("Bearer ")
    return found
