"""Whatever is kept of a person can be shown and erased, and the history stays as it was."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.errors import NotFound, NotOne
from bot.messages import Sender
from bot.model import FORMER, Language, Person, Platform, Status
from bot.person_settings import PersonSetting
from bot.units import Scope, Unit, UnitKind
from storage.database import Database, OrganisationStore
from storage.engine import address, make_engine
from storage.privacy import STAYS, about_persons
from tests.storage.builders import NOW, SYSTEM, a_person, a_plan, an_entry, by, items_of, taken_in

KARI = Sender(platform=Platform.SLACK, account="T1:U7", name="Kari Nordmann")


def one_who_did_things(store: OrganisationStore) -> Person:
    """Somebody with an account, a role, a mark, a conversation and a document that waits."""
    kari = store.people.record(KARI)
    plan = taken_in(store)
    store.people.give_role("Rektor", None, kari, SYSTEM)
    store.plans.mark(items_of(store, plan)[0], Status.DONE, by(kari, platform=Platform.SLACK))
    store.conversations.remember("slack:T1:C1:1.2", "what Kari asked", NOW, KARI)
    store.conversations.remember(
        "slack:T1:C1:1.3", "what Ola asked", NOW, Sender(platform=Platform.SLACK, account="T1:U8")
    )
    store.waiting.keep(a_plan(an_entry(), file="plan.docx"), by(kari, platform=Platform.SLACK))
    return kari


def test_all_that_is_kept_of_somebody_is_shown(store: OrganisationStore) -> None:
    kept = store.privacy.kept(one_who_did_things(store))
    assert [(one.platform, one.account) for one in kept.accounts] == [(Platform.SLACK, "T1:U7")]
    assert kept.roles == ("Rektor",)
    assert [one.about for one in kept.conversations] == ["what Kari asked"]
    assert [one.file for one in kept.documents] == ["plan.docx"]
    assert [(entry.field, entry.after) for entry in kept.history] == [("status", "done"), ("holder", "Kari Nordmann")]


def test_erased_is_all_but_the_history_which_speaks_of_a_former_user(store: OrganisationStore) -> None:
    kari = one_who_did_things(store)
    (item,) = store.plans.book().items
    before = store.history.of_item(item.id)
    store.person_settings.choose_language(kari, Language.NN, by(kari))
    assert store.privacy.kept(kari).settings == {"person_setting": [{"language": Language.NN, "days": None}]}
    store.privacy.erase(kari, NOW)
    kept = store.privacy.kept(kari)
    assert store.person_settings.of(kari) == PersonSetting()
    assert [*kept.accounts, *kept.roles, *kept.conversations, *kept.documents, *kept.settings] == []
    after = store.history.of_item(item.id)
    assert [(one.id, one.at, one.field, one.after) for one in after] == [
        (one.id, one.at, one.field, one.after) for one in before
    ]
    assert after[0].by == Person(id=kari.id, name=FORMER)
    assert all(kari not in role.holders for role in store.plans.book().roles)
    assert store.conversations.recall("slack:T1:C1:1.3", NOW) == "what Ola asked"
    assert FORMER not in [person.name for person in store.people.everyone()]


def test_the_name_stands_nowhere_in_the_database(database_url: str) -> None:
    database = Database(database_url)
    store = database.of(None)
    store.privacy.erase(one_who_did_things(store), NOW)
    database.close()
    engine = make_engine(address(database_url))
    with engine.connect() as connection:
        for table in (*(one.__tablename__ for one in about_persons()), "person", "conversation", "role"):
            rows = str(connection.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608 - our own tables
            assert "Kari" not in rows
            assert "T1:U7" not in rows
    engine.dispose()


@pytest.mark.parametrize("act", ["UPDATE history SET person_id = person_id", "DELETE FROM history"])
def test_the_history_still_only_grows(database_url: str, act: str) -> None:
    database = Database(database_url)
    store = database.of(None)
    store.privacy.erase(one_who_did_things(store), NOW)
    database.close()
    engine = make_engine(address(database_url))
    with pytest.raises(DBAPIError, match="only grows"), engine.begin() as connection:
        connection.execute(text(act))
    engine.dispose()


def test_erasing_twice_is_erasing_once(store: OrganisationStore) -> None:
    kari = one_who_did_things(store)
    store.privacy.erase(kari, NOW)
    book = store.plans.book()
    store.privacy.erase(kari, NOW)
    assert store.plans.book() is book
    with pytest.raises(NotFound):
        store.privacy.person("Kari Nordmann")
    with pytest.raises(NotFound):
        store.privacy.person(str(kari.id))


@pytest.mark.parametrize(
    "sender",
    [
        KARI,
        Sender(platform=Platform.COMMAND_LINE, name="Kari Nordmann"),
        Sender(platform=Platform.COMMAND_LINE, name=" "),
    ],
)
def test_who_comes_later_is_somebody_new(store: OrganisationStore, sender: Sender) -> None:
    kari = one_who_did_things(store)
    store.privacy.erase(kari, NOW)
    assert store.people.find(sender).id is None
    newcomer = store.people.record(sender)
    assert newcomer.id != kari.id
    assert not store.privacy.kept(newcomer).history
    assert store.people.find(Sender(platform=Platform.WEB, account=str(kari.id))).id is None


def test_of_two_by_one_name_the_number_tells_which(store: OrganisationStore) -> None:
    first = store.people.record(KARI)
    second = store.people.record(Sender(platform=Platform.SLACK, account="T1:U9", name="Kari Nordmann"))
    with pytest.raises(NotOne) as error:
        store.privacy.person("kari nordmann")
    assert error.value.values["numbers"] == [first.id, second.id]
    assert store.privacy.person(str(second.id)) == second
    store.privacy.erase(second, NOW)
    assert store.privacy.person("kari nordmann") == first


@pytest.mark.parametrize(
    ("listed", "is_last"), [(("T1:U7",), True), (("T1:U7", "T1:U8"), False), (("T1:U8",), False), ((), False)]
)
def test_the_last_administrator_is_told_of(database_url: str, listed: tuple[str, ...], is_last: bool) -> None:
    database = Database(database_url, administrators=listed)
    store = database.of(None)
    kept = store.privacy.kept(store.people.record(KARI))
    assert kept.is_last_administrator is is_last
    assert kept.listed == tuple(one for one in listed if one == "T1:U7")
    database.close()


def test_another_organisation_keeps_its_people(database_url: str) -> None:
    database = Database(database_url)
    here, there = database.of(None), database.of("T2")
    one_who_did_things(here)
    other = one_who_did_things(there)
    before = there.privacy.kept(other)
    here.privacy.erase(here.privacy.person("Kari Nordmann"), NOW)
    assert there.privacy.kept(other) == before
    with pytest.raises(NotFound):
        here.privacy.person(str(other.id))
    database.close()


def test_every_table_about_persons_is_erased_or_said_to_stay() -> None:
    """Whoever adds such a table gets this for nothing; a name in another column they must think of."""
    assert {"account", "holding", "waiting_document", *STAYS} <= {one.__tablename__ for one in about_persons()}


def test_a_name_is_found_however_it_is_written(store: OrganisationStore) -> None:
    kari = a_person(store, "Kari")
    assert store.privacy.person(" KARI ") == kari


def test_a_role_is_shown_with_the_unit_and_the_school_year_it_is_held_in(store: OrganisationStore) -> None:
    kari = store.people.record(KARI)
    store.units.add([Unit(id=0, name="Nes skole", kind=UnitKind.SCHOOL, municipality="Storvik")], SYSTEM)
    (unit,) = store.plans.book().units
    store.people.give_role("Rektor", None, kari, SYSTEM, Scope(unit=unit, school_year=2023))
    assert store.privacy.kept(kari).roles == ("Rektor Nes skole 2023/2024",)
