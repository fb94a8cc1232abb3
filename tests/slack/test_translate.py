from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.model import Platform
from handlers.slack.directory import to_member
from handlers.slack.translate import (
    HELP,
    Heard,
    as_shown,
    heard_command,
    heard_direct,
    heard_mention,
    heard_press,
    mentioned,
    plain,
    to_message,
)
from tests.slack.builders import INSTALLATION

HERE = Path(__file__).parent
NAMES = {"U0KARI": "Kari Nordmann", "U0OLA": "Ola Hansen", "U0RAR": "Rar <|navn>"}
NOW = datetime(2023, 8, 30, 9, 5, tzinfo=ZoneInfo("Europe/Oslo"))


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((HERE / name).read_text("utf-8"))["case"]
    return found


@pytest.mark.parametrize("case", cases("markup.toml"), ids=lambda case: case["slack"])
def test_markup_becomes_the_words_that_people_see(case: dict[str, Any]) -> None:
    assert plain(case["slack"], NAMES, INSTALLATION) == case["plain"]


@pytest.mark.parametrize("case", cases("events.toml"), ids=lambda case: case["name"])
def test_only_a_persons_own_plain_message_is_heard(case: dict[str, Any]) -> None:
    assert (heard_direct(case["event"]) is not None) is case["heard"]


def message_of(heard: Heard) -> Any:
    return to_message(heard, names=NAMES, installation=INSTALLATION, organisation=None, now=NOW)


def test_a_mention_is_answered_in_its_thread() -> None:
    event = {"user": "U0KARI", "text": "<@U0BOT> hva?", "channel": "C0PLAN", "ts": "1.2"}
    assert heard_mention(event) == Heard(user="U0KARI", text="<@U0BOT> hva?", channel="C0PLAN", thread="1.2")
    within = heard_mention(event | {"thread_ts": "1.1"})
    assert within is not None
    assert within.thread == "1.1"


def test_a_mention_by_a_bot_is_not_heard() -> None:
    assert heard_mention({"bot_id": "B1", "user": "U1", "text": "", "channel": "C1", "ts": "1.2"}) is None


def test_a_message_knows_who_where_and_when() -> None:
    message = message_of(Heard(user="U0KARI", text="<@U0BOT> hva?", channel="C0PLAN", thread="1.2"))
    assert (message.text, message.now, message.channel) == ("hva?", NOW, "T0PLAN:C0PLAN")
    assert message.conversation == "slack:T0PLAN:C0PLAN:1.2"
    assert message.sender.platform is Platform.SLACK
    assert (message.sender.account, message.sender.name) == ("T0PLAN:U0KARI", "Kari Nordmann")


def test_a_direct_message_has_no_channel() -> None:
    message = message_of(Heard(user="U0KARI", text="hva?", channel="D0KARI"))
    assert (message.channel, message.conversation) == (None, "slack:T0PLAN:D0KARI:U0KARI")


def test_an_empty_mention_asks_for_help() -> None:
    assert message_of(Heard(user="U0KARI", text="<@U0BOT> ", channel="C0PLAN", thread="1.2")).text == HELP


def test_a_command_is_heard_with_its_words() -> None:
    body = {"command": "/tiltak", "text": "ferdig fagdag", "user_id": "U1", "channel_id": "C1", "response_url": "u"}
    assert heard_command(body) == Heard(user="U1", text="/tiltak ferdig fagdag", channel="C1", answer_url="u")
    assert heard_command({**body, "text": ""}).text == "/tiltak"


def press(**others: Any) -> dict[str, Any]:
    """A block_actions payload of a message with two buttons."""
    buttons = [
        {"type": "button", "action_id": f"says:{at}", "value": says, "text": {"type": "plain_text", "text": says}}
        for at, says in enumerate(("/tiltak ferdig <A>", "/tiltak ferdig B"))
    ]
    section = {"type": "section", "block_id": "b1", "text": {"type": "mrkdwn", "text": "*Uke 36*", "verbatim": True}}
    row = {"type": "actions", "block_id": "answer", "elements": buttons}
    return {
        "type": "block_actions",
        "user": {"id": "U1"},
        "container": {"channel_id": "D1", "message_ts": "1.2", "is_ephemeral": False},
        "response_url": "u",
        "message": {"text": "Uke 36", "blocks": [section, row]},
        "actions": [{**buttons[0], "block_id": "answer"}],
        **others,
    }


def test_a_press_says_what_the_button_holds_letter_by_letter() -> None:
    heard = heard_press(press())
    assert heard is not None
    assert message_of(heard).text == "/tiltak ferdig <A>"


def test_a_press_leaves_the_message_without_its_button() -> None:
    heard = heard_press(press())
    assert heard is not None
    assert heard.pressed is not None
    left = [block.to_dict() for block in heard.pressed.left]
    assert [element["value"] for element in left[1]["elements"]] == ["/tiltak ferdig B"]
    assert left[0]["text"]["verbatim"] is True


def test_of_a_message_for_one_persons_eyes_nothing_is_left() -> None:
    heard = heard_press(press(message=None, container={"channel_id": "C1", "is_ephemeral": True}))
    assert heard is not None
    assert heard.pressed is not None
    assert (heard.pressed.left, heard.pressed.is_ephemeral) == ((), True)


@pytest.mark.parametrize(("thread", "answered_in"), [("1.1", "1.1"), ("1.2", None), (None, None)])
def test_a_press_is_answered_where_its_message_stands(thread: str | None, answered_in: str | None) -> None:
    container = {"channel_id": "C1", "message_ts": "1.2", "is_ephemeral": False, "thread_ts": thread}
    heard = heard_press(press(container=container))
    assert heard is not None
    assert heard.thread == answered_in


def test_a_press_outside_messages_is_not_heard() -> None:
    assert heard_press(press(container={"type": "view"}, response_url=None)) is None


def test_mentions_are_found_and_shown_by_name() -> None:
    assert mentioned("gi <@U0KARI|kari> og <@W0OLA> <#C1|plan>") == ("U0KARI", "W0OLA")
    assert as_shown("/rolle gi Leder <@T0PLAN:U0KARI|Kari Nordmann>") == "/rolle gi Leder @Kari Nordmann"


@pytest.mark.parametrize(
    ("user", "is_stranger"),
    [
        ({"team_id": "T0PLAN"}, False),
        ({"team_id": "T0PLAN", "is_restricted": True}, True),
        ({"team_id": "T0PLAN", "is_ultra_restricted": True}, True),
        ({"team_id": "T0ANNEN"}, True),
        ({"team_id": "T0ANNEN", "enterprise_user": {"enterprise_id": "E1"}}, True),
        ({"team_id": "T0PLAN", "is_stranger": True}, True),
    ],
)
def test_guests_and_people_of_other_workspaces_are_strangers(user: dict[str, Any], is_stranger: bool) -> None:
    member = to_member({"id": "U1", "name": "kari", **user}, INSTALLATION)
    assert (member.is_stranger, member.name) == (is_stranger, "kari")
