"""What Slack tells of a file: payloads as others have recorded them, and as the reference pages show them."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.plan_files import LARGEST
from handlers.slack.shared_files import shared_files, to_shared
from handlers.slack.translate import heard_mention

# Recorded by slack-web (Haskell), tests/golden/SlackWebhookEvent/message_file_share.json; names changed.
TEXT_FILE = {
    "id": "F04EEHX1EES",
    "created": 1670631527,
    "timestamp": 1670631527,
    "name": "plan.txt",
    "title": "plan.txt",
    "mimetype": "text/plain",
    "filetype": "text",
    "pretty_type": "Plain Text",
    "user": "U043H11ES4V",
    "user_team": "T043DB835ML",
    "editable": True,
    "size": 12,
    "mode": "snippet",
    "is_external": False,
    "external_type": "",
    "is_public": False,
    "public_url_shared": False,
    "display_as_bot": False,
    "username": "",
    "url_private": "https://files.slack.com/files-pri/T043DB835ML-F04EEHX1EES/plan.txt",
    "url_private_download": "https://files.slack.com/files-pri/T043DB835ML-F04EEHX1EES/download/plan.txt",
}
# From the same place, message_file_share_slack_connect.json.
STUB = {
    "id": "F12345678",
    "mode": "file_access",
    "file_access": "check_file_info",
    "created": 0,
    "timestamp": 0,
    "user": "",
}


def test_a_file_in_an_event_is_fetched_from_its_download_address() -> None:
    (file,) = shared_files({"type": "message", "subtype": "file_share", "files": [TEXT_FILE]})
    assert (file.id, file.name, file.size, file.is_stub) == ("F04EEHX1EES", "plan.txt", 12, False)
    assert file.address == TEXT_FILE["url_private_download"]
    assert file.refusal is None


def test_a_stub_is_asked_for() -> None:
    file = to_shared(STUB)
    assert (file.is_stub, file.name, file.refusal) == (True, None, None)


def test_a_mention_brings_its_files() -> None:
    # As bolt-js has it in its type tests: no subtype, and perhaps only the id.
    event = {"type": "app_mention", "user": "U1", "text": "<@U0BOT> hei", "files": [{"id": "F111"}], "upload": False}
    heard = heard_mention(event | {"ts": "1707806347.397809", "channel": "CHE2DUW5V"})
    assert heard is not None
    assert [(file.id, file.is_stub) for file in heard.files] == [("F111", True)]


@pytest.mark.parametrize("event", [{}, {"files": None}, {"files": []}, {"files": [{}]}])
def test_a_message_without_files_has_none(event: dict[str, Any]) -> None:
    assert shared_files(event) == ()


@pytest.mark.parametrize(
    ("others", "template"),
    [
        ({"mode": "tombstone"}, "slack_file_gone"),
        ({"mode": "hidden_by_limit"}, "slack_file_gone"),
        ({"is_external": True}, "slack_file_external"),
        ({"mode": "external"}, "slack_file_external"),
        ({"mimetype": "image/heic"}, "slack_file_no_document"),
        ({"mimetype": "video/mp4"}, "slack_file_no_document"),
        ({"mode": "quip", "mimetype": "application/vnd.slack-docs"}, "slack_file_no_document"),
        ({"size": LARGEST + 1}, "bad_file_too_large"),
        ({"mimetype": "application/octet-stream", "name": "planen"}, None),
        ({"name": None, "title": None}, None),
        ({"size": "12"}, None),
    ],
)
def test_what_is_told_of_a_file_decides_whether_it_is_fetched(others: dict[str, Any], template: str | None) -> None:
    refusal = to_shared(TEXT_FILE | others).refusal
    assert (refusal.template if refusal else None) == template
