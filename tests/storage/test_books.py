"""A book stays the same object until something in it changes."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.messages import Sender
from bot.model import Book, Person, Platform, Status
from storage.books import Books
from storage.database import Database, OrganisationStore
from storage.engine import address, make_engine
from storage.persons import Administrators
from storage.plans import Plans
from storage.sessions import Sessions
from tests.storage.builders import NOW, SYSTEM, an_entry, next_version, taken_in

KARI = Person(id=None, name="Kari")
CHANGES: dict[str, Callable[[OrganisationStore], Any]] = {
    "a new plan": lambda store: taken_in(store),
    "a new version": lambda store: store.plans.take_in(
        *next_version(store, store.plans.book().plans[0], [an_entry("Ny")]), SYSTEM
    ),
    "an item less": lambda store: store.plans.take_in(
        *next_version(store, store.plans.book().plans[0], [None]), SYSTEM
    ),
    "a mark": lambda store: store.plans.mark(store.plans.book().items[0], Status.DONE, SYSTEM),
    "a correction": lambda store: store.plans.correct(store.plans.book().items[0], an_entry("Ny"), SYSTEM),
    "a role given": lambda store: store.people.give_role("Rektor", None, KARI, SYSTEM),
    "a role taken": lambda store: store.people.take_role(
        store.plans.book().roles[0], store.people.everyone()[0], SYSTEM
    ),
}
QUIET: dict[str, Callable[[OrganisationStore], Any]] = {
    "a question": lambda store: store.people.find(Sender(platform=Platform.COMMAND_LINE)),
    "a conversation": lambda store: store.conversations.remember("c1", "it", NOW),
    "a mark that is there": lambda store: store.plans.mark(
        replace(store.plans.book().items[0], status=Status.DONE), Status.OPEN, SYSTEM
    ),
    "another organisation's change": lambda store: None,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_makes_a_new_book(
    database: Database, database_url: str, change: Callable[[OrganisationStore], Any]
) -> None:
    other = Database(database_url)
    taken_in(database.of(None))
    before, elsewhere = database.of(None).plans.book(), other.of(None).plans.book()
    assert before == elsewhere
    change(database.of(None))
    after = database.of(None).plans.book()
    assert after != before
    assert after.revision > before.revision
    assert other.of(None).plans.book() == after
    other.close()


@pytest.mark.parametrize("quiet", QUIET.values(), ids=QUIET)
def test_what_changes_no_plan_leaves_the_book(database: Database, quiet: Callable[[OrganisationStore], Any]) -> None:
    store = database.of(None)
    taken_in(store)
    before = store.plans.book()
    quiet(store)
    taken_in(database.of("another"))
    assert store.plans.book() is before
    assert database.of(None).plans.book() is before


def test_only_as_many_books_are_kept_as_there_is_room_for(database: Database, database_url: str) -> None:
    engine = make_engine(address(database_url))
    books = Books(most_items=5)

    def book(organisation: int) -> Book:
        return Plans(Sessions(engine, organisation), Administrators(), books).book()

    for name in "abc":
        taken_in(database.of(name), an_entry("A"), an_entry("B"))
    first, second = book(1), book(2)
    assert book(1) is first
    book(3)
    assert book(1) is first
    assert book(2) is second  # somebody has it yet
    gone = weakref.ref(second)
    del second
    gc.collect()
    assert gone() is None
    assert book(1) is first
    engine.dispose()
