"""A Slack that takes messages as fast as Slack's own limits let it, and counts them: for thousands of channels.

It knows a workspace by its token (`xoxb-T00001`), and answers what is asked of it when nobody has asked anything:
who we are, posting, editing and looking back. `python -m tests.bench.limited_slack PORT` serves it from a process of
its own, with the counts at `/counts`.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from tests.slack.local.clock import Clock
from tests.slack.local.limits import BURST_A_CHANNEL, BURST_SECONDS, POSTS_A_MINUTE, Limited, Limits

BOT_USER = "U0BOT"


@dataclass
class LimitedSlack:
    """What has been posted, by channel; `again` counts what carries the id of something that stands there."""

    clock: Clock = field(default_factory=lambda: Clock(datetime.now(UTC)))
    posted: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    again: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    first: float = 0.0
    last: float = 0.0
    _limits: dict[str, Limits] = field(default_factory=dict)
    _ids: set[tuple[str, str]] = field(default_factory=set)
    _number: int = 0

    def app(self) -> web.Application:
        """What is to be served."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self.call)
        app.router.add_get("/counts", self.counts)
        return app

    async def counts(self, request: web.Request) -> web.Response:
        """How much has come, and in how many seconds."""
        return web.json_response(
            {
                "posted": sum(map(len, self.posted.values())),
                "channels": len(self.posted),
                "again": self.again,
                "limited": self.calls["ratelimited"],
                "calls": dict(self.calls),
                "seconds": self.last - self.first,
            }
        )

    async def call(self, request: web.Request) -> web.Response:
        """One call of the Web API."""
        method, team = request.match_info["method"], _team(request)
        limits = self._limits.setdefault(team, Limits(self.clock))
        told = await _arguments(request)
        self.calls[method] += 1
        try:
            if method == "chat.postMessage":
                limits.post(str(told["channel"]))
            else:
                limits.call(method)
        except Limited as limited:
            self.calls["ratelimited"] += 1
            refused = {"ok": False, "error": "ratelimited"}
            return web.json_response(refused, status=429, headers={"Retry-After": str(limited.seconds)})
        return web.json_response({"ok": True, **self._answered(method, team, told)})

    def _answered(self, method: str, team: str, told: dict[str, Any]) -> dict[str, Any]:
        channel = str(told.get("channel", ""))
        if method == "auth.test":
            return {
                "team_id": team,
                "team": team,
                "user_id": BOT_USER,
                "bot_id": "B0BOT",
                "url": "",
                "user": "planvakt",
            }
        if method == "chat.postMessage":
            return self._post(channel, told)
        if method in ("conversations.history", "conversations.replies"):
            return {"messages": self.posted[channel][::-1][:100], "has_more": False}
        return {"channel": {"id": channel, "is_member": True}, "ts": told.get("ts", "")}

    def _post(self, channel: str, told: dict[str, Any]) -> dict[str, Any]:
        self.last = time.monotonic()
        self.first = self.first or self.last
        self._number += 1
        metadata = told.get("metadata") or {}
        own = (channel, str(metadata.get("event_payload", {}).get("id", "")))
        self.again += bool(own[1]) and own in self._ids and not told.get("thread_ts")
        self._ids.add(own)
        message = {"ts": f"{int(self.clock.seconds())}.{self._number:06}", "text": told.get("text", "")}
        self.posted[channel].append({**message, "user": BOT_USER, "bot_id": "B0BOT", "metadata": metadata})
        return {"channel": channel, **message, "message": message}


def _team(request: web.Request) -> str:
    return request.headers.get("Authorization", "").partition("xoxb-")[2] or "T00001"


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        told: dict[str, Any] = await request.json()
        return told
    return {**request.query, **(await request.post())}


def most_a_second(workspaces: int, channels: int) -> float:
    """How many messages a second the limits allow so many channels, for a minute and longer."""
    return min(workspaces * POSTS_A_MINUTE / 60, channels * BURST_A_CHANNEL / BURST_SECONDS)


async def main(port: int) -> None:
    runner = web.AppRunner(LimitedSlack().app(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
