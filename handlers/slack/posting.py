"""Posting in Slack without anybody asking: digests in channels, reminders to people."""

from __future__ import annotations

from collections.abc import Sequence

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.messages import Reply
from handlers.platform import NotPosted, PerhapsPosted
from handlers.slack import sending
from handlers.slack.blocks import Page, pages
from handlers.slack.directory import Directory
from handlers.slack.faults import posting_failed

FAILURES = (SlackApiError, aiohttp.ClientError, TimeoutError)


class SlackPlatform:
    """One workspace, to post in; a channel is `T1:C7` and an account `T1:U7`, as messages from there have them."""

    def __init__(self, client: AsyncWebClient, directory: Directory) -> None:
        self._client = client
        self._directory = directory

    async def post(self, channel: str, reply: Reply, *, delivery: str) -> str:
        """Post, with what is too long for one message in its thread. Raises NotPosted or PerhapsPosted."""
        return await self._post(channel.rpartition(":")[2], pages(reply, kept=True), delivery)

    async def direct(self, account: str, reply: Reply, *, delivery: str) -> str:
        """Send to one person alone; never to a guest, or to somebody of another workspace, or who has left.

        Raises NotPosted or PerhapsPosted.
        """
        user = account.rpartition(":")[2]
        try:
            if (await self._directory.member(self._client, user)).is_stranger:
                raise NotPosted("stranger")
            opened = await self._client.conversations_open(users=user)
        except FAILURES as error:
            # Whatever became of that, nobody has been written to yet.
            raise NotPosted(posting_failed(error).reason) from error
        return await self._post(str(opened["channel"]["id"]), pages(reply), delivery)

    async def _post(self, place: str, filled: Sequence[Page], delivery: str) -> str:
        first, *rest = filled
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
