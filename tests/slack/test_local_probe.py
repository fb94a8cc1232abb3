"""The local Slack does what an app of 2026 asks of Slack: each call, and each way that people reach the app by.

The first two are our own, and need nothing else. The last runs the probe that chose how this local Slack should be,
where it lies beside the repository (../shared/research); without it that one is skipped.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.conftest import START
from tests.slack.local import workspace as names
from tests.slack.local.clock import Clock
from tests.slack.local.control import ControlledSlack
from tests.slack.local.people import KARI, PLANNING
from tests.slack.test_local_views import modal

HERE = Path(__file__).parent
ROWS = tomllib.loads((HERE / "local_rows.toml").read_text(encoding="utf-8"))["row"]
PROBE = HERE.parents[2] / "shared" / "research" / "slack" / "emulator_probe.py"
WAYS = ("events", "socket")
BUTTON = {"type": "button", "action_id": "done", "value": "T-1", "text": {"type": "plain_text", "text": "Ferdig"}}
ROW = {"type": "actions", "block_id": "b1", "elements": [BUTTON]}


@pytest.fixture
def clock(request: pytest.FixtureRequest) -> Clock:
    """Bolt looks at what time it really is; only what needs no app has a time of its own."""
    return Clock(datetime.now(UTC) if "way" in request.fixturenames else START)


def at(told: Any, path: str) -> Any:
    for step in path.split("."):
        told = told[int(step)] if step.isdigit() else told[step]
    return told


async def answer(client: AsyncWebClient, method: str, arguments: dict[str, Any]) -> Any:
    try:
        return (await client.api_call(method, json=arguments)).data
    except SlackApiError as refused:
        return refused.response


async def test_each_call_is_answered_as_slack_answers(slack: ControlledSlack, http: aiohttp.ClientSession) -> None:
    ts = ""
    for row in ROWS:
        arguments = json.loads(json.dumps(row.get("arguments", {})).replace("{ts}", ts))
        client = AsyncWebClient(
            row.get("token", names.BOT_TOKEN), base_url=slack.api_url, session=http, retry_handlers=[]
        )
        told = await answer(client, row["method"], arguments)
        assert told.get("error") == row.get("error"), row
        assert all(at(told, path) for path in row.get("has", [])), (row, told)
        ts = told["ts"] if row.get("keep") else ts


class Listening:
    """A small app of slack-bolt's own making, which keeps what it hears."""

    def __init__(self, slack: ControlledSlack, http: aiohttp.ClientSession) -> None:
        client = AsyncWebClient(names.BOT_TOKEN, base_url=slack.api_url, session=http)
        self.app = AsyncApp(signing_secret=names.SECRET, client=client)
        self.heard: asyncio.Queue[tuple[str, dict[str, Any]]] = asyncio.Queue()
        self._slack, self._http = slack, http
        self._listen()

    def _listen(self) -> None:
        @self.app.command("/plan")
        async def plan(ack: Any, body: dict[str, Any], respond: Any) -> None:
            await ack("mottatt")
            await respond(text="svar")
            await self.heard.put(("command", body))

        @self.app.event("app_mention")
        async def mention(event: dict[str, Any], say: Any, body: dict[str, Any]) -> None:
            await say(text="hei", thread_ts=event["ts"], blocks=[ROW])
            await self.heard.put(("mention", body))

        @self.app.event("message")
        async def message(body: dict[str, Any]) -> None:
            await self.heard.put(("message", body))

        @self.app.action("done")
        async def done(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=modal(callback_id="m1"))
            await self.heard.put(("action", body))

        @self.app.view("m1")
        async def submitted(ack: Any, body: dict[str, Any]) -> None:
            await ack()
            await self.heard.put(("view", body))

        @self.app.event("app_home_opened")
        async def home(event: dict[str, Any], client: AsyncWebClient, body: dict[str, Any]) -> None:
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [{"type": "divider"}]})
            await self.heard.put(("home", body))

    @asynccontextmanager
    async def connected(self, way: str) -> AsyncIterator[None]:
        if way == "socket":
            client = AsyncWebClient(names.APP_TOKEN, base_url=self._slack.api_url, session=self._http)
            handler = AsyncSocketModeHandler(self.app, names.APP_TOKEN, web_client=client)
            await handler.connect_async()
            yield
            await handler.close_async()
            return
        runner = web.AppRunner(self.app.web_app(path="/slack/events"), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        self._slack.deliver_to(f"http://{host}:{port}/slack/events")
        yield
        await runner.cleanup()

    async def hears(self, act: str, told: dict[str, Any], kind: str) -> dict[str, Any]:
        """What comes of an act over /_control/."""
        async with self._http.post(f"{self._slack.root}/_control/{act}", json=told) as answer:
            assert answer.status == 200, await answer.text()
        while True:
            heard, body = await asyncio.wait_for(self.heard.get(), 30)
            if heard == kind:
                return body


@pytest.mark.parametrize("way", WAYS)
async def test_people_reach_an_app_by_every_way(slack: ControlledSlack, http: aiohttp.ClientSession, way: str) -> None:
    app, where = Listening(slack, http), {"channel": PLANNING, "user": KARI}
    async with app.connected(way):
        await app.hears("message", {**where, "text": "hva skjer?"}, "message")
        told = await app.hears("message", {**where, "text": f"<@{names.BOT_USER}> hva skjer?"}, "mention")
        assert {"event_id", "event_time", "authorizations"} <= set(told)
        told = await app.hears("command", {**where, "command": "/plan", "text": "uke 12"}, "command")
        assert told["text"] == "uke 12"
        shown = slack.workspace.messages[-2]
        press = {**where, "messageTs": shown.ts, "action": {"action_id": "done"}}
        await app.hears("interact", press, "action")
        await app.hears("view-submit", {"user": KARI, "values": {"Tekst": "x", "Valg": "Ja"}}, "view")
        told = await app.hears("open-home", {"user": KARI}, "home")
        assert "view" not in told["event"]
        told = await app.hears("open-home", {"user": KARI}, "home")
        assert told["event"]["view"]["type"] == "home"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.skipif(not PROBE.exists(), reason="the probe lies beside the repository, in ../shared/research/slack")
async def test_the_probe_that_chose_this_local_slack_says_yes(slack: ControlledSlack, way: str) -> None:
    with_port = web.AppRunner(web.Application())
    await with_port.setup()
    await web.TCPSite(with_port, "127.0.0.1", 0).start()
    port = with_port.addresses[0][1]
    await with_port.cleanup()
    if way == "events":
        slack.deliver_to(f"http://127.0.0.1:{port}/slack/events")
    keys = ["--token", names.BOT_TOKEN, "--app-token", names.APP_TOKEN, "--secret", names.SECRET]
    asked = ["--api", slack.api_url, "--driver", "control", "--mode", way, "--app-port", str(port), *keys]
    probe = await asyncio.create_subprocess_exec(sys.executable, str(PROBE), *asked, stdout=asyncio.subprocess.PIPE)
    said, _ = await probe.communicate()
    rows = [line for line in said.decode().splitlines() if line[:7].strip() in ("yes", "no", "partly")]
    others = [line for line in rows if not line.startswith("yes")]
    assert len(rows) == 42
    assert len(others) == 2, others
    assert any("apps.manifest.validate" in line for line in others)
    assert any("assistant_thread_started" in line for line in others)
