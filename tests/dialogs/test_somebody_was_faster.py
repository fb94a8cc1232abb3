"""What was changed between reading the plans and writing to them is told, and changed only once."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.answers.acting import author_of
from bot.answers.asking import Asking
from bot.answers.marking import mark_done
from bot.messages import Message, Sender
from bot.model import Book, Language, Platform, Status
from bot.understanding.frame import Frame, Intent
from storage.database import OrganisationStore
from tests.dialogs.plans import take_in_plans

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Oslo"))
LOCAL = Sender(platform=Platform.COMMAND_LINE)


@pytest.mark.parametrize(
    ("theirs", "told"),
    [(Status.DONE, "marked_before"), (Status.STARTED, "overtaken")],
    ids=["the same", "something else"],
)
def test_what_somebody_was_faster_with_is_not_written_over(store: OrganisationStore, theirs: Status, told: str) -> None:
    take_in_plans(store)
    read_before = store.plans.book()
    item = read_before.items[0]
    first = mark_as(store, theirs, read_before)
    facts = mark_done(asking(store, read_before))
    assert (first, facts.template, facts.changes) == (True, told, ())
    assert store.plans.book().by_id[item.id].status is theirs
    assert len([entry for entry in store.history.of_item(item.id) if entry.field == "status"]) == 1


def mark_as(store: OrganisationStore, status: Status, book: Book) -> bool:
    return store.plans.mark(book.items[0], status, author_of(asking(store, book))) is not None


def asking(store: OrganisationStore, book: Book) -> Asking:
    """The local administrator marks the first item as done, seeing the plans as they are in the book."""
    frame = Frame(intent=Intent.MARK_DONE, language=Language.NB, argument=book.items[0].key)
    message = Message(text="", now=NOW, sender=LOCAL)
    return Asking(message=message, asker=store.people.find(LOCAL), frame=frame, book=book, store=store)
