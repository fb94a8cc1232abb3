"""Whether we are in a channel."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.faults import error_of

UNSEEN = "channel_not_found"


async def is_member(client: AsyncWebClient, channel: str) -> bool:
    """Whether we can post there, as far as Slack tells; a private channel that we are not in does not exist for us."""
    try:
        told = await client.conversations_info(channel=channel)
    except SlackApiError as error:
        return error_of(error) != UNSEEN
    return bool(told["channel"].get("is_member") or told["channel"].get("is_im"))
