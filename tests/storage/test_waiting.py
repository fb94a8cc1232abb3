"""Documents that wait are kept for a week, and taken in once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import NotFound
from bot.importing import Target, take_in
from storage.database import OrganisationStore
from tests.storage.builders import NOW, SYSTEM, a_plan, an_entry

PLAN = a_plan(an_entry("Fagdag « – 🎈\x00"), an_entry("Møte"), file="plan.docx")
WEEK = timedelta(days=7)


def test_a_document_comes_back_as_it_was(store: OrganisationStore) -> None:
    assert store.waiting.find(store.waiting.keep(PLAN, SYSTEM), NOW) == PLAN
    assert store.waiting.find(999, NOW) is None


def test_it_is_erased_after_a_week(store: OrganisationStore) -> None:
    number = store.waiting.keep(PLAN, SYSTEM)
    assert store.waiting.find(number, NOW + WEEK - timedelta(seconds=1)) == PLAN
    assert store.waiting.find(number, NOW + WEEK) is None
    assert store.waiting.find(number, NOW) is None


def test_it_is_discarded_once_and_its_number_is_not_used_again(store: OrganisationStore) -> None:
    number = store.waiting.keep(PLAN, SYSTEM)
    assert [store.waiting.discard(number), store.waiting.discard(number)] == [True, False]
    assert store.waiting.keep(PLAN, SYSTEM) > number


def test_it_is_taken_in_once(store: OrganisationStore) -> None:
    number = store.waiting.keep(PLAN, SYSTEM)
    take_in(store, PLAN, Target(), SYSTEM, number)
    before = store.plans.book()
    with pytest.raises(NotFound):
        take_in(store, a_plan(an_entry("Noe annet")), Target(), SYSTEM, number)
    assert store.plans.book() is before
