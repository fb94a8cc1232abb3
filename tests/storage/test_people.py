"""Who a sender is, who is an administrator, and who holds which role."""

from __future__ import annotations

import pytest

from bot.errors import NotOne
from bot.history import Author
from bot.messages import Sender
from bot.model import PLAN_OWNER, Person, Platform
from storage.database import Database, OrganisationStore
from tests.storage.builders import LOCAL, NOW, SYSTEM, a_person, by, taken_in

KARI_IN_SLACK = Sender(platform=Platform.SLACK, account="T1:U7", name="Kari")


def typed(name: str) -> Sender:
    return Sender(platform=Platform.COMMAND_LINE, name=name)


def on_page(account: str) -> Sender:
    return Sender(platform=Platform.WEB, account=account)


def test_the_local_administrator_is_recorded_when_they_first_change_something(store: OrganisationStore) -> None:
    stranger = store.people.find(LOCAL)
    assert stranger == Person(id=None, name="administrator", is_administrator=True)
    assert store.people.everyone() == ()
    store.people.give_role("Rektor", None, Person(id=None, name="Kari"), by(stranger))
    known = store.people.find(LOCAL)
    assert known.id is not None
    assert known.is_administrator
    assert store.people.record(LOCAL) == known


def test_a_name_nobody_has_is_a_stranger_and_is_not_written_down(store: OrganisationStore) -> None:
    assert store.people.find(typed("Ola")) == Person(id=None, name="Ola")
    assert store.people.everyone() == ()


@pytest.mark.parametrize("spelling", ["Åse Østby", "åse østby", "ÅSE  ØSTBY", " A\u030ase Østby"])
def test_a_name_is_found_in_any_case_and_spacing(store: OrganisationStore, spelling: str) -> None:
    person = a_person(store, "Åse Østby")
    assert store.people.find(typed(spelling)) == person
    assert store.people.named(spelling) == (person,)
    assert store.people.record(typed(spelling)) == person


def test_a_name_that_two_persons_share_is_nobodys(store: OrganisationStore) -> None:
    for account in ("T1:U7", "T1:U8"):
        store.people.record(Sender(platform=Platform.SLACK, account=account, name="Kari"))
    with pytest.raises(NotOne) as error:
        store.people.find(typed("kari"))
    assert (error.value.template, error.value.values) == ("person_not_one", {"name": "kari"})
    assert len(store.people.named("Kari")) == 2


def test_on_a_chat_platform_the_account_tells_who_it_is(store: OrganisationStore) -> None:
    assert store.people.find(KARI_IN_SLACK) == Person(id=None, name="Kari")
    kari = store.people.record(KARI_IN_SLACK)
    assert store.people.find(Sender(platform=Platform.SLACK, account="T1:U7", name="Renamed")) == kari
    assert store.people.find(Sender(platform=Platform.SLACK, account="T2:U7", name="Kari")).id is None
    assert store.people.find(Sender(platform=Platform.TEAMS, account="T1:U7", name="Kari")).id is None
    assert store.people.record(KARI_IN_SLACK) == kari


def test_somebody_recorded_without_a_name_gets_it_when_it_is_known(store: OrganisationStore) -> None:
    nameless = store.people.record(Sender(platform=Platform.SLACK, account="T1:U7"))
    store.people.give_role("Rektor", None, nameless, SYSTEM)
    assert nameless.name == "T1:U7"
    kari = store.people.record(KARI_IN_SLACK)
    assert (kari.id, kari.name) == (nameless.id, "Kari")
    assert store.people.named("kari") == (kari,)
    assert store.plans.book().roles[0].holders == (kari,)


def test_on_the_page_the_account_is_a_persons_id(store: OrganisationStore) -> None:
    kari = a_person(store)
    assert store.people.find(on_page(str(kari.id))) == kari
    for stranger in ("0", "-1", "x", "²", "9" * 30):
        assert store.people.find(on_page(stranger)).id is None


@pytest.mark.parametrize("allowed", [False, True])
def test_the_page_has_an_administrator_only_where_it_was_asked_for(database_url: str, allowed: bool) -> None:
    database = Database(database_url, web_administrator=allowed)
    store = database.of(None)
    local = store.people.record(LOCAL)
    found = store.people.find(on_page("administrator"))
    assert found == local if allowed else (found.id, found.is_administrator) == (None, False)
    database.close()


def test_administrators_go_by_account_in_chats_and_by_name_elsewhere(database_url: str) -> None:
    database = Database(database_url, administrators=("T1:U7", "Berit"))
    people = database.of(None).people
    impostor = Sender(platform=Platform.SLACK, account="T1:U9", name="Berit")
    for _ in range(2):
        assert people.find(KARI_IN_SLACK).is_administrator
        assert people.find(typed("berit")).is_administrator
        assert not people.find(impostor).is_administrator
        assert not people.find(typed("T1:U8")).is_administrator
        people.record(KARI_IN_SLACK)
        people.record(typed("Berit"))
    people.record(impostor)
    assert not people.find(impostor).is_administrator
    assert [person.is_administrator for person in people.named("Berit")] == [True, False]
    database.close()


def test_somebody_in_a_chat_must_be_recorded_before_they_act(store: OrganisationStore) -> None:
    stranger = Author(person=store.people.find(KARI_IN_SLACK), platform=Platform.SLACK, at=NOW)
    with pytest.raises(ValueError, match="record the sender"):
        store.people.give_role("Rektor", None, Person(id=None, name="Ola"), stranger)
    assert store.people.everyone() == ()


def test_giving_a_role_makes_role_and_person_where_they_are_new(store: OrganisationStore) -> None:
    role, entry = store.people.give_role("Programleiar", None, Person(id=None, name="Kari"), SYSTEM)
    (kari,) = store.people.named("kari")
    assert (role.name, role.plan_id, role.holders) == ("Programleiar", None, (kari,))
    assert entry is not None
    assert (entry.subject, entry.field, entry.before, entry.after) == ("Programleiar", "holder", None, "Kari")
    assert store.plans.book().roles == (role,)


def test_giving_a_role_twice_changes_nothing(store: OrganisationStore) -> None:
    kari = a_person(store)
    first, _ = store.people.give_role("Programleiar", None, kari, SYSTEM)
    before = store.plans.book()
    assert store.people.give_role("programleiar ", None, kari, SYSTEM) == (first, None)
    assert store.plans.book() is before


def test_a_role_taken_away_is_no_longer_held_and_can_be_given_again(store: OrganisationStore) -> None:
    kari, ola = a_person(store, "Kari"), a_person(store, "Ola")
    for person in (kari, ola):
        role, _ = store.people.give_role("Rektor", None, person, SYSTEM)
    entry = store.people.take_role(role, kari, SYSTEM)
    assert entry is not None
    assert (entry.before, entry.after) == ("Kari", None)
    assert store.plans.book().roles[0].holders == (ola,)
    assert store.people.take_role(role, kari, SYSTEM) is None
    assert store.people.take_role(role, Person(id=None, name="Eli"), SYSTEM) is None
    assert store.people.give_role("Rektor", None, kari, SYSTEM)[0].holders == (ola, kari)


def test_every_plan_has_its_own_owners(store: OrganisationStore) -> None:
    first, second = taken_in(store), taken_in(store, title="Årshjul 2024")
    kari = a_person(store)
    role, entry = store.people.give_role(PLAN_OWNER, second, kari, SYSTEM)
    assert entry is not None
    assert (role.plan_id, entry.subject) == (second.id, f"{PLAN_OWNER} {second.short}")
    held = {role.plan_id: [person.name for person in role.holders] for role in store.plans.book().roles}
    assert held == {first.id: ["administrator"], second.id: ["administrator", "Kari"]}


def test_names_of_any_length_and_letters_are_names(store: OrganisationStore) -> None:
    for name in ("x" * 5000, "李" * 3000, "Kari'; DROP TABLE person; --", "{{ 7*7 }}", "Ka\x00ri\ud83d"):
        person = a_person(store, name)
        assert store.people.record(typed(name)) == person
        store.people.give_role(name, None, person, SYSTEM)
    assert len(store.people.everyone()) == 6
