"""The Slack app's manifest, filled in for one installation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from bot.errors import BadSetting

NAME = "app_manifest.yml"
PATH = "/slack/events"
INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
ADDRESSES = ("url", "request_url", "message_menu_options_url")


def manifest(url: str | None, *, socket_mode: bool, static_token: bool = False, pages: str | None = None) -> str:
    """Return the manifest as YAML: for an address, for Socket Mode, or with a placeholder where neither is said.

    With an address, workspaces install by OAuth, and their tokens are renewed; unless `static_token` says that there
    is one workspace, whose token, which must then not end, is in the settings.
    `pages` is where our own pages are reached, where Slack reaches us by no address. Items' addresses are shown there.
    Raises BadSetting where the address is not one that Slack can reach: it takes https only.
    """
    filled_in = _as_it_stands()
    if socket_mode:
        filled_in["settings"]["socket_mode_enabled"] = True
        for part, key in list(_addresses(filled_in)):
            del part[key]
        _show_addresses_of(filled_in, pages)
    elif url is not None:
        address = _base(url) + PATH
        for part, key in _addresses(filled_in):
            part[key] = address
        _show_addresses_of(filled_in, url)
        if not static_token:
            filled_in["oauth_config"]["redirect_urls"] = [_base(url) + REDIRECT]
            filled_in["settings"]["token_rotation_enabled"] = True
    written: str = yaml.safe_dump(filled_in, sort_keys=False, allow_unicode=True, width=110)
    return written


def scopes() -> frozenset[str]:
    """Return the scopes that the app asks for."""
    return frozenset(_as_it_stands()["oauth_config"]["scopes"]["bot"])


def _as_it_stands() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(_file().read_text("utf-8"))
    return loaded


def _file() -> Path:
    """A wheel has it beside this file; a checkout has it at the top."""
    beside = Path(__file__).with_name(NAME)
    return beside if beside.exists() else Path(__file__).parents[2] / NAME


def _addresses(filled_in: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Every place where an address of ours stands."""
    settings = filled_in["settings"]
    for part in (
        *filled_in["features"]["slash_commands"],
        settings["event_subscriptions"],
        settings["interactivity"],
    ):
        yield from ((part, key) for key in ADDRESSES if key in part)


def _base(url: str) -> str:
    parts = urlsplit(url.strip())
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise BadSetting("slack_bad_address", address=url)
    # Whoever copies the address from Slack has our path at its end already.
    return f"https://{parts.netloc}{parts.path.rstrip('/').removesuffix(PATH)}"


def _show_addresses_of(filled_in: dict[str, Any], url: str | None) -> None:
    """Let Slack tell us of addresses at that host; without one, of none."""
    if url is not None:
        filled_in["features"]["unfurl_domains"] = [urlsplit(url.strip()).hostname]
        return
    del filled_in["features"]["unfurl_domains"]
    filled_in["settings"]["event_subscriptions"]["bot_events"].remove("link_shared")
