"""The way out to Slack: counted, and through the proxy that the environment names, for the hosts that it is for."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from handlers.slack.counting import counting

Client = TypeVar("Client", AsyncWebClient, AsyncWebhookClient, SocketModeClient)


def open_session(seconds: float) -> aiohttp.ClientSession:
    """Return what all calls go through; HTTPS_PROXY, HTTP_PROXY and NO_PROXY hold, as for other programs."""
    timeout = aiohttp.ClientTimeout(total=seconds)
    return aiohttp.ClientSession(timeout=timeout, trust_env=True, trace_configs=[counting()])


def through_session(client: Client) -> Client:
    """Let the session decide on the proxy: the SDK would ask one for every host, also for those in NO_PROXY."""
    client.proxy = None
    return client


def through_proxy(client: SocketModeClient, address: str) -> None:
    """Let Socket Mode, which has a session of its own, go through the proxy that an address is to be reached by."""
    parts = urlsplit(address)
    scheme = {"wss": "https", "ws": "http"}.get(parts.scheme, parts.scheme)
    client.proxy = None if proxy_bypass(parts.hostname or "") else getproxies().get(scheme)
