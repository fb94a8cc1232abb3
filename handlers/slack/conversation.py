"""One thing said in Slack, from hearing it to its answer standing there."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotAllowed, PlanvaktError
from bot.messages import Message, Reply
from bot.model import Language
from bot.render import render_error
from bot.understanding.frame import Intent
from bot.understanding.language import language_of
from bot.working import Doing, doing_in_words
from handlers.plan_files import AT_ONCE
from handlers.platform import Answers
from handlers.slack import limits, sending
from handlers.slack.agent import UnderWay, suggest
from handlers.slack.blocks import Page, pages
from handlers.slack.channels import is_member
from handlers.slack.directory import Directory
from handlers.slack.file_host import FileHost
from handlers.slack.folding import folded
from handlers.slack.groups import UserGroups
from handlers.slack.installation import Installation
from handlers.slack.shared_answers import Done, SharedAnswers
from handlers.slack.submissions import Submissions
from handlers.slack.translate import Heard, Pressed, as_shown, mentioned, to_message

log = logging.getLogger("planvakt.slack")

# One of the uses of a response_url is kept for what comes after the answer.
NOT_EDITED = (SlackApiError, sending.AnswerNotTaken, limits.OverLimit, aiohttp.ClientError, TimeoutError)
ANSWERS = limits.ANSWERS_TO_A_RESPONSE_URL - 1
SECONDS_TO_CHOOSE_A_LANGUAGE = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """All that an answer in one workspace needs. `organisation` is the tenant whose plans are asked,
    `address` where our own pages are reached.

    A file that is fetched and read has one of the `places`; the others wait.
    """

    bot: Answers
    installation: Installation
    directory: Directory
    session: aiohttp.ClientSession
    files: FileHost
    now: Callable[[], datetime]
    submissions: Submissions
    shared: SharedAnswers
    organisation: str | None = None
    address: str | None = None
    under_way: UnderWay = field(default_factory=UnderWay)
    groups: UserGroups | None = None
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def doing(self, heard: Heard, doing: Doing) -> str:
        """Return what we are doing for somebody, in words."""
        return doing_in_words(doing, await self.language(heard))

    async def language(self, heard: Heard) -> Language:
        """Return the language that somebody is answered in; where that is not told soon, it is that of their words.

        It is asked of what is under way and of what went wrong, so nothing may depend on it.
        """
        try:
            message = to_message(
                heard, names={}, installation=self.installation, organisation=self.organisation, now=self.now()
            )
            async with asyncio.timeout(SECONDS_TO_CHOOSE_A_LANGUAGE):
                return await asyncio.to_thread(self.bot.language, message)
        except Exception:  # the outermost edge: what is to be told is told all the same
            log.warning("the language that somebody has chosen was not found", exc_info=True)
            return language_of(heard.text)


async def converse(workspace: Workspace, client: AsyncWebClient, heard: Heard) -> None:
    """Answer what was said, with an apology and a number for the log where something unforeseen happens."""
    async with workspace.under_way.working(client, heard, partial(workspace.doing, heard, Doing.LOOKING)) as work:
        try:
            message, reply = await reply_to(workspace, client, heard)
            if work.is_stopped and not reply.changes:  # what has been done is told, whatever was pressed meanwhile
                reply = await said_of(workspace, PlanvaktError("stopped"), heard)
            await tell(workspace, client, heard, message, reply)
        except Exception:  # the outermost edge: whoever asked is told, with a number to look for
            await apologise(workspace, client, heard)


async def reply_to(workspace: Workspace, client: AsyncWebClient, heard: Heard) -> tuple[Message, Reply]:
    """Return what was said as the core heard it, and its reply."""
    message, refusal = await hear(workspace, client, heard)
    if refusal is not None:
        return message, refusal
    return message, await asyncio.to_thread(workspace.bot.reply, message)


async def hear(workspace: Workspace, client: AsyncWebClient, heard: Heard) -> tuple[Message, Reply | None]:
    """Return what was said as the core is to hear it, and a refusal where it is not: strangers come no further."""
    installation = workspace.installation
    member = await workspace.directory.member(client, heard.user)
    if workspace.groups is not None and not member.is_stranger:
        await workspace.groups.keep_up(client, heard.text)
    others = [user for user in mentioned(heard.text) if user != installation.bot_user]
    names = {} if member.is_stranger else dict(await workspace.directory.names(client, others))
    message = to_message(
        heard,
        names=names | {heard.user: member.name},
        installation=installation,
        organisation=workspace.organisation,
        now=workspace.now(),
    )
    if member.is_stranger:
        return message, await said_of(workspace, NotAllowed("slack_stranger", workspace=installation.team_name), heard)
    if heard.pressed and _is_of_others(heard.pressed, installation):
        # Our keys are the same in many organisations: here it would be done to another item than the one shown.
        return message, await said_of(workspace, NotAllowed("slack_not_ours"), heard)
    if heard.pressed and heard.pressed.receipt_of not in (None, heard.user):
        # To undo is to take back one's own last change, which is another than the one that is shown here.
        return message, await said_of(workspace, NotAllowed("slack_not_yours"), heard)
    return message, None


def _is_of_others(pressed: Pressed, installation: Installation) -> bool:
    """Whether we posted it as another organisation's: Slack then brings a press as from where the presser belongs.

    Both are looked at, as a large organisation's messages may be of another of its workspaces.
    """
    if not pressed.team or not pressed.bot:
        return False
    return pressed.team != installation.team and pressed.bot != installation.bot_id


async def said_of(workspace: Workspace, error: PlanvaktError, heard: Heard) -> Reply:
    """Return what is told of an error, in the language that somebody is answered in."""
    return render_error(error, await workspace.language(heard), workspace.now().date())


async def tell(workspace: Workspace, client: AsyncWebClient, heard: Heard, message: Message, reply: Reply) -> None:
    """Answer where Slack wants it answered, for whom it is."""
    if heard.pressed:
        await _tell_presser(workspace, client, heard, reply)
    elif heard.answer_url:
        asked = as_shown(message.text)
        first = folded(reply, user=heard.user, asked=asked, is_alone=True)
        told = (first,) if first else pages(reply, user=heard.user, asked=asked, at_most=ANSWERS)
        await _tell_alone(workspace, heard, told)
        if reply.intent == Intent.DIGEST_HERE and reply.changes and not await is_member(client, heard.channel):
            await _tell_alone(workspace, heard, pages(await said_of(workspace, PlanvaktError("slack_invite"), heard)))
    else:
        first = folded(reply, user=heard.user)
        await tell_all(client, heard, (first,) if first else pages(reply, user=heard.user))
    if reply.changes:
        await _show_undone(workspace, client, heard.text)


async def tell_all(client: AsyncWebClient, heard: Heard, told: tuple[Page, ...]) -> None:
    """Answer where it was said, for all who read there."""
    for page in told:
        await sending.post(client, heard.channel, page, thread=heard.thread)


async def _tell_alone(workspace: Workspace, heard: Heard, told: tuple[Page, ...]) -> None:
    """Answer for one person's eyes."""
    for page in told:
        await sending.answer(workspace.session, heard.answer_url or "", page, thread=heard.thread)


async def _tell_presser(workspace: Workspace, client: AsyncWebClient, heard: Heard, reply: Reply) -> None:
    """One's own receipt changes in place; elsewhere all see what the press did, and who pressed is answered."""
    pressed, url = heard.pressed or Pressed(), heard.answer_url or ""
    told = pages(reply, user=heard.user, at_most=ANSWERS)
    if pressed.receipt_of == heard.user:
        await sending.replace(workspace.session, url, told[0])
        told = told[1:]
    elif reply.changes and pressed.left and not pressed.is_kept:
        await _show_done(workspace, heard, pressed, reply)
    if heard.is_direct and not pressed.is_ephemeral:
        await tell_all(client, heard, told)
    else:
        await _tell_alone(workspace, heard, told)


async def suggest_to(workspace: Workspace, client: AsyncWebClient, user: str, channel: str) -> None:
    """Show what somebody may want to ask in their own talk with us, from the plans as they are now."""
    try:
        message, refusal = await hear(workspace, client, Heard(user=user, text="", channel=channel))
        if refusal is None:
            asking = replace(message, text="")
            await suggest(client, channel, await asyncio.to_thread(workspace.bot.suggestions, asking))
    except Exception:  # the outermost edge: nobody has asked, so nobody is told
        log.exception("nothing was suggested")


async def show_rest(workspace: Workspace, client: AsyncWebClient, heard: Heard, rest: Reply) -> None:
    """Show the rows that a long answer left out, where they were asked for: in a channel for who pressed alone."""
    try:
        pressed = heard.pressed or Pressed()
        if heard.is_direct and not pressed.is_ephemeral:
            await tell_all(client, heard, pages(rest))
        else:
            await _tell_alone(workspace, heard, pages(rest, at_most=ANSWERS))
    except Exception:  # the outermost edge, as in converse
        await apologise(workspace, client, heard)


async def _show_done(workspace: Workspace, heard: Heard, pressed: Pressed, reply: Reply) -> None:
    """Take away the button that has done its work; in a channel a line tells all what it did.

    The change is made already: where the message cannot be edited, the receipt comes all the same.
    """
    line = None if heard.is_direct else f"{reply.changes[0].by}: {reply.text.splitlines()[0]}"
    undo = next((button.says for button in reply.buttons if button.form is None), "")
    done = Done(undo=undo, row=pressed.row, button=pressed.button, line=line)
    whole = Page(text=pressed.text, blocks=pressed.whole)
    page = await workspace.shared.done((heard.channel, pressed.message), whole, done, heard.user)
    try:
        await sending.replace(workspace.session, heard.answer_url or "", page)
    except NOT_EDITED as error:
        log.warning("a message that was pressed was not edited: %s", type(error).__name__)


async def _show_undone(workspace: Workspace, client: AsyncWebClient, undo: str) -> None:
    """Where all see what was done by a press, and it is taken back, the message is as it was."""
    if undo and (found := await workspace.shared.undone(undo)):
        (channel, message), page = found
        try:
            await sending.change(client, channel, message, page)
        except NOT_EDITED as error:
            log.warning("a message that was pressed was not put back: %s", type(error).__name__)


async def apologise(workspace: Workspace, client: AsyncWebClient, heard: Heard) -> None:
    """Log the error that is being handled, and tell whoever asked the number that it is logged under.

    Raises what comes of telling it: then there was no answer at all.
    """
    reply, number = await apology(workspace, heard)
    told = pages(reply)
    try:
        if heard.answer_url:
            await _tell_alone(workspace, heard, told)
        else:
            await tell_all(client, heard, told)
    except Exception:  # whoever has taken it on may try again
        log.error("%s: not even an apology could be given", number)
        raise


async def apology(workspace: Workspace, heard: Heard) -> tuple[Reply, str]:
    """Return what is said of the error that is being handled, and the number that it is logged under."""
    number = uuid.uuid4().hex[:8]
    log.exception("%s: no answer was given", number)
    return await said_of(workspace, PlanvaktError("unexpected", number=number), heard), number
