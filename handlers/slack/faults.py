"""What Slack means when a call to it goes wrong."""

from __future__ import annotations

from http import HTTPStatus

import aiohttp
from slack_sdk.errors import SlackApiError

from handlers.platform import NotPosted, PerhapsPosted, PostingFailed

# Slack's own faults: "some aspect of the operation may have succeeded".
UNSURE = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}


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
        return NotPosted(error_of(error)) if is_sure(error) else PerhapsPosted(error_of(error))
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return NotPosted("unreachable")
    return PerhapsPosted(type(error).__name__)
