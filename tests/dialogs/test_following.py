"""What a channel follows is its own affair, holds for its digest, and costs no new book for each question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core import Bot
from bot.digest import Subscription
from bot.followed import only
from bot.messages import Message, Sender
from bot.model import Book, Platform
from bot.understanding.names import names_of
from storage.database import Database
from tests.dialogs.plans import take_in_plans
from tests.dialogs.test_dialogs import NOW

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HERE = Message(text="", now=NOW, sender=Sender(platform=Platform.COMMAND_LINE), channel="C1")


@pytest.fixture
def bot(database: Database) -> Bot:
    for organisation in (None, "Havdal"):
        take_in_plans(database.of(organisation))
    return Bot(database)


def test_what_a_channel_follows_in_one_organisation_is_nothing_to_another(bot: Bot) -> None:
    assert bot.reply(replace(HERE, text="/plan følg FO")).changes
    ours = bot.reply(replace(HERE, text="Hva skjer i desember?"))
    theirs = bot.reply(replace(HERE, text="Hva skjer i desember?", organisation="Havdal"))
    assert {item.title for item in ours.items} == {"Nettverksmøte"}
    assert {item.title for item in theirs.items} >= {"Nettverksmøte", "Foreldremøte", "FAU"}


def test_the_digest_of_a_channel_holds_what_it_follows(bot: Bot, database: Database) -> None:
    here = Subscription(id=None, platform=Platform.COMMAND_LINE, channel="C1")
    assert bot.reply(replace(HERE, text="/plan følg SFO")).changes
    store = database.of(None)
    assert {item.key.partition("-")[0] for item in bot.digest(store, here, NOW).items} == {"SFO"}
    elsewhere = bot.digest(store, replace(here, channel="C2"), NOW)
    assert {item.key.partition("-")[0] for item in elsewhere.items} == {"FO", "SFO"}


def test_a_button_that_asks_works_where_it_stands(bot: Bot) -> None:
    bot.reply(replace(HERE, text="/plan følg FO"))
    told = bot.reply(replace(HERE, text="Når er neste foreldremøte?"))
    asked = [bot.reply(replace(HERE, text=button.says)) for button in told.buttons]
    assert [[item.title for item in reply.items] for reply in asked] == [["Foreldremøte"]]


def test_a_part_of_a_book_is_made_once_and_leaves_the_book_alone(bot: Bot, database: Database) -> None:
    book: Book = database.of(None).plans.book()
    first, second = book.plans
    part = only(book, [first.id])
    assert only(book, (first.id,)) is part
    assert names_of(only(book, [first.id])) is names_of(part)
    assert (part.plans, {item.plan_id for item in part.items}) == ((first,), {first.id})
    assert only(book, ()) is only(book, [first.id, second.id]) is book
    assert len(book.plans) == 2


def test_roles_of_other_plans_are_none_here(bot: Bot, database: Database) -> None:
    for text in ("/rolle gi SFO-leder Kari", "/rolle gi Programleiar Ola"):
        assert bot.reply(replace(HERE, text=text)).changes
    book = database.of(None).plans.book()
    names = {plan.short: {role.name for role in only(book, [plan.id]).roles} for plan in book.plans}
    assert names == {"FO": {"Programleiar", "planeier"}, "SFO": {"SFO-leder", "planeier"}}
