"""The example plans in the plan database, and what the bot says of them on any day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core import Bot
from bot.messages import Message, Reply, Sender
from bot.model import Platform
from handlers.web.examples import cast, load_examples
from handlers.web.wording import words
from storage.database import Database

OSLO = ZoneInfo("Europe/Oslo")
AUTUMN = datetime(2026, 9, 2, 9, 5, tzinfo=OSLO)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path}/demo.db", web_administrator=True)
    yield made
    made.close()


def ask(database: Database, text: str, now: datetime, person: str | None = None) -> Reply:
    sender = Sender(platform=Platform.WEB, account=person, name=cast().stranger)
    return Bot(database).reply(Message(text=text, now=now, sender=sender))


def test_loading_the_examples_twice_changes_nothing(database: Database) -> None:
    store = database.of(None)
    load_examples(store, AUTUMN)
    before, people = store.plans.book(), store.people.everyone()
    load_examples(store, AUTUMN)
    after = store.plans.book()
    assert (after.plans, after.items, after.roles) == (before.plans, before.items, before.roles)
    assert store.people.everyone() == people
    assert len({plan.short for plan in after.plans}) == 3


def test_the_examples_have_a_school_calendar(database: Database) -> None:
    load_examples(database.of(None), AUTUMN)
    reply = ask(database, "Hva skjer uka etter vinterferien?", AUTUMN)
    assert reply.intent == "events_in_span"
    assert "Vinterferien er uke 9 i 2027" in reply.text


@pytest.mark.parametrize(
    "day", ["2026-06-12", "2026-07-02", "2026-07-31", "2026-08-01", "2026-12-18", "2026-12-31", "2027-03-24"]
)
def test_next_week_has_an_answer_in_summer_at_christmas_and_at_easter(database: Database, day: str) -> None:
    now = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=OSLO)
    load_examples(database.of(None), now)
    for question in ("Hva skjer denne uka?", "Hva skjer neste uke?", "Kva skjer neste veke?"):
        reply = ask(database, question, now)
        assert reply.period
        assert reply.period.start
        assert any(item.span.overlaps(reply.period.start, reply.period.end or now.date()) for item in reply.items), (
            question
        )


@pytest.mark.parametrize("standard", ["nb", "nn"])
def test_every_suggestion_on_the_page_has_an_answer(database: Database, standard: str) -> None:
    store = database.of(None)
    load_examples(store, AUTUMN)
    (kari,) = store.people.named("Kari Nes")
    suggested = words()[standard]["suggested"]
    assert isinstance(suggested, list)
    for text in suggested:
        reply = ask(database, str(text), AUTUMN, str(kari.id))
        assert reply.intent not in ("out_of_scope", "smalltalk"), text
        assert reply.intent == "help" or reply.items, text
        assert text[0] == "/" or reply.language == standard, text
