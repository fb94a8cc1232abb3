"""What the README says can be asked has an answer in the example plans, and the same one in both standards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core import Bot
from bot.messages import Message, Reply, Sender
from bot.model import Language, Platform
from bot.understanding.frame import Intent
from handlers.web.examples import load_examples
from storage.database import Database

NOW = datetime(2026, 9, 16, 9, 5, tzinfo=ZoneInfo("Europe/Oslo"))
TEXT = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
TABLE = TEXT[TEXT.index("| Bokmål | Nynorsk |") :].partition("\n\n")[0]
ROWS = [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in TABLE.splitlines()[2:]]
FURTHER = re.findall(r"«([^»]+)»", TEXT[TEXT.index("Gå gjerne videre i samme tråd") :].partition("\n")[0])


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('readme')}/planvakt.db", web_administrator=True)
    load_examples(database.of(None), NOW)
    yield Bot(database)
    database.close()


@pytest.mark.parametrize(("bokmål", "nynorsk"), ROWS)
def test_what_can_be_asked_has_one_answer_in_both_standards(bot: Bot, bokmål: str, nynorsk: str) -> None:
    one, other = ask(bot, bokmål), ask(bot, nynorsk)
    assert one.intent == other.intent != Intent.OUT_OF_SCOPE, one.text
    assert one.items == other.items
    assert one.language is Language.NB
    assert other.language is (Language.NB if nynorsk == bokmål else Language.NN)


def test_each_further_question_goes_on_from_the_first(bot: Bot) -> None:
    ask(bot, "Hva skjer neste uke?", "thread")
    assert [text for text in FURTHER if ask(bot, text, "thread").intent == Intent.OUT_OF_SCOPE] == []


def test_the_table_shows_each_kind_of_question(bot: Bot) -> None:
    assert len({ask(bot, bokmål).intent for bokmål, _ in ROWS}) >= 16
    assert len(FURTHER) >= 4


def ask(bot: Bot, text: str, conversation: str | None = None) -> Reply:
    sender = Sender(platform=Platform.COMMAND_LINE)
    return bot.reply(Message(text=text, now=NOW, sender=sender, conversation=conversation))
