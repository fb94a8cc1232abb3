"""Posting in Slack without anybody asking: digests in channels, reminders to people."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import PlanvaktError
from bot.messages import Reply
from bot.render import render_error
from handlers.platform import Closed, Limited, NotPosted, NotReached, PartlyPosted, PostingFailed
from handlers.slack import sending
from handlers.slack.blocks import Page, pages
from handlers.slack.directory import Directory
from handlers.slack.faults import FAILURES, done, error_of, posting_failed
from handlers.slack.looking import found_in
from handlers.slack.workspaces import Workspaces

# Between the ids of the messages that one post takes; Slack's own have none.
AND = "+"
# Slack takes about one message a second in a channel.
SECONDS_BETWEEN = 1.1
_PATIENCE = 3


class SlackPlatforms:
    """Every workspace that we are installed in: the one that a channel or an account is of stands in its name."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def reaches(self, address: str) -> bool:
        """Whether we are installed where the channel or the account is."""
        return await self._workspaces.serves(_team(address))

    def together(self) -> SlackPlatforms:
        """Return the same for what is sent within some seconds: a workspace is opened once."""
        return _Together(self._workspaces)

    async def post(self, channel: str, reply: Reply, *, delivery: str) -> str:
        """Post, as SlackPlatform does. Raises NotPosted or PerhapsPosted."""
        return await (await self._of(channel)).post(channel, reply, delivery=delivery)

    async def direct(self, account: str, reply: Reply, *, delivery: str) -> str:
        """Send to one person alone, as SlackPlatform does. Raises NotPosted or PerhapsPosted."""
        return await (await self._of(account)).direct(account, reply, delivery=delivery)

    async def change(self, channel: str, message: str, reply: Reply) -> None:
        """Change what was posted, as SlackPlatform does. Raises NotPosted or PerhapsPosted."""
        await (await self._of(channel)).change(channel, message, reply)

    async def find(self, place: str, *, delivery: str, since: datetime) -> str | None:
        """Look for a message of ours, as SlackPlatform does. Raises CannotLook, NotPosted or PerhapsPosted."""
        return await (await self._of(place)).find(place, delivery=delivery, since=since)

    async def delete(self, place: str, message: str) -> None:
        """Take away a message of ours, as SlackPlatform does. Raises NotPosted or PerhapsPosted."""
        await (await self._of(place)).delete(place, message)

    async def _of(self, address: str) -> SlackPlatform:
        """Return the workspace with a token that is good now. Raises NotPosted where there is none."""
        try:
            found = await self._workspaces.of(_team(address))
        except PlanvaktError as error:
            raise NotReached(error.template) from error
        if found is None:
            raise Closed("not_installed")
        workspace, client = found
        # What is sent without anybody asking is waited for in the ledger, not in the SDK.
        return SlackPlatform(sending.without_patience(client), workspace.directory)


class _Together(SlackPlatforms):
    """Asks of each workspace once whether we are installed, and for its token."""

    def __init__(self, workspaces: Workspaces) -> None:
        super().__init__(workspaces)
        self._reached: dict[str, asyncio.Task[bool]] = {}
        self._opened: dict[str, asyncio.Task[SlackPlatform]] = {}

    async def reaches(self, address: str) -> bool:
        team = _team(address)
        if team not in self._reached:
            self._reached[team] = asyncio.create_task(super().reaches(address))
        return await self._reached[team]

    async def _of(self, address: str) -> SlackPlatform:
        team = _team(address)
        if team not in self._opened:
            self._opened[team] = asyncio.create_task(super()._of(address))
        return await self._opened[team]


def _team(address: str) -> str:
    return address.partition(":")[0]


class SlackPlatform:
    """One workspace, to post in; a channel is `T1:C7` and an account `T1:U7`, as messages from there have them."""

    def __init__(self, client: AsyncWebClient, directory: Directory) -> None:
        self._client = client
        self._directory = directory

    async def post(self, channel: str, reply: Reply, *, delivery: str) -> str:
        """Post, with what is too long for one message in its thread; to an account, in the talk with it alone.

        Raises NotPosted or PerhapsPosted.
        """
        return await self._post(await self._place(channel), pages(reply, kept=True), delivery)

    async def direct(self, account: str, reply: Reply, *, delivery: str) -> str:
        """Send to one person alone; never to a guest, or to somebody of another workspace, or who has left.

        Raises NotPosted or PerhapsPosted.
        """
        return await self._post(await self._alone(account.rpartition(":")[2]), pages(reply), delivery)

    async def _place(self, channel: str) -> str:
        """The channel as Slack has it; of an account the talk with it. Raises NotPosted."""
        place = channel.rpartition(":")[2]
        return await self._alone(place) if _is_account(place) else place

    async def _alone(self, user: str) -> str:
        """The talk with one person; never with a guest or a stranger. Raises NotPosted."""
        try:
            if (await self._directory.member(self._client, user)).is_stranger:
                raise NotPosted("stranger")
            opened = await self._client.conversations_open(users=user)
        except FAILURES as error:
            failed = posting_failed(error)
            # Whatever became of that, nobody has been written to yet.
            raise failed if isinstance(failed, NotPosted) else NotReached(failed.reason) from error
        return str(opened["channel"]["id"])

    async def _post(self, place: str, filled: Sequence[Page], delivery: str) -> str:
        first, *rest = filled
        posted = str(await done(sending.post(self._client, place, first, delivery=delivery)))
        standing = [posted]
        for page in rest:
            standing.append(await self._post_more(place, page, standing))
        return AND.join(standing)

    async def _post_more(self, place: str, page: Page, standing: Sequence[str]) -> str:
        """Post what belongs to a message in its thread, as fast as Slack takes it. Raises PartlyPosted."""
        for attempt in range(_PATIENCE):
            await asyncio.sleep(SECONDS_BETWEEN)
            try:
                return str(await done(sending.post(self._client, place, page, thread=standing[0])))
            except PostingFailed as error:
                if not isinstance(error, Limited) or attempt + 1 == _PATIENCE:
                    why = f"only in part, as {standing[0]}: {error.reason}"
                    raise PartlyPosted(why, AND.join(standing)) from error
                await asyncio.sleep(error.seconds)
        raise AssertionError("unreachable")

    async def change(self, channel: str, message: str, reply: Reply) -> None:
        """Put each page in place of the one that was posted. Raises NotPosted or PerhapsPosted.

        No message is added or taken away: what there is no message for stands in the last one, and one that there is
        nothing for says so.
        """
        place, standing = await self._place(channel), message.split(AND)
        filled = list(pages(reply, kept=True, at_most=len(standing)))
        if len(filled) < len(standing):
            filled += pages(_nothing_more(reply)) * (len(standing) - len(filled))
        try:
            for posted, page in zip(standing, filled, strict=True):
                await sending.change(self._client, place, posted, page)
        except FAILURES as error:
            raise posting_failed(error) from error

    async def find(self, place: str, *, delivery: str, since: datetime) -> str | None:
        """Look for a message of ours by the metadata that goes with each, and what hangs on it.

        Raises CannotLook without the right to read there, NotPosted or PerhapsPosted where it did not work.
        """
        return await found_in(self._client, await self._place(place), delivery=delivery, since=since)

    async def delete(self, place: str, message: str) -> None:
        """Take away a message of ours, with what belongs to it. Raises NotPosted or PerhapsPosted."""
        where = await self._place(place)
        for posted in reversed(message.split(AND)):
            try:
                await self._client.chat_delete(channel=where, ts=posted)
            except FAILURES as error:
                if not isinstance(error, SlackApiError) or error_of(error) != "message_not_found":
                    raise posting_failed(error) from error


def _nothing_more(reply: Reply) -> Reply:
    return render_error(PlanvaktError("all_stands_above"), reply.language, date.min)


def _is_account(place: str) -> bool:
    return place.startswith(("U", "W"))
