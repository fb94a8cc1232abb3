"""A digest holds what the table says, in each written standard, over a real database."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.core import Bot
from bot.digest import Subscription, Target
from bot.digest_contents import MOST_ROWS, digest_of
from bot.history import Author
from bot.messages import Message, Sender
from bot.model import Book, Item, Kind, Plan, Platform, Precision, Span
from storage.database import Database, OrganisationStore
from tests.deliveries import delivered
from tests.dialogs.plans import take_in_plans

HERE = Path(__file__).parent
ADMINISTRATOR = Sender(platform=Platform.COMMAND_LINE)
SETTINGS = ("language", "shows_waiting")
CASES = tomllib.loads((HERE / "contents.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_digest_holds(database: Database, case: Mapping[str, Any]) -> None:
    store, bot = database.of(None), Bot(database)
    take_in_plans(store, HERE / "plans.toml")
    for at, said in case.get("given", ()):
        assert bot.reply(Message(text=with_keys(said, store.plans.book()), now=at, sender=ADMINISTRATOR)).changes, said
    reply = bot.digest(store, settled(store, case), case["at"])
    assert len(set(reply.items)) == len(reply.items)
    parts = {section.name: [item.title for item in section.items] for section in reply.sections}
    assert parts == case.get("parts", parts)
    assert reply.period is not None
    period = [reply.period.start, reply.period.end]
    assert period == case.get("period", period)
    assert all(piece in reply.text for piece in case.get("has", ())), reply.text
    assert not any(piece in reply.text for piece in case.get("lacks", ())), reply.text
    assert all(button.says.startswith(tuple(case.get("buttons", "/"))) for button in reply.buttons)


def test_more_than_thirty_rows_are_counted_and_those_without_a_day_give_way_first() -> None:
    monday = date(2026, 11, 23)
    items = [an_item(number, date(2026, 11, 24), date(2026, 11, 24)) for number in range(28)]
    month = [an_item(number, date(2026, 11, 1), date(2026, 11, 30)) for number in range(28, 38)]
    digest = digest_of(a_book([*items, *month]), monday)
    assert (len(digest.week), len(digest.month), digest.left_out) == (28, MOST_ROWS - 28, 8)


@pytest.mark.parametrize(
    ("start", "end", "mondays"),
    [
        (date(2026, 11, 25), None, [date(2026, 11, 23)]),
        (date(2026, 11, 4), date(2026, 12, 16), [date(2026, 11, 2), date(2026, 12, 14)]),
        (date(2026, 11, 25), date(2026, 12, 2), [date(2026, 11, 23), date(2026, 11, 30)]),
    ],
    ids=["what begins and has no end", "what lasts longer than two weeks", "what lasts over a weekend"],
)
def test_what_lasts_is_in_the_weeks_that_it_begins_and_ends(start: date, end: date | None, mondays: list[date]) -> None:
    book = a_book([an_item(1, start, end)])
    weeks = [date(2026, 10, 26) + number * (date(2026, 11, 2) - date(2026, 10, 26)) for number in range(12)]
    assert [monday for monday in weeks if digest_of(book, monday).week] == mondays


def settled(store: OrganisationStore, case: Mapping[str, Any]) -> Subscription:
    """The settings of the case; one that came before stands in the database."""
    settings = {name: case[name] for name in SETTINGS if name in case}
    target = Target(**{name: tuple(words) for name, words in case.get("target", {}).items()})
    subscription = Subscription(id=None, platform=Platform.SLACK, channel="T1:C1", target=target, **settings)
    if "came" not in case:
        return subscription
    person = store.people.record(ADMINISTRATOR)
    written = store.digests.subscribe(
        subscription, Author(person=person, platform=ADMINISTRATOR.platform, at=case["came"])
    )
    delivered(store, written, case["came"].date(), case["came"])
    return written


def with_keys(said: str, book: Book) -> str:
    """{Fagdag} becomes the key of the item of that title."""
    return re.sub(r"\{(.+?)\}", lambda found: next(one.key for one in book.items if one.title == found[1]), said)


def an_item(number: int, start: date, end: date | None) -> Item:
    precision = Precision.MONTH if start.day == 1 else Precision.DAY if start == end else Precision.RANGE
    span = Span(start=start, end=end, precision=precision)
    return Item(id=number, key=f"P-{number}", plan_id=1, kind=Kind.EVENT, title=f"Møte {number}", span=span)


def a_book(items: list[Item]) -> Book:
    return Book(plans=(Plan(id=1, short="P", title="Plan"),), items=tuple(items))
