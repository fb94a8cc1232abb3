"""What Slack shows around a talk with us: what to ask, that we are at work, and the stop that ends it.

None of this is an answer. Where Slack does not give it (an older app, a scope that is not there), or does not answer,
the answer comes as it would have.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers.suggesting import title_of_suggestions
from bot.understanding.language import language_of
from handlers.slack.faults import error_of
from handlers.slack.limits import OverLimit, check_prompts, check_status
from handlers.slack.translate import Heard

log = logging.getLogger("planvakt.slack")

# An answer mostly takes some milliseconds; what is told of for a moment only flickers.
SECONDS_BEFORE_STATUS = 0.3
SECONDS_A_CALL = 5.0
PROCESSING, ACTIVE = "processing", "active"
NO_STATUS = ""

Words: TypeAlias = Callable[[], Awaitable[str]]


@dataclass(eq=False, slots=True)
class Work:
    """An answer on its way. A stop ends its `tasks`; what nothing can end is let to its end, and only not told."""

    is_stopped: bool = False
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    def stop(self) -> None:
        """End it, as far as it can be."""
        self.is_stopped = True
        for task in self.tasks:
            task.cancel()


@dataclass(slots=True)
class UnderWay:
    """What is waited for in one workspace, by the channel and thread that Slack shows it in."""

    seconds: float = SECONDS_BEFORE_STATUS
    _found: dict[tuple[str, str], set[Work]] = field(default_factory=dict)

    def stop(self, channel: str, thread: str) -> None:
        """End all work in a thread."""
        for work in tuple(self._found.get((channel, thread), ())):
            work.stop()

    @asynccontextmanager
    async def working(self, client: AsyncWebClient, heard: Heard, doing: Words) -> AsyncIterator[Work]:
        """Show that we are at work where that takes more than a moment; when it is left, it is taken away.

        `doing` tells in words what we do; it is only asked where that is shown.
        """
        work, over = Work(), asyncio.Event()
        if heard.session is None:  # said where Slack has no place for it
            yield work
            return
        place = heard.channel, heard.session
        self._found.setdefault(place, set()).add(work)
        showing = asyncio.create_task(_shown(client, place, doing, over, self.seconds))
        try:
            yield work
        finally:
            self._found[place].discard(work)
            if not self._found[place]:
                del self._found[place]
            over.set()
            await showing


async def _shown(
    client: AsyncWebClient, place: tuple[str, str], doing: Words, over: asyncio.Event, seconds: float
) -> None:
    """Show that we are at work, and when it is over, that we are not: one after the other, however fast that comes."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await over.wait()
        return
    words, (channel, thread) = await doing(), place
    check_status(words)
    await optional(client.agents_sessions_setStatus(channel_id=channel, thread_ts=thread, status=PROCESSING))
    await optional(
        client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status=words, loading_messages=[words])
    )
    await over.wait()
    await clear(client, channel, thread)


async def clear(client: AsyncWebClient, channel: str, thread: str) -> None:
    """Say that we are not at work in a thread: what is left hanging there keeps the person from writing on."""
    await optional(client.agents_sessions_setStatus(channel_id=channel, thread_ts=thread, status=ACTIVE))
    await optional(client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status=NO_STATUS))


async def suggest(client: AsyncWebClient, channel: str, sentences: tuple[str, ...]) -> None:
    """Show what may be asked, above where the person writes; a thread's id would make Slack show it to nobody."""
    if not sentences:
        return
    prompts = [{"title": sentence, "message": sentence} for sentence in sentences]
    title = title_of_suggestions(language_of(" ".join(sentences)))
    try:
        check_prompts(title, prompts)
    except OverLimit as error:
        log.warning("nothing was suggested: %s", error)
        return
    await optional(client.assistant_threads_setSuggestedPrompts(channel_id=channel, title=title, prompts=prompts))


async def optional(calling: Awaitable[object]) -> bool:
    """Do what an answer can be without; whether Slack took it."""
    try:
        async with asyncio.timeout(SECONDS_A_CALL):
            await calling
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
        log.info("Slack does not show it: %s", error_of(error) if isinstance(error, SlackApiError) else "no answer")
        return False
    return True


def stopped_at(event: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the channel and the thread that an agent_session_stopped is about."""
    channel, thread = event.get("channel"), event.get("thread_ts")
    return (str(channel), str(thread)) if channel and thread else None
