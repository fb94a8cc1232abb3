"""What Slack means when a call to it goes wrong."""

from __future__ import annotations

from collections.abc import Awaitable
from http import HTTPStatus
from typing import TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError

from handlers.platform import Closed, Limited, NotPosted, NotReached, PerhapsPosted, PostingFailed

T = TypeVar("T")

# Slack's own faults: "some aspect of the operation may have succeeded".
UNSURE = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}

# Nothing can be posted there until people do something.
CLOSED = {
    "account_inactive",
    "channel_not_found",
    "ekm_access_denied",
    "invalid_auth",
    "is_archived",
    "not_in_channel",
    "restricted_action",
    "team_access_not_granted",
    "token_expired",
    "token_revoked",
}
RATE_LIMITED = "ratelimited"
SECONDS_TO_WAIT = 30.0
FAILURES = (SlackApiError, aiohttp.ClientError, TimeoutError)


def error_of(error: SlackApiError) -> str:
    """Return Slack's code ("channel_not_found"); "http_502" where a fault gave no code."""
    code = error.response.get("error") if hasattr(error.response, "get") else None
    return str(code) if code else f"http_{status_of(error)}"


def status_of(error: SlackApiError) -> int:
    """Return the HTTP status; Slack's refusals have 200."""
    # What is no JSON at all reaches us as aiohttp's answer, and that has its status under another name.
    return int(getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0))


def is_sure(error: SlackApiError) -> bool:
    """Whether it is certain that Slack did nothing."""
    return status_of(error) < HTTPStatus.INTERNAL_SERVER_ERROR and error_of(error) not in UNSURE


def posting_failed(error: Exception) -> PostingFailed:
    """Return how a post went wrong: certainly not posted, or nobody knows."""
    if isinstance(error, SlackApiError):
        code = error_of(error)
        if status_of(error) == HTTPStatus.TOO_MANY_REQUESTS or code in (RATE_LIMITED, "rate_limited"):
            return Limited(RATE_LIMITED, _seconds_to_wait(error))
        if not is_sure(error):
            return PerhapsPosted(code)
        return Closed(code) if code in CLOSED else NotPosted(code)
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return NotReached("unreachable")
    return PerhapsPosted(type(error).__name__)


def _seconds_to_wait(error: SlackApiError) -> float:
    """What Slack says in Retry-After."""
    headers = getattr(error.response, "headers", None) or {}
    said = {str(name).lower(): value for name, value in headers.items()}.get("retry-after", "")
    return float(said) if str(said).replace(".", "", 1).isdigit() else SECONDS_TO_WAIT


async def done(asked: Awaitable[T]) -> T:
    """Return what Slack told. Raises NotPosted or PerhapsPosted."""
    try:
        return await asked
    except FAILURES as error:
        raise posting_failed(error) from error
