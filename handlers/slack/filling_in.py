"""Forms in Slack, from the press that opens one to the receipt of what it did."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import PlanvaktError
from bot.forms import Form
from bot.messages import Message, Reply
from bot.model import Language
from bot.understanding.frame import Intent
from handlers.slack import sending
from handlers.slack.blocks import Page, pages
from handlers.slack.channels import is_member
from handlers.slack.conversation import Workspace, apologise, apology, hear, reply_to, said_of, tell, tell_all
from handlers.slack.faults import error_of
from handlers.slack.form_presses import Asked
from handlers.slack.modals import Submitted, form_view, read_submission, waiting_view, words_view
from handlers.slack.translate import NO_TALK, Heard, Pressed, as_shown

# Slack waits three seconds for both; what is left is for the way there.
SECONDS_TO_PREPARE = 1.2
SECONDS_TO_ANSWER = 2.0
TOO_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_exchanged", "invalid_trigger_id"})
NOT_SHOWN_THERE = frozenset(
    {"not_in_channel", "channel_not_found", "user_not_in_channel", "is_archived", "restricted_action"}
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What Slack is answered when a modal is sent, and what is to be done when it has been."""

    view: dict[str, Any] | None
    after: Coroutine[Any, Any, None] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went with a modal that was sent; `view` None closes it. Without a reply another process has done it."""

    view: dict[str, Any] | None
    reply: Reply | None = None
    message: Message | None = None


async def open_form(workspace: Workspace, client: AsyncWebClient, asked: Asked) -> None:
    """Open the form at once, or tell why not; where the core is slow, first a modal that asks for patience."""
    preparing = asyncio.create_task(_prepared(workspace, client, asked))
    speaking = asyncio.create_task(workspace.language(asked.heard))
    try:
        done, _ = await asyncio.wait({preparing}, timeout=SECONDS_TO_PREPARE)
        if done:
            await client.views_open(trigger_id=asked.trigger, view=preparing.result())
        else:
            await _open_later(workspace, client, asked, preparing, await speaking)
    except SlackApiError as error:
        preparing.cancel()
        if error_of(error) not in TOO_LATE:
            await apologise(workspace, client, asked.heard)
            return
        await _tell_too_late(workspace, client, asked)
    except Exception:  # the outermost edge: whoever asked is told, with a number to look for
        await apologise(workspace, client, asked.heard)


async def _open_later(
    workspace: Workspace,
    client: AsyncWebClient,
    asked: Asked,
    preparing: asyncio.Task[dict[str, Any]],
    language: Language,
) -> None:
    """Take the trigger while it is good, and put the form in when it is there."""
    opened = (await client.views_open(trigger_id=asked.trigger, view=waiting_view(language)))["view"]
    try:
        view = await preparing
    except Exception:  # told in the modal, which is what stands before the person now
        reply, _ = await apology(workspace, asked.heard)
        view = words_view(reply.text, reply.language)
    try:
        await client.views_update(view_id=opened["id"], hash=opened["hash"], view=view)
    except SlackApiError as error:
        if error_of(error) != "hash_conflict":
            raise
        await client.views_update(view_id=opened["id"], view=await _prepared(workspace, client, asked))


async def _prepared(workspace: Workspace, client: AsyncWebClient, asked: Asked) -> dict[str, Any]:
    """The form as a modal, or the words of a refusal."""
    message, refusal = await hear(workspace, client, asked.heard)
    shown = replace(message, text=as_shown(message.text))
    if refusal is not None:
        return words_view(refusal.text, refusal.language)
    found = await asyncio.to_thread(workspace.bot.form, shown, asked.name, asked.key)
    if isinstance(found, Form):
        return form_view(found, asked.origin)
    return words_view(found.text, found.language)


async def _tell_too_late(workspace: Workspace, client: AsyncWebClient, asked: Asked) -> None:
    message, _ = await hear(workspace, client, asked.heard)
    reply = await said_of(workspace, PlanvaktError("slack_form_too_late"), asked.heard)
    if asked.origin.channel:
        await tell(workspace, client, replace(asked.heard, pressed=None), replace(message, text=""), reply)
    else:
        await _tell_directly(client, asked.heard.user, pages(reply))


async def submit(workspace: Workspace, client: AsyncWebClient, body: dict[str, Any]) -> Answered:
    """Do what a modal says, once however often it is sent: errors stand in it, and what is done closes it."""
    sent = read_submission(body)
    key = sent.view, sent.hash
    task, is_first = workspace.submissions.once(key, lambda: _done(workspace, client, sent), Outcome(None))
    done, _ = await asyncio.wait({task}, timeout=SECONDS_TO_ANSWER)
    if not done:
        waiting = {"response_action": "update", "view": waiting_view(sent.language)}
        return Answered(waiting, _told_later(workspace, client, sent, task) if is_first else None)
    outcome = task.result()
    return Answered(outcome.view, _receipt(workspace, client, sent, outcome) if is_first else None)


async def _done(workspace: Workspace, client: AsyncWebClient, sent: Submitted) -> Outcome:
    heard = _heard(sent)
    try:
        message, reply = await reply_to(workspace, client, heard)
    except Exception:  # the outermost edge: whoever filled it in is told, with a number to look for
        told, _ = await apology(workspace, heard)
        return Outcome({"response_action": "update", "view": words_view(told.text, told.language)})
    if not reply.changes:
        return Outcome({"response_action": "errors", "errors": sent.errors(reply)}, reply, message)
    return Outcome(None, reply, message)


def _heard(sent: Submitted) -> Heard:
    """The command as if it had been pressed: its words are literal."""
    channel = sent.origin.channel or f"{NO_TALK}form-{sent.user}"
    return Heard(user=sent.user, text=sent.says, channel=channel, thread=sent.origin.thread, pressed=Pressed())


async def _told_later(
    workspace: Workspace, client: AsyncWebClient, sent: Submitted, task: asyncio.Task[Outcome]
) -> None:
    """Tell in the modal what came of it, which took longer than Slack waits."""
    outcome = await task
    if outcome == Outcome(None):  # another process has done it, and tells of it
        return
    if outcome.reply is not None:
        view = words_view(outcome.reply.text, outcome.reply.language)
    else:
        view = (outcome.view or {}).get("view", waiting_view(sent.language))
    try:
        await client.views_update(view_id=sent.view, view=view)
    except SlackApiError:  # it has been closed meanwhile; the receipt is told all the same
        sending.sdk_log.warning("a modal was closed before its answer came")
    await _receipt(workspace, client, sent, outcome)


async def _receipt(workspace: Workspace, client: AsyncWebClient, sent: Submitted, outcome: Outcome) -> None:
    """Tell what was done, where the form was opened from and for that person alone; else directly."""
    reply, message = outcome.reply, outcome.message
    if reply is None or message is None or not reply.changes:
        return
    try:
        told = pages(reply, user=sent.user)
        if reply.intent == Intent.DIGEST_HERE and not await is_member(client, sent.origin.channel):
            told = (*told, *pages(await said_of(workspace, PlanvaktError("slack_invite"), _heard(sent))))
        await _tell_receipt(client, sent, told)
    except Exception:  # the outermost edge: it is done, and only the telling went wrong
        sending.sdk_log.exception("a receipt was not given")


async def _tell_receipt(client: AsyncWebClient, sent: Submitted, told: tuple[Page, ...]) -> None:
    heard = _heard(sent)
    if not sent.origin.channel:
        await _tell_directly(client, sent.user, told)
    elif heard.is_direct:
        await tell_all(client, heard, told)
    else:
        try:
            for page in told:
                await sending.post_alone(client, heard.channel, sent.user, page, thread=heard.thread)
        except SlackApiError as error:
            if error_of(error) not in NOT_SHOWN_THERE:
                raise
            await _tell_directly(client, sent.user, told)


async def _tell_directly(client: AsyncWebClient, user: str, told: tuple[Page, ...]) -> None:
    """A person's id is the address of the direct talk with them."""
    for page in told:
        await sending.post(client, user, page)
