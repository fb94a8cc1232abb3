"""The local Slack as a whole: people act, the app is told, and what it does can be seen."""

from __future__ import annotations

import asyncio
import copy
import dataclasses
from typing import Any

from aiohttp import web

from tests.slack.local import interactions, payloads
from tests.slack.local import workspace as names
from tests.slack.local.acting import Acting
from tests.slack.local.api import Api
from tests.slack.local.clock import Clock
from tests.slack.local.delivery import REPEATED_AFTER, SECONDS_TO_ACKNOWLEDGE, Kind, Outcome, OverHttp
from tests.slack.local.files import File, FileHost
from tests.slack.local.happenings import Happenings
from tests.slack.local.health import Health
from tests.slack.local.leaving import Leaving
from tests.slack.local.manifest import MANIFEST
from tests.slack.local.oauth import OAuth, Token
from tests.slack.local.scheduled import post_due
from tests.slack.local.sockets import OverSocket
from tests.slack.local.workspace import Posted, Workspace


class LocalSlack(Acting, Happenings, Leaving):
    """Slack on 127.0.0.1, as people of one workspace use it; `beside` is another workspace of the same Slack.

    People's texts are in Slack's markup: `<@U0KARI>` is a mention. `patience` is how many seconds an app has to
    acknowledge what it is brought.
    """

    def __init__(self, clock: Clock, patience: float = SECONDS_TO_ACKNOWLEDGE) -> None:
        self._patience = patience
        self.clock = clock
        self.workspace = Workspace(clock)
        self.oauth = OAuth(clock)
        self.oauth.tokens[names.BOT_TOKEN] = Token(self.workspace)
        self.api = Api(self.oauth, [self.workspace])
        self.files = FileHost(self.workspace, self.oauth, self.api.workspaces)
        self.socket = OverSocket(seconds=patience)
        self.http: OverHttp | None = None
        self._beside: list[LocalSlack] = []
        self.deliveries: list[tuple[dict[str, Any], Outcome]] = []
        self._missed: list[tuple[float, Kind, dict[str, Any], int, str]] = []
        self._runner: web.AppRunner | None = None
        self.root = ""
        self.health = Health(clock)
        self.events = set(MANIFEST["settings"]["event_subscriptions"]["bot_events"])
        self.unfurl_domains = tuple(MANIFEST["features"].get("unfurl_domains", ()))

    @property
    def api_url(self) -> str:
        return f"{self.root}/api/"

    async def start(self, port: int = 0) -> None:
        app = web.Application(client_max_size=60_000_000)
        app.router.add_route("*", "/api/{method}", self.api.call)
        app.router.add_post("/response/{name}", self.api.respond)
        app.router.add_get("/link", self.socket.accept)
        self.add_routes(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        host, bound = self._runner.addresses[0][:2]
        self.root = f"http://{host}:{bound}"
        self.api.connect_url, self.api.ticket = f"ws://{host}:{bound}/link", self.socket.ticket
        await self.files.start()

    def add_routes(self, app: web.Application) -> None:
        """Whatever else the server is to answer."""

    async def stop(self) -> None:
        for socket in list(self.socket.sockets):
            await socket.close()
        await self.files.stop()
        if self._runner:
            await self._runner.cleanup()

    def deliver_to(self, url: str) -> None:
        """From now on over HTTP, to this address."""
        self.http = OverHttp(self.clock, url, seconds=self._patience)
        for other in self._beside:
            other.http = self.http

    def beside(self, team: str, name: str) -> LocalSlack:
        """Another workspace, where the app is not installed yet; called when this one is started."""
        other = copy.copy(self)
        other.workspace = Workspace(self.clock, team, name)
        self.api.workspaces.append(other.workspace)
        other.files = dataclasses.replace(self.files, workspace=other.workspace)
        self._beside.append(other)
        return other

    # People

    async def say(self, user: str, channel: str, text: str, thread: str | None = None) -> Posted:
        """A user writes a message; the app hears of it where it is mentioned, or talked to directly."""
        return await self._post(Posted(channel, self.workspace.ts(), user, text, thread_ts=thread))

    async def share(self, user: str, channel: str, files: list[File], text: str = "") -> Posted:
        """A user shares uploaded files in one message, with or without words."""
        return await self._post(Posted(channel, self.workspace.ts(), user, text, files=files))

    async def _post(self, posted: Posted) -> Posted:
        self.workspace.messages.append(posted)
        for kind in self._told_of(posted):
            await self.bring("events_api", self.event(payloads.message_event(posted, kind, self.workspace.team)))
        await self.share_links(posted)
        return posted

    def _told_of(self, posted: Posted) -> list[str]:
        """As which events the app hears of a message: by what it has subscribed to, and where it is."""
        place = self.workspace.channels[posted.channel]
        if names.BOT_USER not in place.members:
            return []
        messages = "message.im" if place.is_im else "message.channels"
        is_mention = f"<@{names.BOT_USER}" in posted.text and not place.is_im
        told = ["message"] if messages in self.events else []
        return [*told, "app_mention"] if is_mention and "app_mention" in self.events else told

    async def command(self, user: str, channel: str, command: str, text: str = "") -> Outcome:
        """A user types a slash command, which stands nowhere."""
        url = self.response_url(channel, user)
        sender, place = self.workspace.users[user], self.workspace.channels[channel]
        told = payloads.command(self.workspace, sender, place, (command, text), url)
        return await self.bring("slash_commands", told)

    async def press(self, user: str, shown: Posted, label: str) -> Outcome:
        """A user presses a button in a message."""
        url = self.response_url(shown.channel, user, shown)
        sender = self.workspace.users[user]
        told = interactions.press(self.workspace, sender, shown, shown.button(label), url)
        return await self.bring("interactive", told)

    async def open_home(self, user: str, tab: str = "home") -> Outcome:
        """A user opens the app's Home or Messages tab."""
        view = self.workspace.homes.get(user) if tab == "home" else None
        return await self.bring("events_api", self.event(payloads.home_event(user, tab, self.workspace.ts(), view)))

    def event(self, event: dict[str, Any]) -> dict[str, Any]:
        return payloads.envelope(self.workspace, event)

    def response_url(self, channel: str, user: str, shown: Posted | None = None) -> str:
        return f"{self.root}/response/{self.workspace.issue_response_url(channel, user, shown)}"

    # Delivery

    async def bring(self, kind: Kind, payload: dict[str, Any]) -> Outcome:
        """Deliver once, and what is an event again where the app did not acknowledge it."""
        if kind != "events_api":
            return await self._bring(kind, payload, 0, "")
        if self.health.is_disabled or self.health.is_full:
            return await self._withheld()
        outcome = await self._bring(kind, payload, 0, "")
        if not outcome.is_acknowledged and not outcome.is_final:
            outcome = await self._repeat(kind, payload, 1, outcome)
        return outcome

    async def _withheld(self) -> Outcome:
        """An app that takes too little hears nothing; one that gets too much hears of that alone."""
        if self.health.is_disabled:
            return Outcome(0, reason="subscriptions_disabled")
        return await self._bring("events_api", payloads.rate_limited(self.workspace), 0, "")

    async def _bring(self, kind: Kind, payload: dict[str, Any], repeats: int, reason: str) -> Outcome:
        way = self.http or self.socket
        outcome = await way.bring(kind, payload, repeats, reason)
        self.deliveries.append((payload, outcome))
        if kind == "events_api":
            self.health.count(outcome.is_acknowledged)
        return outcome

    async def _repeat(self, kind: Kind, payload: dict[str, Any], repeats: int, missed: Outcome) -> Outcome:
        outcome = await self._bring(kind, payload, repeats, missed.reason)
        if not outcome.is_acknowledged and not outcome.is_final and repeats < len(REPEATED_AFTER):
            due = self.clock.seconds() + REPEATED_AFTER[repeats]
            self._missed.append((due, kind, payload, repeats + 1, outcome.reason))
        return outcome

    async def pass_time(self, seconds: float) -> None:
        """Move the clock, post what was scheduled, and deliver again what is due by then."""
        self.clock.move(seconds)
        post_due(self.workspace)
        due = [missed for missed in self._missed if missed[0] <= self.clock.seconds()]
        self._missed = [missed for missed in self._missed if missed not in due]
        for _, kind, payload, repeats, reason in due:
            await self._repeat(kind, payload, repeats, Outcome(0, reason=reason))

    # What can be seen

    def seen_by(self, user: str, channel: str, thread: str | None = None) -> list[Posted]:
        """What the app has said in a channel, as one user sees it; with a thread only what stands there."""
        said = [one for one in self.workspace.messages if one.channel == channel and one.user == names.BOT_USER]
        said = [one for one in said if one.only_for in (None, user)]
        return [one for one in said if thread is None or one.thread_ts == thread]

    async def answer(self, user: str, channel: str, number: int = 1, seconds: float = 30) -> Posted:
        """Wait for the app's message of that number in a channel, as one user sees it."""
        for _ in range(int(seconds / 0.01)):
            if len(seen := self.seen_by(user, channel)) >= number:
                return seen[number - 1]
            await asyncio.sleep(0.01)
        raise AssertionError(f"the app said {len(seen)} things in {channel}, not {number}")
