"""What a document said is kept apart from what people have corrected, so that its next version does them no harm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest

from bot.answers.versions import Version, version_of
from bot.importing import Target, revision_of, take_in
from bot.model import Doubt, Entry, Item, Kind, Plan, Precision, ProposedPlan, Span, Status
from bot.proposals.revision import Revision
from storage.database import OrganisationStore
from tests.storage.builders import SYSTEM, a_plan, an_entry, items_of, on

LATER = on(date(2024, 3, 1))
WRONG_DAY = replace(on(date(2024, 2, 8)), other=date(2024, 2, 9), uncertain=True)
FAGDAG = an_entry("Fagdag", location="Rådhuset", responsible=("Rektor",))
DOUBTED = an_entry("Samling", span=WRONG_DAY, doubts=(Doubt.WEEKDAY_MISMATCH,))
SLOT = an_entry("Tema?", kind=Kind.MEASURE, span=Span(), doubts=(Doubt.EMPTY_SLOT,))
PLAN = a_plan(FAGDAG, DOUBTED, SLOT)


def come_in(store: OrganisationStore, proposed: ProposedPlan) -> tuple[Plan, Revision]:
    return take_in(store, proposed, Target(), SYSTEM)


def told(revision: Revision) -> Version:
    return version_of(revision)


def the(store: OrganisationStore, title: str) -> Item:
    return next(item for item in store.plans.book().items if item.title == title)


def correct(store: OrganisationStore, which: str, **said: object) -> Item:
    item = the(store, which)
    entry = replace(as_entry(item), **said)  # type: ignore[arg-type]
    assert store.plans.correct(item, entry, SYSTEM)
    return store.plans.book().by_id[item.id]


def as_entry(item: Item) -> Entry:
    return Entry(**{name: getattr(item, name) for name in Entry.__dataclass_fields__})


CORRECTIONS: dict[str, Callable[[OrganisationStore], object]] = {
    "a title": lambda store: correct(store, "Fagdag", title="Fagdag om lesing"),
    "a date": lambda store: correct(store, "Fagdag", span=LATER),
    "a clock": lambda store: correct(store, "Fagdag", time_start=time(9), time_end=time(11)),
    "a role": lambda store: correct(store, "Fagdag", responsible=("Inspektør",)),
    "nothing where something was": lambda store: correct(store, "Fagdag", location=None),
    "a doubt": lambda store: correct(store, "Samling", span=on(date(2024, 2, 9)), doubts=()),
    "an empty slot": lambda store: correct(store, "Tema?", title="Begynneropplæring", doubts=()),
    "a mark": lambda store: store.plans.mark(the(store, "Fagdag"), Status.DONE, SYSTEM),
}


@pytest.mark.parametrize("name", CORRECTIONS)
def test_the_same_document_after_a_correction_changes_nothing(store: OrganisationStore, name: str) -> None:
    plan, _ = come_in(store, PLAN)
    CORRECTIONS[name](store)
    before = store.plans.book()
    _, revision = come_in(store, replace(PLAN, file="Samme plan.pdf"))
    assert (told(revision).told, told(revision).stays) == ((), ())
    assert items_of(store, plan) == [item for item in before.items if item.plan_id == plan.id]


def test_a_correction_stays_and_what_the_document_says_now_is_told(store: OrganisationStore) -> None:
    plan, _ = come_in(store, PLAN)
    correct(store, "Fagdag", span=LATER)
    newer = replace(FAGDAG, span=on(date(2024, 2, 15)), location="Kulturhuset")
    _, revision = come_in(store, a_plan(newer, DOUBTED, SLOT))
    ((item, one),) = told(revision).stays
    assert (item.title, one.field, one.after.span, one.stays and one.stays.span) == (
        "Fagdag",
        "when",
        newer.span,
        LATER,
    )
    after = the(store, "Fagdag")
    assert (after.span, after.location) == (LATER, "Kulturhuset")
    assert store.plans.said(plan)[after.id].span == newer.span
    assert told(come_in(store, a_plan(newer, DOUBTED, SLOT))[1]).told == ()


def test_a_date_is_corrected_as_a_whole(store: OrganisationStore) -> None:
    come_in(store, PLAN)
    correct(store, "Fagdag", span=LATER)
    march = Span(start=date(2024, 4, 1), end=date(2024, 4, 30), precision=Precision.MONTH, text="April")
    come_in(store, a_plan(replace(FAGDAG, span=march), DOUBTED, SLOT))
    assert the(store, "Fagdag").span == LATER


def test_a_settled_doubt_comes_back_only_where_the_document_says_something_new(store: OrganisationStore) -> None:
    come_in(store, PLAN)
    correct(store, "Samling", doubts=(Doubt.TENTATIVE,))
    come_in(store, a_plan(FAGDAG, replace(DOUBTED, location="Aulaen"), SLOT))
    assert the(store, "Samling").doubts == (Doubt.TENTATIVE,)
    other = replace(WRONG_DAY, start=date(2024, 2, 14), end=date(2024, 2, 14), other=date(2024, 2, 15))
    come_in(store, a_plan(FAGDAG, replace(DOUBTED, span=other), SLOT))
    assert the(store, "Samling").doubts == (Doubt.WEEKDAY_MISMATCH,)


def test_a_new_doubt_is_told_though_another_was_settled(store: OrganisationStore) -> None:
    come_in(store, PLAN)
    correct(store, "Tema?", title="Begynneropplæring", doubts=())
    come_in(store, a_plan(FAGDAG, DOUBTED, replace(SLOT, span=LATER, doubts=(Doubt.EMPTY_SLOT, Doubt.OUTSIDE_PERIOD))))
    assert the(store, "Begynneropplæring").doubts == (Doubt.OUTSIDE_PERIOD,)


def test_a_document_that_says_the_same_as_a_correction_is_followed_from_then_on(store: OrganisationStore) -> None:
    come_in(store, PLAN)
    correct(store, "Tema?", title="Begynneropplæring", doubts=())
    named = replace(SLOT, title="Begynneropplæring", doubts=())
    come_in(store, a_plan(FAGDAG, DOUBTED, named))
    come_in(store, a_plan(FAGDAG, DOUBTED, replace(named, title="Begynneropplæring i norsk")))
    assert [item.title for item in store.plans.book().items][2] == "Begynneropplæring i norsk"


def test_an_item_keeps_its_mark_and_correction_though_the_document_edits_title_and_date(
    store: OrganisationStore,
) -> None:
    come_in(store, PLAN)
    store.plans.mark(the(store, "Fagdag"), Status.DONE, SYSTEM)
    before = correct(store, "Fagdag", title="Storfagdag", responsible=("Inspektør",))
    come_in(store, a_plan(replace(FAGDAG, title="Fagdagen", span=LATER), DOUBTED, SLOT))
    after = the(store, "Storfagdag")
    assert (after.id, after.status, after.responsible, after.span) == (before.id, Status.DONE, ("Inspektør",), LATER)


def test_what_is_gone_though_people_did_something_with_it_is_named(store: OrganisationStore) -> None:
    come_in(store, a_plan(FAGDAG, DOUBTED, SLOT, an_entry("Møte", span=LATER)))
    store.plans.mark(the(store, "Fagdag"), Status.DONE, SYSTEM)
    correct(store, "Samling", location="Aulaen")
    _, revision = come_in(store, a_plan(SLOT))
    assert [(gone.how, [item.title for item in gone.items]) for gone in told(revision).gone] == [
        ("done", ["Fagdag"]),
        ("corrected", ["Samling"]),
    ]
    assert told(revision).told == (("gone", "event", 3),)


def test_another_way_of_breaking_words_is_no_change(store: OrganisationStore) -> None:
    come_in(store, a_plan(an_entry("Fagdag om lese-opplæring", comment="Interne/ eksterne")))
    again = a_plan(an_entry("Fagdag om leseopplæring", comment="Interne/eksterne"))
    assert told(come_in(store, again)[1]).told == ()
    assert store.plans.book().items[0].title == "Fagdag om lese-opplæring"


def test_a_break_between_figures_tells_something(store: OrganisationStore) -> None:
    come_in(store, a_plan(an_entry("Modul 1-2")))
    assert told(come_in(store, a_plan(an_entry("Modul 12")))[1]).told == (("changed", "title", 1),)


def test_the_same_new_document_twice_is_one_plan(store: OrganisationStore) -> None:
    first = revision_of(store, PLAN, Target())
    plan, _ = come_in(store, PLAN)
    assert (first.plan, first.is_first) == (None, True)
    assert come_in(store, PLAN)[0] == plan
    assert len(store.plans.book().plans) == 1
    take_in(store, PLAN, Target(is_new=True), SYSTEM)
    assert len(store.plans.book().plans) == 2
