"""An act is taken back as one step, whatever it was; what was done since stands in the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import DatabaseTrouble
from bot.history import HistoryEntry
from bot.importing import Target, take_in
from bot.model import Book, Entry, Item, Person, ProposedPlan, Status
from bot.terms import Saying, Tells, Term
from storage.database import OrganisationStore
from tests.storage.builders import NOW, a_person, a_plan, an_entry, by, on

LATER = on(date(2024, 3, 1))
FIRST = a_plan(an_entry("Fagdag"), an_entry("Møte"), an_entry("Tur"), organisation="Fjellvik", file="plan.docx")
SECOND = a_plan(
    an_entry("Ny samling", source="linje 1"),
    an_entry("Fagdag", span=LATER, location="Aulaen", source="linje 2"),
    an_entry("Tur", source="linje 3"),
    reservation="Kan endre seg",
    file="plan 2.pdf",
)


@pytest.fixture
def kari(store: OrganisationStore) -> Person:
    return a_person(store, "Kari")


@pytest.fixture
def ola(store: OrganisationStore) -> Person:
    return a_person(store, "Ola")


def come_in(store: OrganisationStore, proposed: ProposedPlan, person: Person) -> None:
    take_in(store, proposed, Target(), by(replace(person, is_administrator=True)))


def undo(store: OrganisationStore, person: Person) -> tuple[HistoryEntry, ...]:
    return store.history.undo_step(store.history.last_step_by(person), by(person, NOW + timedelta(hours=1)))


def held(book: Book) -> object:
    return (book.plans, book.items, book.roles)


def the(store: OrganisationStore, title: str) -> Item:
    return next(item for item in store.plans.book().items if item.title == title)


def add(store: OrganisationStore, person: Person, entry: Entry) -> Item:
    """An item that only people have made."""
    item, _ = store.plans.add(store.plans.book().plans[0], entry, by(person))
    return item


def test_a_new_version_is_undone_as_one_step(store: OrganisationStore, kari: Person) -> None:
    come_in(store, FIRST, kari)
    before, said = store.plans.book(), store.plans.said(store.plans.book().plans[0])
    come_in(store, SECOND, kari)
    assert held(store.plans.book()) != held(before)
    step = store.history.last_step_by(kari)
    undone = undo(store, kari)
    assert {entry.undoes for entry in undone} == {entry.id for entry in step}
    assert held(store.plans.book()) == held(before)
    assert store.plans.said(before.plans[0]) == said


def a_term(text: str, source: str = "linje 1") -> Term:
    return Term(name="SUT", sayings=(Saying(text=text, tells=(Tells.MEMBERS,), source=source),))


def test_what_a_new_version_explains_otherwise_is_undone(store: OrganisationStore, kari: Person) -> None:
    first, second = (replace(FIRST, terms=(a_term(text),)) for text in ("SUT består av to.", "SUT består av fem."))
    come_in(store, first, kari)
    come_in(store, second, kari)
    assert store.plans.book().plans[0].terms == second.terms
    assert undo(store, kari)
    assert store.plans.book().plans[0].terms == first.terms
    assert undo(store, kari)
    assert store.plans.book().plans == ()
    come_in(store, second, kari)
    assert store.plans.book().plans[0].terms == second.terms


def test_where_a_saying_stands_is_no_step_of_its_own(store: OrganisationStore, kari: Person) -> None:
    come_in(store, replace(FIRST, terms=(a_term("SUT består av to."),)), kari)
    step = store.history.last_step_by(kari)
    moved = replace(FIRST, terms=(a_term("SUT består av to.", "linje 7"),))
    come_in(store, moved, kari)
    assert store.plans.book().plans[0].terms == moved.terms
    assert store.history.last_step_by(kari) == step


def test_a_version_that_explains_nothing_takes_the_words_with_it(store: OrganisationStore, kari: Person) -> None:
    first = replace(FIRST, terms=(a_term("SUT består av to."),))
    come_in(store, first, kari)
    come_in(store, SECOND, kari)
    assert store.plans.book().plans[0].terms == ()
    assert undo(store, kari)
    assert store.plans.book().plans[0].terms == first.terms


def test_a_new_plan_is_undone_and_comes_again_with_its_keys(store: OrganisationStore, kari: Person) -> None:
    empty = store.plans.book()
    come_in(store, FIRST, kari)
    before = store.plans.book()
    assert undo(store, kari)
    assert held(store.plans.book()) == held(empty)
    come_in(store, a_plan(an_entry("Fagdag"), an_entry("Ny"), an_entry("Møte"), organisation="Fjellvik"), kari)
    after = store.plans.book()
    assert [(item.key, item.title) for item in after.items] == [
        ("KIBS-1", "Fagdag"),
        ("KIBS-4", "Ny"),
        ("KIBS-2", "Møte"),
    ]
    assert [role.holders for role in after.roles] == [role.holders for role in before.roles]
    assert undo(store, kari)
    assert held(store.plans.book()) == held(empty)


def test_what_was_marked_or_corrected_since_stands_in_the_way(
    store: OrganisationStore, kari: Person, ola: Person
) -> None:
    come_in(store, FIRST, kari)
    come_in(store, SECOND, kari)
    step = store.history.last_step_by(kari)
    mark = store.plans.mark(the(store, "Fagdag"), Status.DONE, by(ola))
    correction = store.plans.correct(the(store, "Ny samling"), an_entry("Samling"), by(ola))
    assert mark is not None
    assert set(store.history.in_the_way(step)) == {mark, *correction}
    assert undo(store, kari) == ()
    assert undo(store, ola)
    assert undo(store, ola)
    assert store.history.in_the_way(step) == ()
    assert undo(store, kari)


def test_what_was_done_with_another_item_is_left_alone(store: OrganisationStore, kari: Person, ola: Person) -> None:
    come_in(store, FIRST, kari)
    store.plans.correct(the(store, "Tur"), an_entry("Fottur"), by(ola))
    come_in(store, SECOND, kari)
    store.plans.mark(the(store, "Fottur"), Status.DONE, by(ola))
    assert undo(store, kari)
    assert (the(store, "Fottur").status, the(store, "Fagdag").location) == (Status.DONE, None)


def test_a_later_version_stands_in_the_way_of_undoing_one(store: OrganisationStore, kari: Person, ola: Person) -> None:
    come_in(store, FIRST, kari)
    come_in(store, SECOND, kari)
    step = store.history.last_step_by(kari)
    come_in(store, FIRST, ola)
    assert "taken_in" in {entry.field for entry in store.history.in_the_way(step)}
    assert store.history.undo_step(step, by(kari)) == ()
    assert undo(store, ola)
    assert undo(store, kari)


def test_a_whole_plan_is_not_undone_once_anything_in_it_was_marked(
    store: OrganisationStore, kari: Person, ola: Person
) -> None:
    come_in(store, FIRST, kari)
    store.plans.mark(the(store, "Tur"), Status.DONE, by(ola))
    assert undo(store, kari) == ()
    assert len(store.plans.book().items) == 3


def test_a_correction_of_several_fields_is_one_step(store: OrganisationStore, kari: Person) -> None:
    come_in(store, FIRST, kari)
    before = the(store, "Fagdag")
    store.plans.correct(before, an_entry("Fagdag om lesing", span=LATER, location="Aulaen"), by(kari))
    assert {entry.field for entry in undo(store, kari)} == {"title", "start", "end", "date_text", "location"}
    assert store.plans.book().by_id[before.id] == before


def test_one_of_two_corrections_is_taken_back_and_the_other_still_holds(
    store: OrganisationStore, kari: Person, ola: Person
) -> None:
    come_in(store, FIRST, kari)
    store.plans.correct(the(store, "Tur"), an_entry("Fottur"), by(kari))
    store.plans.correct(the(store, "Fottur"), an_entry("Fjelltur"), by(ola))
    assert undo(store, ola)
    come_in(store, a_plan(an_entry("Fagdag"), an_entry("Møte"), an_entry("Skitur")), kari)
    assert [item.title for item in store.plans.book().items] == ["Fagdag", "Møte", "Fottur"]


def test_a_correction_taken_back_leaves_what_the_document_says_by_now(
    store: OrganisationStore, kari: Person, ola: Person
) -> None:
    come_in(store, FIRST, kari)
    store.plans.correct(the(store, "Tur"), an_entry("Fottur", span=LATER), by(ola))
    newer = on(date(2024, 2, 20))
    come_in(store, a_plan(an_entry("Fagdag"), an_entry("Møte"), an_entry("Skitur", span=newer)), kari)
    assert undo(store, ola)
    assert (the(store, "Skitur").span, store.history.last_step_by(ola)) == (newer, ())


def test_a_version_undone_after_a_correction_was_leaves_what_the_document_before_it_says(
    store: OrganisationStore, kari: Person, ola: Person
) -> None:
    come_in(store, FIRST, kari)
    store.plans.correct(the(store, "Tur"), an_entry("Fottur"), by(ola))
    come_in(store, a_plan(an_entry("Fagdag"), an_entry("Møte"), an_entry("Skitur"), an_entry("Ny samling")), kari)
    assert undo(store, ola)
    assert undo(store, kari)
    assert titles(store.plans.book().items) == ["Fagdag", "Møte", "Tur"]
    come_in(store, a_plan(an_entry("Fagdag"), an_entry("Møte"), an_entry("Sykkeltur")), kari)
    assert titles(store.plans.book().items) == ["Fagdag", "Møte", "Sykkeltur"]


def test_a_version_undone_leaves_a_correction_that_says_the_same(
    store: OrganisationStore, kari: Person, ola: Person
) -> None:
    come_in(store, FIRST, kari)
    store.plans.correct(the(store, "Tur"), an_entry("Skitur"), by(ola))
    come_in(store, a_plan(an_entry("Fagdag"), an_entry("Møte"), an_entry("Skitur"), an_entry("Ny samling")), kari)
    assert undo(store, kari)
    assert titles(store.plans.book().items) == ["Fagdag", "Møte", "Skitur"]


def test_a_cancelling_is_taken_back(store: OrganisationStore, kari: Person) -> None:
    come_in(store, FIRST, kari)
    store.plans.cancel(the(store, "Tur"), by(kari))
    assert the(store, "Tur").cancelled
    assert undo(store, kari)
    assert not the(store, "Tur").cancelled


def test_an_item_that_people_have_made_stays_until_that_is_taken_back(store: OrganisationStore, kari: Person) -> None:
    come_in(store, FIRST, kari)
    add(store, kari, an_entry("Dugnad", span=LATER))
    come_in(store, replace(FIRST, entries=FIRST.entries[:2]), a_person(store, "Ola"))
    assert titles(store.plans.book().items) == ["Fagdag", "Møte", "Dugnad"]
    assert undo(store, kari)
    assert titles(store.plans.book().items) == ["Fagdag", "Møte"]


def test_an_item_that_the_document_now_has_too_becomes_one(store: OrganisationStore, kari: Person, ola: Person) -> None:
    come_in(store, FIRST, kari)
    own = add(store, kari, an_entry("Dugnad", span=LATER, location="Skolegården"))
    both = replace(FIRST, entries=(*FIRST.entries, an_entry("Dugnad", span=LATER, responsible=("FAU",))))
    come_in(store, both, ola)
    after = the(store, "Dugnad")
    assert (after.id, after.location, after.responsible) == (own.id, "Skolegården", ("FAU",))
    assert "taken_in" in {entry.field for entry in store.history.in_the_way(store.history.last_step_by(kari))}
    assert undo(store, ola)
    assert the(store, "Dugnad") == own
    come_in(store, both, ola)
    come_in(store, FIRST, ola)
    assert titles(store.plans.book().items) == ["Fagdag", "Møte", "Tur"]


def titles(items: Iterable[Item]) -> list[str]:
    return [item.title for item in items]


def test_nothing_is_added_to_a_plan_that_was_taken_away(store: OrganisationStore, kari: Person) -> None:
    come_in(store, FIRST, kari)
    (plan,) = store.plans.book().plans
    assert undo(store, kari)
    with pytest.raises(DatabaseTrouble):
        store.plans.add(plan, an_entry("Dugnad"), by(kari))
