"""What is answered to a change or a doubt is in one written standard, and the same whoever reads it."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core import Bot
from bot.messages import Message, Reply, Sender
from bot.model import Language, Platform
from storage.database import Database
from tests.dialogs.plans import take_in_plans
from tests.questions.test_templates import only_in_others, plan_texts

NOW = datetime(2023, 10, 2, 9, tzinfo=ZoneInfo("Europe/Oslo"))
HERE = Path(__file__).parent
PLANS = HERE / "doubts_plans.toml"
ASKS = {
    Language.NB: "hva skjer i uke 42?",
    Language.NN: "kva skjer i veke 42?",
    Language.EN: "what happens in week 42?",
}
ALSO_NORWEGIAN = {"be"}
CHANGES = tomllib.loads((HERE / "one_standard.toml").read_text("utf-8"))["change"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", Language)
def test_changes_are_told_in_one_standard(database: Database, language: Language) -> None:
    take_in_plans(database.of(None), PLANS)
    said(database, ASKS[language])
    said(database, ASKS[language], name="XX")
    for change in CHANGES:
        of_one_standard(database, said(database, change[language]), language)
        stranger = said(database, change[language], name="XX")
        of_one_standard(database, stranger, language)
        assert stranger.changes == ()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("is_skipping", [False, True], ids=["the first way out", "skipping"])
def test_every_doubt_is_asked_in_one_standard_until_none_is_left(
    database: Database, language: Language, is_skipping: bool
) -> None:
    take_in_plans(database.of(None), PLANS)
    said(database, ASKS[language])
    reply = said(database, {"nb": "/plan sjekk", "nn": "/plan sjekk", "en": "/plan check"}[language])
    for _ in range(14):
        of_one_standard(database, reply, language)
        undoing = ("/tiltak angre", "/tiltak undo")
        says = [button.says for button in reply.buttons if not button.says.startswith(undoing)]
        once_more = says[-1] if is_skipping else says[0]
        reply = said(database, once_more)
        assert bool(reply.changes) != is_skipping, once_more
    of_one_standard(database, reply, language)
    left = [item for item in database.of(None).plans.book().items if item.doubts and not item.cancelled]
    assert len(left) == (15 if is_skipping else 1)  # what comes back every year is no doubt
    assert said(database, once_more).changes == ()


def said(database: Database, text: str, name: str | None = None) -> Reply:
    sender = Sender(platform=Platform.COMMAND_LINE, name=name)
    return Bot(database).reply(Message(text=text, now=NOW, sender=sender, conversation=f"c {name}"))


def of_one_standard(database: Database, reply: Reply, language: Language) -> None:
    assert reply.language == language, reply.text
    text = "\n".join((reply.text, *(button.label for button in reply.buttons)))
    for quoted in plan_texts(database.of(None).plans.book()):
        text = text.replace(quoted, " ")
    words = re.findall(r"[a-zæøå]+", re.sub(r"[«“][^»”]*[»”]|/\S+", " ", text).casefold())
    assert {word for word in words if word in only_in_others(language)} <= ALSO_NORWEGIAN, reply.text
