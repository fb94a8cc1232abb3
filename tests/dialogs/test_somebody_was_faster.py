"""What was changed between reading the plans and writing to them is told, and changed only once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.answers.acting import author_of
from bot.answers.adding import new_item
from bot.answers.asking import Asking
from bot.answers.assigning import assign_item
from bot.answers.changing import cancel_item, move_item, write_item
from bot.answers.facts import Facts
from bot.answers.marking import mark_done
from bot.answers.settling import settle_doubt
from bot.messages import Message, Sender
from bot.model import Book, Doubt, Language, Platform, Status
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


@pytest.mark.parametrize(
    ("change", "intent", "argument"),
    [
        (move_item, Intent.MOVE_ITEM, "FO-1 til 14. januar"),
        (cancel_item, Intent.CANCEL_ITEM, "FO-1"),
        (write_item, Intent.WRITE_ITEM, "FO-1 Fest"),
        (assign_item, Intent.ASSIGN_ITEM, "FO-1 Leiar"),
    ],
    ids=lambda value: value if isinstance(value, Intent) else "",
)
def test_what_somebody_has_changed_in_the_meantime_is_shown_and_left_alone(
    store: OrganisationStore, change: Callable[[Asking], Facts], intent: Intent, argument: str
) -> None:
    take_in_plans(store)
    before = store.plans.book()
    theirs = replace(before.items[0], location="Rådhuset")
    store.plans.correct(before.items[0], theirs, author_of(asking(store, before)))
    after = store.plans.book()
    facts = change(asking(store, before, intent, argument))
    assert (facts.template, facts.changes, facts.items) == ("changed_meanwhile", (), (theirs,))
    assert store.plans.book() is after


def test_a_doubt_that_somebody_has_settled_in_the_meantime_stays_as_they_settled_it(store: OrganisationStore) -> None:
    take_in_plans(store)
    author = author_of(asking(store, store.plans.book()))
    doubted = replace(store.plans.book().items[0], doubts=(Doubt.WEEKEND_DATE,))
    store.plans.correct(store.plans.book().items[0], doubted, author)
    before = store.plans.book()
    settle_doubt(asking(store, before, Intent.SETTLE_DOUBT, "FO-1 26. november"))
    after = store.plans.book()
    facts = settle_doubt(asking(store, before, Intent.SETTLE_DOUBT, "FO-1 27. november"))
    assert (facts.template, facts.changes) == ("changed_meanwhile", ())
    assert store.plans.book() is after
    assert after.items[0].span.start == date(2026, 11, 26)


def test_a_day_pressed_twice_does_not_answer_the_next_doubt_of_the_same_item(store: OrganisationStore) -> None:
    take_in_plans(store)
    author = author_of(asking(store, store.plans.book()))
    doubts = (Doubt.WEEKEND_DATE, Doubt.DUPLICATE)
    store.plans.correct(store.plans.book().items[0], replace(store.plans.book().items[0], doubts=doubts), author)
    for changes in (3, 0):  # start, end and doubts, and then nothing
        facts = settle_doubt(asking(store, store.plans.book(), Intent.SETTLE_DOUBT, "FO-1 26. november"))
        assert (facts.template, len(facts.changes)) == ("doubt_settled", changes)
    assert store.plans.book().items[0].doubts == (Doubt.DUPLICATE,)


def test_an_event_that_two_add_at_once_is_there_once(store: OrganisationStore) -> None:
    take_in_plans(store)
    before = store.plans.book()
    first = new_item(asking(store, before, Intent.NEW_ITEM, "Fest 14. januar i FO"))
    second = new_item(asking(store, before, Intent.NEW_ITEM, "Fest 14. januar i FO"))
    assert (first.template, second.template, second.changes) == ("item_added", "unchanged", ())
    assert first.items == second.items
    assert [item.title for item in store.plans.book().items].count("Fest") == 1


def mark_as(store: OrganisationStore, status: Status, book: Book) -> bool:
    return store.plans.mark(book.items[0], status, author_of(asking(store, book))) is not None


def asking(
    store: OrganisationStore, book: Book, intent: Intent = Intent.MARK_DONE, argument: str | None = None
) -> Asking:
    """The local administrator changes the first item, or what is said, seeing the plans as they are in the book."""
    frame = Frame(intent=intent, language=Language.NB, argument=argument or book.items[0].key)
    message = Message(text="", now=NOW, sender=LOCAL)
    return Asking(message=message, asker=store.people.find(LOCAL), frame=frame, book=book, store=store)
