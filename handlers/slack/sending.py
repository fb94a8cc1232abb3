"""Pages to Slack: the one place that messages leave by, each checked against the limits."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.models.blocks import Block
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from handlers.slack.blocks import Page
from handlers.slack.limits import check_message
from handlers.slack.network import through_session
from handlers.slack.written import written

# What the SDK logs at lower levels has bodies in it; those are nobody's to read.
sdk_log = logging.getLogger("planvakt.slack.sdk")
sdk_log.setLevel(logging.WARNING)


DELIVERY = "planvakt_delivery"


class AnswerNotTaken(Exception):
    """Slack did not take an answer on its response_url: too late, too many, or a fault of its own."""


def retry_handlers() -> list[AsyncRetryHandler]:
    """Wait and try again where Slack asks for it, and never else.

    The SDK's default sends once more when a connection breaks, when the first message may well stand there.
    """
    return [AsyncRateLimitErrorRetryHandler(max_retry_count=2)]


def without_patience(client: AsyncWebClient) -> AsyncWebClient:
    """Return a way to call Slack that tells at once where Slack asks to wait."""
    impatient = AsyncWebClient(
        token=client.token, base_url=client.base_url, session=client.session, logger=sdk_log, retry_handlers=[]
    )
    return through_session(impatient)


async def post(
    client: AsyncWebClient, channel: str, page: Page, *, thread: str | None = None, delivery: str | None = None
) -> str:
    """Post one message and return its id. Raises what the SDK raises."""
    blocks = checked(page)
    metadata = {"event_type": DELIVERY, "event_payload": {"id": delivery}} if delivery else None
    told = await client.chat_postMessage(
        channel=channel,
        text=page.text,
        blocks=blocks or None,
        thread_ts=thread,
        metadata=metadata,
        unfurl_links=False,
        unfurl_media=False,
    )
    return str(told["ts"])


def delivery_of(message: Mapping[str, Any]) -> str | None:
    """Return what went with a message of ours, unseen, when it was posted."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != DELIVERY:
        return None
    return str((metadata.get("event_payload") or {}).get("id"))


async def post_alone(client: AsyncWebClient, channel: str, user: str, page: Page, *, thread: str | None = None) -> None:
    """Show one person a message in a channel that they and we are in. Raises what the SDK raises."""
    await client.chat_postEphemeral(
        channel=channel, user=user, text=page.text, blocks=checked(page) or None, thread_ts=thread
    )


async def change(client: AsyncWebClient, channel: str, posted: str, page: Page) -> None:
    """Put a page in place of a message of ours, for all who see that. Raises what the SDK raises."""
    await client.chat_update(channel=channel, ts=posted, text=page.text, blocks=checked(page))


async def answer(session: aiohttp.ClientSession, url: str, page: Page, *, thread: str | None = None) -> None:
    """Answer on a response_url, seen by that person alone. Raises AnswerNotTaken."""
    await _send(session, url, page, {"response_type": "ephemeral", "replace_original": False, "thread_ts": thread})


async def replace(session: aiohttp.ClientSession, url: str, page: Page) -> None:
    """Put a page in place of the message that was pressed, for all who see that. Raises AnswerNotTaken."""
    await _send(session, url, page, {"replace_original": True})


async def _send(session: aiohttp.ClientSession, url: str, page: Page, how: Mapping[str, object]) -> None:
    # Bolt's own `respond` opens a session a call, and sends again when a connection breaks.
    webhook = through_session(AsyncWebhookClient(url, session=session, retry_handlers=retry_handlers(), logger=sdk_log))
    said = {"text": page.text, "blocks": checked(page), "unfurl_links": False, "unfurl_media": False}
    told = await webhook.send_dict({**said, **how})
    if told.status_code != HTTPStatus.OK or '"ok":false' in told.body.replace(" ", ""):
        raise AnswerNotTaken(f"{told.status_code} {told.body[:100]}")


def checked(page: Page) -> list[dict[str, object]]:
    """Return the blocks as Slack takes them. Raises OverLimit where Slack would not."""
    blocks = [to_dict(block) for block in page.blocks]
    check_message(page.text, blocks)
    return blocks


def to_dict(block: Block) -> dict[str, object]:
    """Return a block as JSON; the SDK checks it by its own rules on the way."""
    made: dict[str, object] = written(block)
    return made
