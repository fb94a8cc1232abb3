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

Client = TypeVar("Client", AsyncWebClient, AsyncWebhookClient)


def open_session(seconds: float) -> aiohttp.ClientSession:
    """Return what all calls go through; whoever calls says through which proxy, by `proxy_for`.

    Told to trust the environment, the session would read it and a file of passwords anew for each call, on the threads
    that the answers are made on.
    """
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=seconds), trace_configs=[counting()])


def proxy_for(address: str) -> str | None:
    """Return the proxy to reach an address by: HTTPS_PROXY, HTTP_PROXY and NO_PROXY hold, as for other programs."""
    parts = urlsplit(address)
    scheme = {"wss": "https", "ws": "http"}.get(parts.scheme, parts.scheme)
    return None if proxy_bypass(parts.hostname or "") else getproxies().get(scheme)


def through_session(client: Client) -> Client:
    """Let a client use the proxy for its address: the SDK would ask one for every host, also for those in NO_PROXY."""
    client.proxy = proxy_for(client.base_url if isinstance(client, AsyncWebClient) else client.url)
    return client


def through_proxy(client: SocketModeClient, address: str) -> None:
    """Let Socket Mode, which has a session of its own, go through the proxy that an address is to be reached by."""
    client.proxy = proxy_for(address)
