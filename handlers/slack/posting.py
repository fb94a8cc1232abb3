"""Posting in Slack without anybody asking: the digests."""

from __future__ import annotations

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.messages import Reply
from handlers.platform import PerhapsPosted
from handlers.slack import sending
from handlers.slack.blocks import pages
from handlers.slack.faults import posting_failed

FAILURES = (SlackApiError, aiohttp.ClientError, TimeoutError)


class SlackPlatform:
    """One workspace, to post in; a channel is `T1:C7`, as messages from there have it."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def post(self, channel: str, reply: Reply, *, delivery: str) -> str:
        """Post, with what is too long for one message in its thread. Raises NotPosted or PerhapsPosted."""
        first, *rest = pages(reply, kept=True)
        place = channel.rpartition(":")[2]
        try:
            posted = await sending.post(self._client, place, first, delivery=delivery)
        except FAILURES as error:
            raise posting_failed(error) from error
        try:
            for page in rest:
                await sending.post(self._client, place, page, thread=posted)
        except FAILURES as error:
            raise PerhapsPosted(f"only in part, as {posted}: {posting_failed(error).reason}") from error
        return posted

    async def change(self, channel: str, message: str, reply: Reply) -> None:
        """Put the first page in place of what was posted. Raises NotPosted or PerhapsPosted."""
        try:
            await sending.change(self._client, channel.rpartition(":")[2], message, pages(reply, kept=True)[0])
        except FAILURES as error:
            raise posting_failed(error) from error
