"""A plan's own text is shown as it stands, on one line, and does nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core import Bot
from bot.messages import Message, PartKind, Reply, Sender
from bot.model import Platform
from storage.database import Database
from tests.attack.test_permission import NOW
from tests.dialogs.plans import take_in_plans

UNSEEN = "\x00\x1b\n\r\u200b\u202e\u2028\ufeff\ud800"
SAID = [
    "hva skjer i desember?",
    "/plan hjelp",
    "/tiltak",
    "/rolle",
    "/rolle gi tull Kari",
    "/rolle gi tull \ud800",
    "/tiltak vis rød",
    "/tiltak ferdig \ud800\u202e",
    "/ukebrev vis",
    "tull \x1b[31m",
]

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def the_reply(database: Database, said: str) -> Reply:
    take_in_plans(database.of(None), Path(__file__).parent / "plans.toml")
    return Bot(database).reply(Message(text=said, now=NOW, sender=Sender(platform=Platform.COMMAND_LINE)))


@pytest.mark.parametrize("said", SAID)
def test_nothing_unseen_is_in_an_answer(database: Database, said: str) -> None:
    reply = the_reply(database, said)
    told = [part.text for part in reply.parts] + [word for one in reply.buttons for word in (one.label, one.says)]
    assert [text for text in told if set(text) & set(UNSEEN)] == []


def test_no_button_speaks_for_a_plan(database: Database) -> None:
    asked = [button.says for button in the_reply(database, "/plan hjelp").buttons]
    assert asked
    assert not [says for says in asked if says.startswith("/")]


def test_a_template_or_a_tag_is_words(database: Database) -> None:
    reply = the_reply(database, "hva skjer i desember?")
    assert "{{7*7}} <script>alert(1)</script> <!channel>" in reply.text
    assert not [part for part in reply.parts if part.kind is PartKind.HEADING and "Overskrift" in part.text]
