"""Plans come in, are marked, corrected and taken in anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.errors import DatabaseTrouble
from bot.model import (
    PLAN_OWNER,
    Doubt,
    Entry,
    Item,
    Kind,
    Language,
    Precision,
    ProposedPlan,
    Repeats,
    Span,
    Status,
)
from bot.proposals.revision import Revision
from bot.terms import Saying, Tells, Term
from storage.database import OrganisationStore
from tests.storage.builders import (
    NOW,
    SYSTEM,
    a_person,
    a_plan,
    an_entry,
    by,
    items_of,
    next_version,
    on,
    taken_in,
)

WHOLE = Entry(
    kind=Kind.MEASURE,
    title="Fagdag «psykisk helse» – del 1: ærlig, øvet, åpen 🎈",
    span=Span(
        start=date(2024, 2, 8),
        end=date(2024, 2, 9),
        precision=Precision.RANGE,
        text="Fre. 8.–9.",
        uncertain=True,
        other=date(2024, 2, 9),
        repeats=Repeats.YEARLY,
    ),
    time_start=time(8, 30),
    time_end=time(15, 45),
    responsible=("Programleiar", "koordinatorane"),
    audience=("styrarar", "PPT"),
    location="Rådhuset",
    resources="Frikjøp",
    goal="Alle skal lykkes",
    area="Læringsmiljø",
    milestones=(3, 5),
    region="NØR",
    comment="Ta med PC\nog lunsj",
    doubts=(Doubt.WEEKDAY_MISMATCH, Doubt.TENTATIVE),
    source="tabell 2, rad 7",
    source_line=346,
)


def test_an_item_comes_back_just_as_it_was_taken_in(store: OrganisationStore) -> None:
    plan = taken_in(store, WHOLE, an_entry(milestones="all", span=Span()))
    said = {field: getattr(WHOLE, field) for field in WHOLE.__dataclass_fields__}
    item, other = store.plans.book().items
    assert item == Item(id=item.id, key="KIBS-1", plan_id=plan.id, **said)
    assert (other.milestones, other.span) == ("all", Span())


def test_a_plan_comes_back_just_as_it_was_taken_in(store: OrganisationStore) -> None:
    proposed = ProposedPlan(
        title="Årsplan for Fjellvik",
        organisation="Fjellvik kommune",
        period_start=date(2023, 8, 1),
        period_end=date(2024, 7, 31),
        language=Language.NN,
        reservation="Innhaldet kan endre seg",
        file="årsplan.docx",
        terms=(
            Term(
                name="SUT",
                stands_for="Skoleeiers utviklingsgruppe",
                sayings=(
                    Saying(
                        text="SUT består av «alle».",
                        tells=(Tells.MEMBERS, Tells.LEADER),
                        source="linje 4",
                        source_line=4,
                    ),
                    Saying(text="Møte i SUT", tells=(Tells.USE,)),
                ),
            ),
            Term(name="TOPS"),
        ),
    )
    plan = store.plans.take_in(proposed, Revision(plan=None), SYSTEM)
    assert store.plans.book().plans == (plan,)
    fields = ("title", "organisation", "period_start", "period_end", "language", "reservation", "file", "terms")
    assert [getattr(plan, field) for field in fields] == [getattr(proposed, field) for field in fields]


def test_whoever_takes_a_new_plan_in_owns_it(store: OrganisationStore) -> None:
    kari = a_person(store, "Kari")
    plan = taken_in(store, author=by(kari))
    (role,) = store.plans.book().roles
    assert (role.name, role.plan_id, role.holders) == (PLAN_OWNER, plan.id, (kari,))


def test_items_stand_in_the_order_of_the_document(store: OrganisationStore) -> None:
    plan = taken_in(store, an_entry("A"), an_entry("B"), an_entry("C"))
    a, b, c = items_of(store, plan)
    entries = (an_entry("Ny"), an_entry("C"), an_entry("A"), an_entry("B"))
    revision = Revision(plan=plan, added=entries[:1], kept=((c, entries[1]), (a, entries[2]), (b, entries[3])))
    store.plans.take_in(a_plan(*entries), revision, SYSTEM)
    assert [item.title for item in items_of(store, plan)] == ["Ny", "C", "A", "B"]


def test_an_item_keeps_its_id_key_and_status_over_a_new_version(store: OrganisationStore) -> None:
    plan = taken_in(store, an_entry("Fagdag"), an_entry("Møte"))
    fagdag = items_of(store, plan)[0]
    store.plans.mark(fagdag, Status.DONE, SYSTEM)
    proposed, revision = next_version(store, plan, [an_entry("Fagdagen", span=on(date(2024, 3, 1))), an_entry("Møte")])
    store.plans.take_in(proposed, revision, SYSTEM)
    after = items_of(store, plan)[0]
    assert (after.id, after.key, after.status) == (fagdag.id, fagdag.key, Status.DONE)
    assert (after.title, after.span.start) == ("Fagdagen", date(2024, 3, 1))


def test_a_key_is_never_used_twice(store: OrganisationStore) -> None:
    plan = taken_in(store, an_entry("A"), an_entry("B"))
    for titles in ([an_entry("A"), None], [an_entry("A"), an_entry("C")]):
        store.plans.take_in(*next_version(store, plan, titles), SYSTEM)
    assert {item.key: item.title for item in items_of(store, plan)} == {"KIBS-1": "A", "KIBS-3": "C"}


def test_a_removed_item_is_in_no_book_but_in_the_history(store: OrganisationStore) -> None:
    plan = taken_in(store, an_entry("A"))
    gone = items_of(store, plan)[0]
    store.plans.take_in(*next_version(store, plan, [None]), SYSTEM)
    assert items_of(store, plan) == []
    (entry,) = store.history.of_item(gone.id)
    assert (entry.field, entry.before, entry.subject) == ("removed", "A", "KIBS-1")
    assert store.plans.mark(gone, Status.DONE, SYSTEM) is None


def test_what_a_new_version_changes_is_in_the_history_field_by_field(store: OrganisationStore) -> None:
    plan = taken_in(store, an_entry("A"))
    (item,) = items_of(store, plan)
    kari = a_person(store)
    changed = an_entry("A", span=on(date(2024, 2, 9)), location="Rådhuset")
    store.plans.take_in(*next_version(store, plan, [changed, an_entry("Ny")]), by(kari))
    entries = store.history.of_item(item.id)
    assert {(entry.field, entry.before, entry.after) for entry in entries} == {
        ("start", "2024-02-08", "2024-02-09"),
        ("end", "2024-02-08", "2024-02-09"),
        ("date_text", "08.02.", "09.02."),
        ("location", None, "Rådhuset"),
    }
    assert {(entry.by, entry.step) for entry in entries} == {(kari, entries[0].step)}
    (added,) = store.history.of_item(items_of(store, plan)[1].id)
    assert (added.field, added.after, added.step) == ("added", "Ny", entries[0].step)


def test_the_same_document_once_more_changes_nothing(store: OrganisationStore) -> None:
    plan = taken_in(store, WHOLE, an_entry())
    before = store.plans.book()
    proposed = a_plan(WHOLE, an_entry())
    pairs = tuple(zip(items_of(store, plan), proposed.entries, strict=True))
    assert store.plans.take_in(proposed, Revision(plan=plan, kept=pairs), SYSTEM) == plan
    assert store.plans.book() is before


def test_what_a_new_version_says_nothing_of_stays(store: OrganisationStore) -> None:
    plan = taken_in(
        store,
        an_entry("A"),
        organisation="Fjellvik",
        period_start=date(2023, 8, 1),
        reservation="Kan endre seg",
    )
    proposed, revision = next_version(store, plan, [an_entry("A")])
    assert store.plans.take_in(replace(proposed, title="Ny tittel"), revision, SYSTEM) == replace(
        plan, title="Ny tittel"
    )


def test_a_plan_that_has_changed_since_is_not_overwritten(store: OrganisationStore) -> None:
    plan = taken_in(store, an_entry("A"), an_entry("B"))
    mine = next_version(store, plan, [an_entry("A1"), an_entry("B")])
    theirs = next_version(store, plan, [an_entry("A2"), None])
    store.plans.take_in(*theirs, SYSTEM)
    before = store.plans.book()
    with pytest.raises(DatabaseTrouble) as trouble:
        store.plans.take_in(*mine, SYSTEM)
    assert (trouble.value.template, trouble.value.values) == ("database_changed", {"plan": plan.title})
    assert store.plans.book() is before


def test_a_mark_in_the_meantime_does_not_stop_a_new_version(store: OrganisationStore) -> None:
    plan = taken_in(store, an_entry("A"))
    version = next_version(store, plan, [an_entry("A1")])
    store.plans.mark(items_of(store, plan)[0], Status.DONE, SYSTEM)
    store.plans.take_in(*version, SYSTEM)
    assert [(item.title, item.status) for item in items_of(store, plan)] == [("A1", Status.DONE)]


def test_a_mark_is_written_once_with_its_history(store: OrganisationStore) -> None:
    (item,) = items_of(store, taken_in(store))
    kari = a_person(store)
    entry = store.plans.mark(item, Status.DONE, by(kari, NOW + timedelta(hours=1)))
    assert entry is not None
    assert store.plans.mark(item, Status.DONE, by(kari)) is None
    (done,) = store.plans.book().items
    assert done == replace(item, status=Status.DONE)
    assert store.plans.mark(done, Status.DONE, by(kari)) is None
    assert store.history.of_item(item.id) == (entry,)
    assert (entry.by, entry.field, entry.before, entry.after) == (kari, "status", "open", "done")
    assert (entry.subject, entry.item_id, entry.at) == (item.key, item.id, NOW + timedelta(hours=1))


def test_a_corrected_field_stays_over_a_new_version_and_the_others_do_not(store: OrganisationStore) -> None:
    plan = taken_in(store, an_entry("Tema?", location="Rådhuset"))
    (item,) = items_of(store, plan)
    (entry,) = store.plans.correct(item, replace(an_entry("Lesing"), location="Rådhuset"), SYSTEM)
    assert (entry.field, entry.before, entry.after) == ("title", "Tema?", "Lesing")
    store.plans.take_in(*next_version(store, plan, [an_entry("Tema?", location="Kulturhuset")]), SYSTEM)
    (after,) = items_of(store, plan)
    assert (after.title, after.location) == ("Lesing", "Kulturhuset")


def test_a_correction_that_is_taken_back_no_longer_holds(store: OrganisationStore) -> None:
    plan = taken_in(store, an_entry("Tema?"))
    step = store.plans.correct(items_of(store, plan)[0], an_entry("Lesing"), SYSTEM)
    assert store.history.undo_step(step, SYSTEM)
    assert items_of(store, plan)[0].title == "Tema?"
    store.plans.take_in(*next_version(store, plan, [an_entry("Skriving")]), SYSTEM)
    assert items_of(store, plan)[0].title == "Skriving"


def test_an_item_that_has_changed_since_is_not_corrected(store: OrganisationStore) -> None:
    (item,) = items_of(store, taken_in(store, an_entry("A")))
    store.plans.correct(item, an_entry("B"), SYSTEM)
    before = store.plans.book()
    assert store.plans.correct(item, an_entry("C"), SYSTEM) == ()
    assert store.plans.correct(before.items[0], an_entry("B"), SYSTEM) == ()
    assert store.plans.book() is before


def test_an_added_item_is_new_and_its_own_and_in_the_history(store: OrganisationStore) -> None:
    plan = taken_in(store, an_entry("A"), an_entry("B"))
    kari = a_person(store)
    item, entry = store.plans.add(plan, WHOLE, by(kari))
    assert items_of(store, plan)[2] == item
    said = {field: getattr(WHOLE, field) for field in WHOLE.__dataclass_fields__}
    assert item == Item(id=item.id, key="KIBS-3", plan_id=plan.id, **said)
    assert entry is not None
    assert store.history.of_item(item.id) == (entry,)
    assert (entry.by, entry.field, entry.before, entry.after) == (kari, "added", None, WHOLE.title)


def test_the_same_item_is_added_once_unless_it_was_cancelled(store: OrganisationStore) -> None:
    plan = taken_in(store, an_entry("A"))
    first, _ = store.plans.add(plan, an_entry("Ny"), SYSTEM)
    before = store.plans.book()
    assert store.plans.add(plan, an_entry("Ny"), SYSTEM) == (first, None)
    assert store.plans.book() is before
    store.plans.cancel(first, SYSTEM)
    second, entry = store.plans.add(plan, an_entry("Ny"), SYSTEM)
    assert entry is not None
    assert (first.key, second.key) == ("KIBS-2", "KIBS-3")


def test_nothing_is_added_to_a_plan_that_is_gone(store: OrganisationStore) -> None:
    plan = taken_in(store)
    with pytest.raises(DatabaseTrouble):
        store.plans.add(replace(plan, id=plan.id + 1), an_entry("Ny"), SYSTEM)


def test_an_item_is_cancelled_once_with_its_history(store: OrganisationStore) -> None:
    (item,) = items_of(store, taken_in(store))
    kari = a_person(store)
    entry = store.plans.cancel(item, by(kari))
    assert entry is not None
    (after,) = store.plans.book().items
    assert after == replace(item, cancelled=True)
    assert store.plans.cancel(item, by(kari)) is None
    assert store.plans.cancel(after, by(kari)) is None
    assert store.history.of_item(item.id) == (entry,)
    assert (entry.by, entry.field, entry.before, entry.after) == (kari, "cancelled", "false", "true")


def test_an_item_that_has_changed_since_is_not_cancelled(store: OrganisationStore) -> None:
    (item,) = items_of(store, taken_in(store, an_entry("A")))
    store.plans.correct(item, an_entry("B"), SYSTEM)
    assert store.plans.cancel(item, SYSTEM) is None
    assert not store.plans.book().items[0].cancelled


def test_several_corrected_fields_are_one_step(store: OrganisationStore) -> None:
    (item,) = items_of(store, taken_in(store))
    entries = store.plans.correct(item, an_entry("Ny", span=on(date(2024, 3, 1))), SYSTEM)
    assert {entry.field for entry in entries} == {"title", "start", "end", "date_text"}
    assert len({entry.step for entry in entries}) == 1


def test_what_no_database_can_keep_is_left_out(store: OrganisationStore) -> None:
    taken_in(store, an_entry("Fag\x00dag \ud83d", responsible=("Rek\x00tor",)))
    (item,) = store.plans.book().items
    assert (item.title, item.responsible) == ("Fagdag ?", ("Rektor",))
