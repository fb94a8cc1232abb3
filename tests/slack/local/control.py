"""The local Slack with people who are played over HTTP.

/_control/message, file, command, interact, view-submit, open-home, happen (`{"act": "archive", "user": "U0KARI",
"channel": "C0PLAN"}`: any act of Happenings) and messages; and what nobody does: /_control/fault (troubles.parse tells
how a line of it reads), clock (`{"seconds": 3600}` moves it), scopes (a list of those that the app has) and disconnect
(`{"reason": "warning"}`, or whatever else Slack takes a socket down for).
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.slack.local.clock import Clock
from tests.slack.local.groups import Group
from tests.slack.local.methods import METHODS
from tests.slack.local.people import KARI, populate
from tests.slack.local.server import LocalSlack
from tests.slack.local.troubles import parse
from tests.slack.local.workspace import Posted

A_WHILE = 10.0
HAPPENINGS = (
    "join",
    "invite_app",
    "leave",
    "put_out_app",
    "archive",
    "rename",
    "change_group",
    "look_at",
    "stop_session",
)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def read(request: web.Request) -> dict[str, Any]:
    """The act, as JSON whatever the content type says: curl says it is a form."""
    told: dict[str, Any] = json.loads(await request.text())
    return told


class ControlledSlack(LocalSlack):
    """A workspace with some people in it. Each act answers with how the app acknowledged it."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        populate(self.workspace)
        self.workspace.scopes |= {scope for _, scopes in METHODS.values() for scope in scopes} | {"users:read.email"}
        self.workspace.groups["S01"] = Group("S01", "rektor", "Rektorer", [KARI])
        self.events.add("message.channels")

    def add_routes(self, app: web.Application) -> None:
        app.middlewares.append(self._at_peoples_pace)
        app.router.add_post("/_control/message", self._message)
        app.router.add_post("/_control/file", self._file)
        app.router.add_post("/_control/command", self._command)
        app.router.add_post("/_control/interact", self._interact)
        app.router.add_post("/_control/view-submit", self._view_submit)
        app.router.add_post("/_control/open-home", self._open_home)
        app.router.add_post("/_control/happen", self._happen)
        app.router.add_post("/_control/scopes", self._scopes)
        app.router.add_post("/_control/disconnect", self._disconnect)
        app.router.add_get("/_control/messages", self._messages)
        app.router.add_post("/_control/fault", self._fault)
        app.router.add_post("/_control/clock", self._move_clock)

    @web.middleware
    async def _at_peoples_pace(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """People are slower than programs: what was called before an act of theirs no longer counts to a limit."""
        if request.path.startswith("/_control/") and request.method == "POST":
            self.workspace.limits.rest(A_WHILE)
        return await handler(request)

    async def _message(self, request: web.Request) -> web.Response:
        told = await read(request)
        posted = await self.say(told["user"], told["channel"], told["text"], told.get("thread_ts"))
        return web.json_response({"ok": True, "ts": posted.ts})

    async def _file(self, request: web.Request) -> web.Response:
        """The file itself is the body; who, where and its name stand in the address."""
        told = request.query
        file = self.files.upload(told["user"], told["name"], await request.read())
        posted = await self.share(told["user"], told["channel"], [file], told.get("text", ""))
        return web.json_response({"ok": True, "ts": posted.ts})

    async def _command(self, request: web.Request) -> web.Response:
        told = await read(request)
        outcome = await self.command(told["user"], told["channel"], told["command"], told.get("text", ""))
        return web.json_response({"ok": outcome.is_acknowledged, "body": outcome.body})

    async def _interact(self, request: web.Request) -> web.Response:
        told = await read(request)
        shown = self._seen(told["user"], told["channel"], told["messageTs"])
        wanted = told["action"]["action_id"]
        label = next(one["text"]["text"] for one in shown.buttons if one["action_id"] == wanted)
        outcome = await self.press(told["user"], shown, label)
        return web.json_response({"ok": outcome.is_acknowledged})

    def _seen(self, user: str, channel: str, ts: str) -> Posted:
        """A message that the user sees, be it for their eyes alone."""
        return next(one for one in self.seen_by(user, channel) if one.ts == ts)

    async def _view_submit(self, request: web.Request) -> web.Response:
        """The modal on top, with `values` by block_id and action_id as in Slack's own state."""
        told = await read(request)
        answer = await self.submit(told["user"], self.top(told["user"]), told["values"])
        return web.json_response({"ok": True, "answer": answer})

    async def _open_home(self, request: web.Request) -> web.Response:
        told = await read(request)
        outcome = await self.open_home(told["user"], told.get("tab", "home"))
        return web.json_response({"ok": outcome.is_acknowledged})

    async def _messages(self, request: web.Request) -> web.Response:
        every = [one.as_json() | {"channel": one.channel, "only_for": one.only_for} for one in self.workspace.messages]
        return web.json_response(every)

    async def _fault(self, request: web.Request) -> web.Response:
        """One fault a line."""
        try:
            self.api.faults += [parse(line) for line in (await request.text()).splitlines()]
        except ValueError as wrong:
            return web.json_response({"ok": False, "error": str(wrong)}, status=400)
        return web.json_response({"ok": True})

    async def _move_clock(self, request: web.Request) -> web.Response:
        """Move the clock on, and deliver what is due by then."""
        await self.pass_time(float((await read(request))["seconds"]))
        return web.json_response({"ok": True, "now": self.clock.now().isoformat()})

    async def _happen(self, request: web.Request) -> web.Response:
        told = await read(request)
        act = told.pop("act", "")
        if act not in HAPPENINGS:
            return web.json_response({"ok": False, "error": f"act is one of {', '.join(HAPPENINGS)}"}, status=400)
        try:
            await getattr(self, act)(**told)
        except (TypeError, KeyError) as wrong:
            return web.json_response({"ok": False, "error": str(wrong)}, status=400)
        return web.json_response({"ok": True})

    async def _scopes(self, request: web.Request) -> web.Response:
        """What the app may do from now on."""
        self.workspace.scopes = set(json.loads(await request.text()))
        return web.json_response({"ok": True})

    async def _disconnect(self, request: web.Request) -> web.Response:
        reason = (await read(request)).get("reason", "refresh_requested")
        await (self.socket.warn() if reason == "warning" else self.socket.disconnect(reason))
        return web.json_response({"ok": True})
