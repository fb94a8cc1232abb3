"""The next version of a document updates the plan: what is the same stays the same item, though it was edited."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from bot.model import Book, Entry, Item, Kind, Plan, Precision, ProposedPlan, Span, Status
from bot.proposals.pairing import paired
from bot.proposals.revision import revise, same_plan

START, END = date(2023, 8, 1), date(2024, 7, 31)
SAID = [field.name for field in fields(Entry)]
PLAN = Plan(id=1, short="MP", title="Møteplan 2023/2024", period_start=START, period_end=END)


def an_entry(title: str, day: date | None = None, kind: Kind = Kind.EVENT, **more: str) -> Entry:
    span = Span(start=day, end=day, precision=Precision.DAY) if day else Span()
    return Entry(kind=kind, title=title, span=span, **more)


def a_book(*entries: Entry, plan: Plan = PLAN) -> Book:
    items = tuple(
        Item(id=number, key=f"MP-{number}", plan_id=plan.id, **{name: getattr(entry, name) for name in SAID})
        for number, entry in enumerate(entries, start=1)
    )
    return Book(plans=(plan,), items=items)


def a_document(*entries: Entry, title: str = PLAN.title) -> ProposedPlan:
    return ProposedPlan(title=title, period_start=START, period_end=END, entries=entries)


MEETING = an_entry("Skoleledermøte", date(2023, 9, 4))
COURSE = an_entry("Kurs i førstehjelp", date(2023, 10, 2))
WORK = an_entry("Kartlegging av leseferdigheter", kind=Kind.MEASURE)


def test_the_same_document_again_changes_nothing() -> None:
    book = a_book(MEETING, COURSE, WORK)
    revision = revise(book, PLAN, a_document(MEETING, COURSE, WORK))
    assert [item.id for item, _ in revision.kept] == [1, 2, 3]
    assert (revision.added, revision.changed, revision.removed) == ((), (), ())


def test_a_new_place_in_the_document_is_no_change() -> None:
    moved = replace(MEETING, source="linje 99", source_line=99)
    assert [item.id for item, _ in revise(a_book(MEETING), PLAN, a_document(moved)).kept] == [1]


def test_a_moved_meeting_is_the_same_item_at_another_time() -> None:
    later = an_entry("Skoleledermøte", date(2023, 9, 11))
    revision = revise(a_book(MEETING, COURSE), PLAN, a_document(later, COURSE))
    assert [(item.id, entry.span.start) for item, entry in revision.changed] == [(1, date(2023, 9, 11))]


@pytest.mark.parametrize("title", ["Skuleleiarmøte", "Møte for skoleledere", "Skoleledermøte, utvidet"])
def test_an_edited_title_on_the_same_day_is_the_same_item(title: str) -> None:
    edited = an_entry(title, MEETING.span.start)
    revision = revise(a_book(MEETING, COURSE), PLAN, a_document(edited, COURSE))
    assert [(item.id, entry.title) for item, entry in revision.changed] == [(1, title)]


def test_both_title_and_day_may_be_edited_a_little() -> None:
    edited = an_entry("Kurs i førstehjelp og brannvern", date(2023, 10, 3))
    other = an_entry("Kurs i førstehjelp", date(2023, 10, 3))
    revision = revise(a_book(MEETING, COURSE), PLAN, a_document(MEETING, other))
    assert [(item.id, entry) for item, entry in revision.changed] == [(2, other)]
    revision = revise(a_book(MEETING, COURSE), PLAN, a_document(MEETING, edited))
    assert [item.id for item, _ in revision.changed] == [2]


def test_a_slot_that_has_got_its_title_is_the_same_item() -> None:
    slots = (MEETING, an_entry("Tema?", kind=Kind.MODULE, area="Fireårsplan"), COURSE)
    named = (MEETING, an_entry("Relasjoner i klassen", kind=Kind.MODULE, area="Fireårsplan"), COURSE)
    revision = revise(a_book(*slots), PLAN, a_document(*named))
    assert [(item.id, entry.title) for item, entry in revision.changed] == [(2, "Relasjoner i klassen")]


def test_of_many_meetings_with_one_name_each_keeps_its_own_day() -> None:
    days = [date(2023, month, 4) for month in (9, 10, 11, 12)]
    before = [an_entry("SUT", day) for day in days]
    after = [an_entry("SUT", day) for day in (days[0], date(2023, 10, 11), days[2], days[3], date(2024, 1, 8))]
    revision = revise(a_book(*before), PLAN, a_document(*after))
    assert [(item.id, entry.span.start) for item, entry in revision.changed] == [(2, date(2023, 10, 11))]
    assert [entry.span.start for entry in revision.added] == [date(2024, 1, 8)]


def test_regions_are_told_apart() -> None:
    before = (an_entry("Samling", region="Nord"), an_entry("Samling", region="Sør"))
    after = (an_entry("Samling", date(2024, 3, 1), region="Sør"), an_entry("Samling", region="Nord"))
    revision = revise(a_book(*before), PLAN, a_document(*after))
    assert [(item.id, entry.region) for item, entry in revision.changed] == [(2, "Sør")]


def test_what_is_gone_is_removed_and_what_is_new_is_added() -> None:
    party = an_entry("Sommerfest", date(2024, 6, 14))
    revision = revise(a_book(MEETING, COURSE), PLAN, a_document(MEETING, party))
    assert ([item.id for item in revision.removed], revision.added) == ([2], (party,))


def test_a_goal_never_becomes_a_meeting() -> None:
    goal = an_entry("Alle skal lese", kind=Kind.GOAL)
    revision = revise(a_book(goal), PLAN, a_document(an_entry("Alle skal lese")))
    assert len(revision.removed) == len(revision.added) == 1


def test_items_of_another_plan_are_left_alone() -> None:
    other = Plan(id=2, short="X", title="En annen plan")
    book = a_book(MEETING, plan=other)
    assert revise(replace_plans(book, PLAN, other), PLAN, a_document(MEETING)).added == (MEETING,)


def replace_plans(book: Book, *plans: Plan) -> Book:
    return Book(plans=plans, items=book.items)


def test_a_new_document_is_all_new() -> None:
    revision = revise(Book(), None, a_document(MEETING))
    assert (revision.plan, revision.added) == (None, (MEETING,))


def test_a_plan_is_known_by_title_and_period_whatever_the_file_is_called() -> None:
    book = a_book(MEETING)
    assert same_plan(book, a_document(title="MØTEPLAN 2023–2024".replace("–", "/"))) is PLAN
    assert same_plan(book, a_document(title="Kursplan 2023/2024")) is None
    assert same_plan(book, replace(a_document(), period_start=date(2024, 8, 1))) is None


def test_pairs_are_one_to_one_though_much_is_alike() -> None:
    many = [an_entry("Møte", date(2023, 9, 1)) for _ in range(50)]
    pairs = paired(many, many[:30])
    assert len(pairs) == len(set(pairs.values())) == 30


def test_a_done_item_is_still_that_item() -> None:
    book = a_book(MEETING)
    done = replace(book.items[0], status=Status.DONE)
    revision = revise(Book(plans=(PLAN,), items=(done,)), PLAN, a_document(replace(MEETING, location="Aulaen")))
    assert [(item.status, entry.location) for item, entry in revision.changed] == [(Status.DONE, "Aulaen")]
