"""Addresses of items that people share in Slack: shown below the message, for the plans' own people alone.

All who read where it stands see it, so it is shown in no channel that is shared with another organisation, and not in
a message that is still being written, of which nobody knows yet where it will stand.
"""

from __future__ import annotations

import asyncio
import logging
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers.cards import PATH
from bot.messages import Message, Reply
from handlers.slack import sending
from handlers.slack.agent import optional
from handlers.slack.blocks import Page, pages
from handlers.slack.conversation import Workspace, apology, hear, reply_to
from handlers.slack.deliveries import Body, installed_teams
from handlers.slack.faults import error_of
from handlers.slack.translate import Heard, Pressed

log = logging.getLogger("planvakt.slack")

MOST_LINKS = 5
COMPOSER = "composer"
NOT_THERE = frozenset({"not_in_channel", "channel_not_found", "user_not_in_channel", "is_archived"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedLinks:
    """A message with addresses of items in it; `keys` has the key that each address ends with."""

    user: str
    channel: str
    message: str
    keys: Mapping[str, str]


async def unfurl(workspace: Workspace, client: AsyncWebClient, body: Body) -> None:
    """Show what the addresses in a message lead to, where all who read it may see that."""
    try:
        shared = shared_links(body, workspace.address, workspace.installation.team)
        if shared is not None:
            await _unfurl(workspace, client, shared)
    except Exception:  # the outermost edge: nobody has asked, so nobody is told
        log.exception("an address was not shown")


async def press_unfurled(workspace: Workspace, client: AsyncWebClient, body: Body) -> None:
    """Do what a press below a message says: whoever pressed is answered, and what all see is shown anew."""
    container, action = body["container"], body["actions"][0]
    heard = Heard(
        user=str(body["user"]["id"]),
        text=str(action.get("value") or ""),
        channel=str(container["channel_id"]),
        answer_url=body.get("response_url"),
        pressed=Pressed(is_ephemeral=True),
    )
    try:
        _, reply = await reply_to(workspace, client, heard)
    except Exception:  # the outermost edge: whoever pressed is told, with a number to look for
        reply, _ = await apology(workspace, heard)
    await _tell(workspace, client, heard, reply)
    url = str(container.get("app_unfurl_url") or "")
    key = key_in(url, workspace.address)
    if reply.changes and key is not None:
        shown = SharedLinks(
            user=heard.user, channel=heard.channel, message=str(container["message_ts"]), keys={url: key}
        )
        await _unfurl(workspace, client, shown)


def shared_links(body: Body, address: str | None, team: str) -> SharedLinks | None:
    """Return the addresses of ours in a link_shared; None where they are to be shown to nobody.

    Slack says of each event whether its channel is shared with others; where it does not say, it may be.
    """
    event = body["event"]
    is_own = body.get("team_id") == team and team in (installed_teams(body) or (team,))
    if not is_own or body.get("is_ext_shared_channel") is not False or event.get("source") == COMPOSER:
        return None
    keys = dict(_keys(event, address))
    user, channel, message = (str(event.get(name) or "") for name in ("user", "channel", "message_ts"))
    return SharedLinks(user=user, channel=channel, message=message, keys=keys) if keys and user and message else None


def key_in(url: str, address: str | None) -> str | None:
    """Return the key that an address of ours ends with; None for any other address."""
    if address is None:
        return None
    try:
        ours, theirs = urlsplit(address), urlsplit(url)
        is_ours = (theirs.scheme, theirs.hostname, theirs.port) == (ours.scheme, ours.hostname, ours.port)
    except ValueError:  # a port or a host that there cannot be
        return None
    path = ours.path + PATH + "/"
    if not is_ours or not theirs.path.startswith(path):
        return None
    key = unicodedata.normalize("NFC", unquote(theirs.path.removeprefix(path))).strip("/")
    return key if key and "/" not in key else None


def _keys(event: Mapping[str, Any], address: str | None) -> Iterator[tuple[str, str]]:
    for link in (event.get("links") or ())[:MOST_LINKS]:
        url = str(link.get("url") or "")
        if key := key_in(url, address):
            yield url, key


async def _unfurl(workspace: Workspace, client: AsyncWebClient, shared: SharedLinks) -> None:
    heard = Heard(user=shared.user, text="", channel=shared.channel)
    message, refusal = await hear(workspace, client, heard)
    if refusal is not None:
        return
    shown = await asyncio.to_thread(_shown, workspace, replace(message, text=""), shared.keys)
    if shown:
        await optional(client.chat_unfurl(channel=shared.channel, ts=shared.message, unfurls=shown))


def _shown(workspace: Workspace, message: Message, keys: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """What is shown below each address that leads to an item; `fallback` has all its words."""
    shown = {}
    for url, key in keys.items():
        reply = workspace.bot.card(message, key)
        if reply is not None:
            (page, *_) = pages(reply)
            shown[url] = {"blocks": sending.checked(page), "fallback": page.text}
    return shown


async def _tell(workspace: Workspace, client: AsyncWebClient, heard: Heard, reply: Reply) -> None:
    """Answer whoever pressed, for their eyes alone: there, or directly where we are not in that channel."""
    for page in pages(reply, user=heard.user, at_most=1):
        if heard.answer_url:
            await sending.answer(workspace.session, heard.answer_url, page)
        else:
            await _tell_without_address(client, heard, page)


async def _tell_without_address(client: AsyncWebClient, heard: Heard, page: Page) -> None:
    try:
        await sending.post_alone(client, heard.channel, heard.user, page)
    except SlackApiError as error:
        if error_of(error) not in NOT_THERE:
            raise
        await sending.post(client, heard.user, page)
