from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.errors import BadSetting
from handlers.slack.form_presses import MEASURE, NEW_ITEM
from handlers.slack.manifest import manifest, scopes

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT.parent / "shared" / "slack-manifest" / "manifest.schema.2.0.0.json"
# The schema knows no names of scopes and events, so those that we may use are here, from Slack's reference.
SCOPES = {
    "app_mentions:read",
    "assistant:write",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "groups:read",
    "im:history",
    "im:write",
    "links:read",
    "links:write",
    "usergroups:read",
    "users:read",
}
EVENTS_AND_THEIR_SCOPES = {
    "agent_session_stopped": None,
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "app_uninstalled": None,
    "link_shared": "links:read",
    "subteam_members_changed": "usergroups:read",
    "subteam_updated": "usergroups:read",
    "tokens_revoked": None,
    "message.im": "im:history",
}
WAYS = [(None, False), ("https://plan.kommunen.no", False), (None, True)]


def filled_in(url: str | None = None, socket_mode: bool = False) -> Any:
    return yaml.safe_load(manifest(url, socket_mode=socket_mode))


@pytest.mark.skipif(not SCHEMA.exists(), reason="Slack's schema of manifests is not beside the project")
@pytest.mark.parametrize(("url", "socket_mode"), WAYS)
def test_the_manifest_is_valid_by_slacks_own_schema(url: str | None, socket_mode: bool) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.validators.validator_for(schema)(schema).validate(filled_in(url, socket_mode))


def test_only_known_scopes_and_events_are_asked_for() -> None:
    asked = filled_in()
    assert scopes() == SCOPES
    assert set(asked["settings"]["event_subscriptions"]["bot_events"]) == set(EVENTS_AND_THEIR_SCOPES)
    assert scopes() >= {scope for scope in EVENTS_AND_THEIR_SCOPES.values() if scope}


def test_it_is_an_agent_that_can_be_written_to() -> None:
    features = filled_in()["features"]
    assert "assistant_view" not in features
    assert len(features["agent_view"]["suggested_prompts"]) == 4
    assert features["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


@pytest.mark.parametrize(
    "url",
    ["https://plan.kommunen.no", "https://plan.kommunen.no/", "https://plan.kommunen.no/slack/events"],
)
def test_an_address_stands_everywhere(url: str) -> None:
    text = manifest(url, socket_mode=False)
    assert text.count("https://plan.kommunen.no/slack/events") == 6
    assert "example" not in text


def test_many_workspaces_install_at_the_address_with_tokens_that_end() -> None:
    asked = filled_in("https://plan.kommunen.no/slack/events")
    assert asked["oauth_config"]["redirect_urls"] == ["https://plan.kommunen.no/slack/oauth_redirect"]
    assert asked["settings"]["token_rotation_enabled"] is True
    assert asked["settings"]["org_deploy_enabled"] is False


@pytest.mark.parametrize(
    "asked",
    [
        manifest(None, socket_mode=True),
        manifest("https://plan.kommunen.no", socket_mode=False, static_token=True),
    ],
)
def test_a_token_in_the_settings_does_not_end(asked: str) -> None:
    told = yaml.safe_load(asked)
    assert "redirect_urls" not in told["oauth_config"]
    assert told["settings"]["token_rotation_enabled"] is False


def test_socket_mode_needs_no_address() -> None:
    assert filled_in(socket_mode=True)["settings"]["socket_mode_enabled"] is True
    assert "https://" not in manifest(None, socket_mode=True)


def test_addresses_are_shown_of_the_host_that_our_pages_are_at() -> None:
    assert filled_in("https://plan.kommunen.no/slack/events")["features"]["unfurl_domains"] == ["plan.kommunen.no"]
    apart = yaml.safe_load(manifest(None, socket_mode=True, pages="https://plan.kommunen.no:8443/planvakt"))
    assert apart["features"]["unfurl_domains"] == ["plan.kommunen.no"]
    nowhere = filled_in(socket_mode=True)
    assert "unfurl_domains" not in nowhere["features"]
    assert "link_shared" not in nowhere["settings"]["event_subscriptions"]["bot_events"]


@pytest.mark.parametrize("url", ["http://plan.no", "plan.no", "https://", "https://plan.no?x=1", ""])
def test_an_address_that_slack_cannot_reach_is_refused(url: str) -> None:
    with pytest.raises(BadSetting):
        manifest(url, socket_mode=False)


def test_every_command_escapes_what_it_is_told() -> None:
    commands = {one["command"]: one["should_escape"] for one in filled_in()["features"]["slash_commands"]}
    assert commands == {"/plan": True, "/tiltak": True, "/rolle": True, "/ukebrev": True}


def test_every_shortcut_is_one_that_is_heard() -> None:
    shortcuts = {one["callback_id"]: one["type"] for one in filled_in()["features"]["shortcuts"]}
    assert shortcuts == {NEW_ITEM: "global", MEASURE: "message"}
    assert all(len(one["name"]) <= 24 for one in filled_in()["features"]["shortcuts"])
