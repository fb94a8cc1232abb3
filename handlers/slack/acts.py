"""What each kind of delivery makes us do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.agent import clear, stopped_at
from handlers.slack.blocks import FORM
from handlers.slack.conversation import Workspace, converse, show_rest, suggest_to
from handlers.slack.deliveries import COMMAND, MESSAGE_SHORTCUT, PRESS, SHORTCUT, SUBMISSION, Body
from handlers.slack.filling_in import open_form, submit
from handlers.slack.folding import MORE, rest_of
from handlers.slack.form_presses import MEASURE, NEW_ITEM, asked_by_message, asked_by_press, asked_by_shortcut
from handlers.slack.home import press_home, publish_home
from handlers.slack.links import press_unfurled, unfurl
from handlers.slack.modals import CALLBACK
from handlers.slack.sharing import answer_files
from handlers.slack.translate import Heard, heard_command, heard_direct, heard_mention, heard_press


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What was done before the acknowledgement: what goes with it, and what is done after it."""

    told: Mapping[str, Any] = field(default_factory=dict)
    after: Coroutine[Any, Any, None] | None = None


Act: TypeAlias = Callable[[Workspace, AsyncWebClient, Body], Awaitable[None]]
ActAtOnce: TypeAlias = Callable[[Workspace, AsyncWebClient, Body], Awaitable[Answered | None]]


async def _answer(workspace: Workspace, client: AsyncWebClient, heard: Heard | None) -> None:
    if heard is not None:
        await (answer_files if heard.files else converse)(workspace, client, heard)


async def on_mention(workspace: Workspace, client: AsyncWebClient, body: Body) -> None:
    """Answer in the thread of a mention."""
    await _answer(workspace, client, heard_mention(body["event"]))


async def on_message(workspace: Workspace, client: AsyncWebClient, body: Body) -> None:
    """Answer a direct message."""
    await _answer(workspace, client, heard_direct(body["event"]))


async def on_home(workspace: Workspace, client: AsyncWebClient, body: Body) -> None:
    """Show the Home tab to whoever opens it; to whoever opens our talk, what may be asked there."""
    event = body["event"]
    if event.get("tab") == "home":
        await publish_home(workspace, client, event["user"], (event.get("view") or {}).get("hash"))
    elif event.get("tab") == "messages" and event.get("channel"):
        await suggest_to(workspace, client, event["user"], event["channel"])


async def on_stop(workspace: Workspace, client: AsyncWebClient, body: Body) -> None:
    """End the answer that somebody waits for no longer."""
    if place := stopped_at(body["event"]):
        workspace.under_way.stop(*place)
        await clear(client, *place)


async def on_group(workspace: Workspace, client: AsyncWebClient, body: Body) -> None:
    """Keep up with who is in a user group that holds a role."""
    if workspace.groups is not None:
        await workspace.groups.changed(client, body["event"])


async def on_command(workspace: Workspace, client: AsyncWebClient, body: Body) -> None:
    """Answer a slash command to whoever gave it."""
    await _answer(workspace, client, heard_command(body))


async def on_press(workspace: Workspace, client: AsyncWebClient, body: Body) -> None:
    """Do what a button says, or show the rest of an answer."""
    if (body.get("view") or {}).get("type") == "home":
        await press_home(workspace, client, body)
        return
    if (body.get("container") or {}).get("is_app_unfurl"):
        await press_unfurled(workspace, client, body)
        return
    heard = heard_press(body)
    if body["actions"][0].get("action_id") != MORE:
        await _answer(workspace, client, heard)
    elif heard and (rest := rest_of(body)):
        await show_rest(workspace, client, heard, rest)


async def on_form_press(workspace: Workspace, client: AsyncWebClient, body: Body) -> Answered | None:
    """Open the form that a button asks for; any other button can wait."""
    if not str(body["actions"][0].get("action_id")).startswith(f"{FORM}:"):
        return None
    asked = asked_by_press(body)
    return Answered(after=open_form(workspace, client, asked) if asked else None)


async def on_shortcut(workspace: Workspace, client: AsyncWebClient, body: Body) -> Answered | None:
    """Open the form of a shortcut, or of one on a message."""
    asking = {NEW_ITEM: asked_by_shortcut, MEASURE: asked_by_message}.get(body["callback_id"])
    return Answered(after=open_form(workspace, client, asking(body)) if asking else None)


async def on_submission(workspace: Workspace, client: AsyncWebClient, body: Body) -> Answered | None:
    """Do what a modal says: what is wrong stands in it, and the rest follows."""
    if body["view"].get("callback_id") != CALLBACK:
        return None
    answered = await submit(workspace, client, dict(body))
    return Answered(told=answered.view or {}, after=answered.after)


ACTS: Mapping[str, Act] = {
    "app_mention": on_mention,
    "message": on_message,
    "app_home_opened": on_home,
    "agent_session_stopped": on_stop,
    "link_shared": unfurl,
    "subteam_members_changed": on_group,
    "subteam_updated": on_group,
    COMMAND: on_command,
    PRESS: on_press,
}
"""Done from the inbox, after the acknowledgement; a kind that is not here is acknowledged, and nothing is done.

What raises is done again, so an act must bear to be done twice.
"""

AT_ONCE: Mapping[str, ActAtOnce] = {
    PRESS: on_form_press,
    SHORTCUT: on_shortcut,
    MESSAGE_SHORTCUT: on_shortcut,
    SUBMISSION: on_submission,
}
"""Done before the acknowledgement, within Slack's three seconds: what needs a trigger, or is told in the answer.

One that returns None leaves the delivery to ACTS.
"""
