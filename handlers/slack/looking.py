"""A message of ours found again in Slack, by the metadata that goes with each."""

from __future__ import annotations

from datetime import datetime, timedelta

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.platform import CannotLook
from handlers.slack import sending
from handlers.slack.faults import FAILURES, error_of, posting_failed

# Their clock and ours may differ.
_BEFORE = timedelta(seconds=60)
# As many as an app that is not Slack's own may read at once.
_A_PAGE, _MOST_PAGES = 15, 40
_NOT_OURS = {"missing_scope", "no_permission", "not_allowed_token_type", "method_not_supported_for_channel_type"}


async def found_in(client: AsyncWebClient, channel: str, *, delivery: str, since: datetime) -> str | None:
    """Return the id of the message with that delivery that has stood in the channel since then, or None.

    Raises CannotLook without the right to read there, NotPosted or PerhapsPosted where it did not work.
    """
    cursor, oldest = "", f"{(since - _BEFORE).timestamp():.6f}"
    for _ in range(_MOST_PAGES):
        try:
            told = await client.conversations_history(
                channel=channel, oldest=oldest, include_all_metadata=True, limit=_A_PAGE, cursor=cursor or None
            )
        except FAILURES as error:
            if isinstance(error, SlackApiError) and error_of(error) in _NOT_OURS:
                raise CannotLook(error_of(error)) from error
            raise posting_failed(error) from error
        for message in told.get("messages") or ():
            if sending.delivery_of(message) == delivery:
                return str(message["ts"])
        cursor = str((told.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return None
    raise CannotLook("too_much_to_read")
