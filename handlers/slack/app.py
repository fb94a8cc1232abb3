"""The Bolt app: which of Slack's deliveries are heard, and that all of them are acknowledged."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.blocks import FORM, SAYS
from handlers.slack.conversation import Workspace, converse, show_rest
from handlers.slack.deliveries import Inbox, delivery_id
from handlers.slack.filling_in import open_form, submit
from handlers.slack.folding import MORE, rest_of
from handlers.slack.form_presses import MEASURE, NEW_ITEM, asked_by_message, asked_by_press, asked_by_shortcut
from handlers.slack.home import publish_home
from handlers.slack.installation import authorize_as
from handlers.slack.modals import CALLBACK
from handlers.slack.sending import sdk_log
from handlers.slack.sharing import answer_files
from handlers.slack.translate import Heard, heard_command, heard_direct, heard_mention, heard_press

COMMANDS = re.compile(r"^/(plan|tiltak|rolle|ukebrev)$")
ANYTHING = re.compile("")

Body = Mapping[str, Any]
Next = Callable[[], Awaitable[None]]


class Work:
    """What is under way: Bolt keeps no reference to a listener's task, so it could vanish half-way."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, answering: Coroutine[Any, Any, None]) -> None:
        """Begin it, and remember it until it is done."""
        task = asyncio.create_task(answering)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self, seconds: float) -> None:
        """Wait for what is under way, for so many seconds at most."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)


def slack_app(workspace: Workspace, client: AsyncWebClient, inbox: Inbox, work: Work) -> AsyncApp:
    """Return the app. Requests that reach it by HTTP must have been let in by the door: it looks at no signature.

    `client` has no token: Bolt makes a new one for each request from its address, session and retry handlers.
    """
    app = AsyncApp(
        name="planvakt",
        client=client,
        authorize=authorize_as(workspace.installation),
        request_verification_enabled=False,
        logger=sdk_log,
    )
    _once(app, inbox)
    _hear_events(app, workspace, work)
    _hear_acts(app, workspace, work)
    _hear_forms(app, workspace, work)
    _acknowledge_the_rest(app)
    return app


def _once(app: AsyncApp, inbox: Inbox) -> None:
    """Slack sends again what it got no answer to in time; Bolt would run it again."""

    async def once(body: Body, next: Next) -> BoltResponse | None:
        delivery = delivery_id(body)
        if delivery is not None and not inbox.is_new(delivery):
            return BoltResponse(status=200, body="")
        await next()
        return None

    app.middleware(once)


def _hear_events(app: AsyncApp, workspace: Workspace, work: Work) -> None:
    """Events are acknowledged by Bolt before their listeners run."""

    def answer(client: AsyncWebClient, heard: Heard) -> Coroutine[Any, Any, None]:
        return (answer_files if heard.files else converse)(workspace, client, heard)

    @app.event("app_mention")
    async def on_mention(event: Body, client: AsyncWebClient) -> None:
        if heard := heard_mention(event):
            work.start(answer(client, heard))

    @app.event("message")
    async def on_message(event: Body, client: AsyncWebClient) -> None:
        if heard := heard_direct(event):
            work.start(answer(client, heard))

    @app.event("app_home_opened")
    async def on_home(event: Body, client: AsyncWebClient) -> None:
        if event.get("tab") == "home":
            work.start(publish_home(workspace, client, event["user"]))


def _hear_acts(app: AsyncApp, workspace: Workspace, work: Work) -> None:
    """Acknowledge first and work after: Slack waits three seconds, and an answer may take longer."""

    @app.command(COMMANDS)
    async def on_command(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        work.start(converse(workspace, client, heard_command(body)))

    @app.action(re.compile(f"^{SAYS}:"))
    async def on_press(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        if heard := heard_press(body):
            work.start(converse(workspace, client, heard))

    @app.action(MORE)
    async def on_more(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        rest = rest_of(body)
        if rest and (heard := heard_press(body)):
            work.start(show_rest(workspace, client, heard, rest))


def _hear_forms(app: AsyncApp, workspace: Workspace, work: Work) -> None:
    """What opens a form has three seconds; what a form says is answered before it is acknowledged, errors and all."""

    @app.action(re.compile(f"^{FORM}:"))
    async def on_press(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        if asked := asked_by_press(body):
            work.start(open_form(workspace, client, asked))

    @app.shortcut(NEW_ITEM)
    async def on_shortcut(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        work.start(open_form(workspace, client, asked_by_shortcut(body)))

    @app.shortcut(MEASURE)
    async def on_message_shortcut(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        work.start(open_form(workspace, client, asked_by_message(body)))

    @app.view(CALLBACK)
    async def on_submission(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        answered = await submit(workspace, client, body)
        await ack(**(answered.view or {}))
        if answered.after is not None:
            work.start(answered.after)


def _acknowledge_the_rest(app: AsyncApp) -> None:
    """What nobody hears is acknowledged too: Slack counts a 404 as a failure, and stops sending after many."""

    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    app.event(ANYTHING)(acknowledge)
    app.command(ANYTHING)(acknowledge)
    app.action(ANYTHING)(acknowledge)
    app.shortcut(ANYTHING)(acknowledge)
    app.view(ANYTHING)(acknowledge)
    app.view_closed(ANYTHING)(acknowledge)
    app.options(ANYTHING)(acknowledge)
