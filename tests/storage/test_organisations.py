"""Organisations share a database and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from bot.breaks import BreakName, SchoolBreak
from bot.calendar_feed import FeedOf
from bot.delivery import Claims, Ended, Sending, State
from bot.digest import Subscription
from bot.errors import DatabaseTrouble
from bot.messages import Sender
from bot.model import Language, Platform, Status
from bot.reminding import Vacancy
from bot.units import Parts, Unit, UnitKind
from storage.claims import Claimant
from storage.database import Database, OrganisationStore
from storage.engine import address, make_engine
from storage.rows import Organised, Row
from storage.sessions import Sessions
from storage.tables import HistoryRow, IntakeRow, OrganisationRow
from tests.deliveries import a_due, delivered, planned, reminded
from tests.storage.builders import LOCAL, NOW, SYSTEM, a_person, a_plan, an_entry, by, items_of, next_version, taken_in

CHANNEL = Subscription(id=None, platform=Platform.SLACK, channel="T1:C1")
KARI = Sender(platform=Platform.SLACK, account="T1:U7", name="Kari i Slack")
TABLES = sorted(
    (mapper.class_ for mapper in Row.registry.mappers if issubclass(mapper.class_, Organised)),
    key=lambda table: str(table.__tablename__),
)


def _mark_first(store: OrganisationStore) -> None:
    for item in store.plans.book().items[:1]:
        store.plans.mark(item, Status.DONE, by(a_person(store)))


def _undo(store: OrganisationStore) -> None:
    store.history.undo_step(store.history.last_step_by(a_person(store)), by(a_person(store)))


def _revise(store: OrganisationStore) -> None:
    for plan in store.plans.book().plans[:1]:
        store.plans.take_in(*next_version(store, plan, [None, an_entry("Ny")]), SYSTEM)


def _break(store: OrganisationStore) -> None:
    first = date(2024, 2, 19 + len(store.plans.book().items) % 7)
    told = SchoolBreak(name=BreakName.WINTER_BREAK, first=first, last=date(2024, 3, 1))
    store.breaks.write([told], by(a_person(store)))


def _subscribe(store: OrganisationStore) -> None:
    made = store.digests.subscribe(replace(CHANNEL, weekday=len(store.plans.book().items) % 7), SYSTEM)
    if store.digests.last_day(made) is None:
        delivered(store, made, date(2024, 2, 5), NOW)


def _unit(store: OrganisationStore) -> None:
    """A kindergarten, what it has done, and a group with a member that holds a role."""
    store.units.add([Unit(id=0, name="Solbakken barnehage", kind=UnitKind.KINDERGARTEN)], SYSTEM)
    units = store.plans.book().units
    for item in store.plans.book().items[:1]:
        store.units.mark(item, Parts(own=units, every=units), Status.DONE, SYSTEM)
    group = store.units.group(Platform.SLACK, "T1:S1", "rektorene")
    store.units.refresh(group, ["T1:U9"], NOW)
    store.people.give_role("Rektor", None, group, SYSTEM)


def _remind(store: OrganisationStore) -> None:
    kari, reminders = store.people.record(KARI), store.reminders
    for account in reminders.known().accounts[:1]:
        of_plans = (plan.id for plan in store.plans.book().plans[:1])
        told = [
            Vacancy(person_id=account.person_id, plan_id=number, role="rektor", school_year=2023) for number in of_plans
        ]
        reminded(store, account, date(2024, 2, 5), NOW)
        reminders.tell(told)
    reminders.set_days((9, len(store.plans.book().items) % 5 + 1), SYSTEM)
    reminders.turn(kari, by(kari), on=False)
    store.person_settings.choose_language(kari, list(Language)[len(store.plans.book().items) % 3], by(kari))
    store.completion.turn(by(kari), on=not store.completion.asks())
    for item in store.plans.book().items[:1]:
        reminders.quiet(kari, item, None, by(kari))


ACTS: dict[str, Callable[[OrganisationStore], Any]] = {
    "take in": lambda store: taken_in(store, an_entry("A"), an_entry("B")),
    "revise": _revise,
    "mark": _mark_first,
    "undo": _undo,
    "correct": lambda store: [
        store.plans.correct(item, an_entry("C"), SYSTEM) for item in store.plans.book().items[:1]
    ],
    "record": lambda store: store.people.record(KARI),
    "give": lambda store: store.people.give_role("Rektor", None, a_person(store), SYSTEM),
    "take": lambda store: [store.people.take_role(role, a_person(store), SYSTEM) for role in store.plans.book().roles],
    "subscribe": _subscribe,
    "undo intake": lambda store: store.history.undo_step(
        store.history.last_step_by(store.people.record(LOCAL)), by(store.people.record(LOCAL))
    ),
    "break": _break,
    "wait": lambda store: store.waiting.keep(a_plan(an_entry("D")), SYSTEM),
    "remind": _remind,
    "calendar": lambda store: store.calendar_feeds.renew(FeedOf(platform=Platform.SLACK, channel="T1:C1"), SYSTEM),
    "follow": lambda store: store.channels.follow("slack", "T1:C1", store.plans.book().plans[:1], SYSTEM),
    "remember": lambda store: store.conversations.remember("c1", f"{store.plans.book().revision}", NOW),
}


def seen(store: OrganisationStore) -> object:
    """All that the store tells, but for the ids."""
    book = store.plans.book()
    subscriptions = store.digests.subscriptions()
    return (
        [(plan.short, plan.title) for plan in book.plans],
        [(item.key, item.title, item.status) for item in book.items],
        [(role.name, [person.name for person in role.holders]) for role in book.roles],
        [person.name for person in store.people.everyone()],
        book.breaks,
        [
            (entry.subject, entry.field, entry.before, entry.after, entry.step, entry.by.name)
            for item in book.items
            for entry in store.history.of_item(item.id)
        ],
        [replace(subscription, id=None) for subscription in subscriptions],
        [store.digests.last_day(subscription) for subscription in subscriptions],
        store.conversations.recall("c1", NOW),
        [book.plan_by_id[number].short for number in store.channels.followed("slack", "T1:C1")],
        store.person_settings.of(store.people.find(KARI)),
        book.revision,
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(sorted(ACTS))), max_size=24))
def test_an_organisation_sees_what_it_would_see_alone(database: Database, acts: list[tuple[str, str]]) -> None:
    run = next(_RUNS)
    for name, act in acts:
        ACTS[act](database.of(f"{name}{run}"))
    for name in "ab":
        alone = database.of(f"{name} alone {run}")
        for act in (act for other, act in acts if other == name):
            ACTS[act](alone)
        assert seen(database.of(f"{name}{run}")) == seen(alone)


_RUNS = count()


@pytest.fixture
def ours(database: Database) -> OrganisationStore:
    return database.of("ours")


@pytest.fixture
def theirs(database: Database) -> OrganisationStore:
    """Another organisation, with something of everything."""
    store = database.of("theirs")
    acts = (
        "take in",
        "record",
        "give",
        "subscribe",
        "calendar",
        "remind",
        "follow",
        "remember",
        "wait",
        "break",
        "revise",
        "correct",
        "mark",
    )
    for act in acts:
        ACTS[act](store)
    _unit(store)
    return store


def test_nothing_of_another_organisation_can_be_reached_with_its_own_values(
    ours: OrganisationStore, theirs: OrganisationStore
) -> None:
    before = seen(theirs)
    book, mine = theirs.plans.book(), a_person(ours)
    item, plan, role = book.items[0], book.plans[0], book.roles[0]
    step = theirs.history.last_step_by(a_person(theirs))
    assert step
    (subscription,) = theirs.digests.subscriptions()
    assert ours.plans.mark(item, Status.DONE, by(mine)) is None
    assert ours.plans.correct(item, an_entry("X"), by(mine)) == ()
    assert ours.history.of_item(item.id) == ()
    assert ours.history.last_step_by(step[0].by) == ()
    assert ours.history.in_the_way(step) == ()
    assert ours.history.undo_step(step, by(mine)) == ()
    assert ours.plans.said(plan) == {}
    assert ours.waiting.find(1, NOW) is None
    assert not ours.waiting.discard(1)
    assert ours.people.take_role(role, role.holders[0], by(mine)) is None
    assert ours.breaks.erase(book.breaks, by(mine)) == ()
    assert ours.people.find(KARI).id is None
    assert ours.people.find(Sender(platform=Platform.WEB, account=str(step[0].by.id))).id is None
    assert ours.person_settings.of(theirs.people.find(KARI)).language is None
    (looked,) = theirs.deliveries.to_look_at(NOW + timedelta(days=30))
    assert ours.deliveries.to_look_at(NOW + timedelta(days=30)) == ()
    due = a_due(date(2024, 2, 12), NOW)
    assert ours.deliveries.plan([planned(subscription, due, since=looked.since)]) == 0
    assert not ours.deliveries.mark_fault(subscription.id or 0, "is_archived")
    theirs.deliveries.plan([planned(subscription, due, since=looked.since, next_at=looked.since)])
    assert ours.deliveries.into_batches(Sending.DIGEST, tuple(Platform), NOW, 50) == ()
    (batch,) = theirs.deliveries.into_batches(Sending.DIGEST, tuple(Platform), NOW, 50)
    assert ours.deliveries.of_batch(Sending.DIGEST, batch) == ()
    (delivery,) = theirs.deliveries.of_batch(Sending.DIGEST, batch)
    who = Claimant(replica="r", active=frozenset())
    assert ours.deliveries.claim(Sending.DIGEST, [delivery.number], "r:1", who, NOW) == Claims()
    theirs.deliveries.claim(Sending.DIGEST, [delivery.number], "r:1", who, NOW)
    gone = {delivery.number: Ended(state=State.FAILED)}
    assert ours.deliveries.end(Sending.DIGEST, "r:1", gone) == {delivery.number}
    ours.deliveries.freed(Sending.DIGEST, batch)
    assert theirs.deliveries.of_batch(Sending.DIGEST, batch) == (delivery,)
    theirs.deliveries.end(Sending.DIGEST, "r:1", {delivery.number: Ended(state=State.SKIPPED)})
    assert ours.digests.last_day(subscription) is None
    assert ours.channels.followed("slack", "T1:C1") == ()
    assert ours.conversations.recall("c1", NOW) is None
    with pytest.raises(DatabaseTrouble):
        ours.plans.take_in(*next_version(theirs, plan, [None, None]), by(mine))
    with pytest.raises(DatabaseTrouble):
        ours.channels.follow("slack", "T1:C1", [plan], by(mine))
    with pytest.raises(DatabaseTrouble):
        ours.people.give_role("planeier", plan, mine, by(mine))
    assert seen(theirs) == before
    assert ours.plans.book().items == ()


def test_a_person_of_another_organisation_can_do_and_be_nothing_here(
    ours: OrganisationStore, theirs: OrganisationStore
) -> None:
    kari = theirs.people.find(KARI)
    (item,) = items_of(ours, taken_in(ours))
    before = seen(ours)
    with pytest.raises(IntegrityError):
        ours.plans.mark(item, Status.DONE, by(kari, platform=Platform.SLACK))
    with pytest.raises(IntegrityError):
        ours.people.give_role("Rektor", None, kari, SYSTEM)
    assert seen(ours) == before


@pytest.fixture
def sessions(database_url: str, ours: OrganisationStore, theirs: OrganisationStore) -> Iterator[dict[str, Sessions]]:
    """The ways to the rows of both, by name."""
    engine = make_engine(address(database_url))
    with Session(engine) as session:
        yield {row.name: Sessions(engine, row.id) for row in session.scalars(select(OrganisationRow))}
    engine.dispose()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__tablename__)
def test_a_statement_that_names_no_organisation_keeps_to_its_own(
    sessions: dict[str, Sessions], table: type[Organised]
) -> None:
    with sessions["theirs"].reading() as session:
        rows_of_theirs = session.scalars(select(table.id)).all()
        assert rows_of_theirs
    with sessions["ours"].adding() as session:
        assert session.scalars(select(table)).all() == []
        assert session.scalars(select(aliased(table).id)).all() == []
        assert session.scalar(select(func.count()).select_from(table)) == 0
        assert session.scalar(select(select(table.id).exists())) is False
        if table is not HistoryRow:
            session.execute(update(table).values(id=table.id + 1000))
            session.execute(delete(table))
    with sessions["theirs"].reading() as session:
        assert session.scalars(select(table.id)).all() == rows_of_theirs


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__tablename__)
def test_a_row_points_within_its_organisation(table: type[Organised]) -> None:
    for key in cast(Table, table.__table__).foreign_key_constraints:
        if key.referred_table.name != "organisation":
            assert key.column_keys[0] == "organisation_id"
            assert [element.column.name for element in key.elements] == ["organisation_id", "id"]


def test_the_database_refuses_a_row_that_points_into_another_organisation(
    sessions: dict[str, Sessions], theirs: OrganisationStore
) -> None:
    item = theirs.plans.book().items[0]
    with pytest.raises(IntegrityError), sessions["ours"].adding() as session:
        session.add(IntakeRow(step=1, plan_id=item.plan_id, before={}))
