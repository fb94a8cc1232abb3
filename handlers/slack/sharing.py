"""Files that people share with us in Slack: fetched and read, if the person may, and answered one by one.

The answer stands in the thread below the file, for all who read there. A plan's preview shows nothing that the file
does not, and whoever shared it there has shown that file to the same people; so the team can look through the doubts
together. Who may take the plan in is asked when somebody presses.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BadFile, PlanvaktError
from bot.messages import Message, Reply
from bot.model import ProposedPlan
from bot.understanding.frame import Intent
from bot.working import Doing
from handlers.plan_files import SECONDS_BEFORE_PROGRESS, preview
from handlers.slack import sending
from handlers.slack.agent import Work, optional
from handlers.slack.blocks import Page, pages
from handlers.slack.conversation import Workspace, apologise, apology, hear, said_of, tell, tell_all
from handlers.slack.faults import error_of, is_sure
from handlers.slack.shared_files import SharedFile, to_shared
from handlers.slack.translate import Heard

# What files.info answers where there is no such file for us, and where we may not ask.
GONE = ("file_not_found", "file_deleted", "not_visible", "access_denied")
NOT_GIVEN = "missing_scope"
NO_ANSWER = (Intent.OUT_OF_SCOPE, Intent.SMALLTALK)

# How far a file has come, in the words that tell of it.
Steps: TypeAlias = "asyncio.Queue[PlanvaktError]"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sharing:
    """A message with files, as Slack brought it and as the core hears it."""

    workspace: Workspace
    client: AsyncWebClient
    heard: Heard
    message: Message
    work: Work

    async def said_of(self, error: PlanvaktError) -> Reply:
        return await said_of(self.workspace, error, self.heard)


async def answer_files(workspace: Workspace, client: AsyncWebClient, heard: Heard) -> None:
    """Answer each file that was shared; whoever may read no plans in is told so, and nothing is fetched."""
    async with workspace.under_way.working(client, heard, partial(workspace.doing, heard, Doing.READING)) as work:
        await _answer_files(workspace, client, heard, work)


async def _answer_files(workspace: Workspace, client: AsyncWebClient, heard: Heard, work: Work) -> None:
    try:
        message, stranger = await hear(workspace, client, heard)
        sharing = _Sharing(workspace=workspace, client=client, heard=heard, message=message, work=work)
        if stranger is None and await _is_about_something_else(sharing):
            return
        refusal = stranger or await asyncio.to_thread(workspace.bot.refusal_to_read_in, message)
        if refusal:
            await tell(workspace, client, heard, message, refusal)
        else:
            await asyncio.gather(*(_answer(sharing, file) for file in heard.files))
    except Exception:  # the outermost edge: whoever shared it is told, with a number to look for
        await apologise(workspace, client, heard)


async def _is_about_something_else(sharing: _Sharing) -> bool:
    """Whether the files are only pictures and the like that go with words, and the words have got their answer.

    "Merk fagdagen som ferdig" with a picture of it is no plan to be read in; anybody may say that.
    """
    if not sharing.message.text or not all(file.is_no_document for file in sharing.heard.files):
        return False
    reply = await asyncio.to_thread(sharing.workspace.bot.reply, sharing.message)
    if reply.intent in NO_ANSWER:
        return False
    await tell(sharing.workspace, sharing.client, sharing.heard, sharing.message, reply)
    return True


async def _answer(sharing: _Sharing, file: SharedFile) -> None:
    """Answer one file; what takes longer than a moment is told of, and the answer then comes in that one's place."""
    workspace, client, heard = sharing.workspace, sharing.client, sharing.heard
    try:
        steps: Steps = asyncio.Queue()
        reading = asyncio.create_task(_reply_to(sharing, file, steps))
        sharing.work.tasks.add(reading)
        await asyncio.wait({reading}, timeout=SECONDS_BEFORE_PROGRESS)
        progress = None if reading.done() else await _told_of_progress(sharing, reading, steps)
        told = pages(await _read(sharing, reading, file), user=heard.user)
        if progress and await _is_changed(sharing, progress, told[0]):
            told = told[1:]
        await tell_all(client, heard, told)
    except Exception:  # the edge of this file: the others are answered all the same
        await apologise(workspace, client, heard)


async def _read(sharing: _Sharing, reading: asyncio.Task[Reply], file: SharedFile) -> Reply:
    """What came of reading it; where somebody has stopped it, that it is not read in."""
    try:
        return await reading
    except asyncio.CancelledError:
        if not sharing.work.is_stopped:
            raise
        return await sharing.said_of(PlanvaktError("stopped_reading", name=file.name))


async def _told_of_progress(sharing: _Sharing, reading: asyncio.Task[Reply], steps: Steps) -> str:
    """Tell in one message how far it has come, until it is read; return that message.

    What comes of it is told in the same place. How much is left nobody knows, so it is not told.
    """
    place, step = sharing.heard.channel, await _newest(steps)
    posted = await sending.post(sharing.client, place, await _page(sharing, step), thread=sharing.heard.thread)
    while not reading.done():
        coming = asyncio.create_task(_newest(steps))
        await asyncio.wait({reading, coming}, return_when=asyncio.FIRST_COMPLETED)
        if coming.done() and not reading.done():
            await optional(sending.change(sharing.client, place, posted, await _page(sharing, coming.result())))
        coming.cancel()
    return posted


async def _newest(steps: Steps) -> PlanvaktError:
    step = await steps.get()
    while not steps.empty():
        step = steps.get_nowait()
    return step


async def _page(sharing: _Sharing, step: PlanvaktError) -> Page:
    return pages(await sharing.said_of(step))[0]


async def _is_changed(sharing: _Sharing, posted: str, page: Page) -> bool:
    """Put the answer in place of what was said meanwhile; False where that is certainly not there any more."""
    try:
        await sending.change(sharing.client, sharing.heard.channel, posted, page)
    except SlackApiError as error:
        if is_sure(error):
            return False
        raise
    return True


async def _reply_to(sharing: _Sharing, file: SharedFile, steps: Steps) -> Reply:
    """Return the preview of the plan, or why there is none; an error here too is an answer."""

    def found(proposed: ProposedPlan) -> None:
        steps.put_nowait(PlanvaktError("file_found", title=proposed.title, count=len(proposed.entries)))

    steps.put_nowait(PlanvaktError("file_received", name=file.name))
    try:
        async with sharing.workspace.places:
            known = await _known(sharing.client, file)
            content = await sharing.workspace.files.fetch(known)
            name = known.name or known.id
            steps.put_nowait(PlanvaktError("reading_file", name=known.name))
            return await preview(sharing.workspace.bot, sharing.message, content, name, found)
    except PlanvaktError as error:
        return await sharing.said_of(error)
    except Exception:  # so that it comes in place of what was said meanwhile
        return (await apology(sharing.workspace, sharing.heard))[0]


async def _known(client: AsyncWebClient, file: SharedFile) -> SharedFile:
    """Return the file with all that Slack tells of it. Raises BadFile where it is none that we fetch."""
    known = await _asked(client, file) if file.is_stub and not file.refusal else file
    if refusal := known.refusal:
        raise refusal
    if known.address is None:
        raise BadFile("slack_file_gone", name=known.name)
    return known


async def _asked(client: AsyncWebClient, file: SharedFile) -> SharedFile:
    try:
        told = await client.files_info(file=file.id)
    except SlackApiError as error:
        if error_of(error) == NOT_GIVEN:
            raise BadFile("slack_file_not_given", name=file.name) from error
        if error_of(error) in GONE:
            raise BadFile("slack_file_gone", name=file.name) from error
        raise
    known = to_shared(told["file"])
    return replace(known, name=known.name or file.name)
