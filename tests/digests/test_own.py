"""Somebody's own digest: of their roles and units, where they can be written to, and theirs alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core import Bot
from bot.digest import Subscription
from bot.history import Author
from bot.messages import Message, Reply, Sender
from bot.model import Language, Platform
from storage.database import Database, OrganisationStore
from storage.privacy import Kept
from tests.dialogs.plans import take_in_plans

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NOW = datetime(2027, 2, 1, 9, tzinfo=ZoneInfo("Europe/Oslo"))
KARI = Sender(platform=Platform.SLACK, account="T1:UKARI", name="Kari")
OLA = Sender(platform=Platform.SLACK, account="T1:UOLA", name="Ola")
HERE = Path(__file__).parent


@pytest.fixture
def store(database: Database) -> OrganisationStore:
    found = database.of(None)
    take_in_plans(found, HERE / "plans.toml")
    return found


def said(database: Database, text: str, sender: Sender = KARI, channel: str | None = None) -> Reply:
    return Bot(database).reply(Message(text=text, now=NOW, sender=sender, channel=channel))


def given(store: OrganisationStore, role: str, sender: Sender = KARI) -> None:
    author = Author(person=store.people.record(sender), platform=sender.platform, at=NOW)
    store.people.give_role(role, None, author.person, author)


def own(store: OrganisationStore) -> Subscription:
    found = store.digests.subscription(Platform.SLACK, "T1:UKARI")
    assert found is not None
    return found


def titles(database: Database, store: OrganisationStore) -> set[str]:
    return {item.title for item in Bot(database).digest(store, own(store), NOW).items}


@pytest.mark.parametrize("channel", [None, "T1:C1"], ids=["in one's own talk", "in a channel"])
def test_anybody_may_have_their_own_wherever_they_ask_and_it_is_about_their_roles(
    database: Database, store: OrganisationStore, channel: str | None
) -> None:
    given(store, "styrarane")
    reply = said(database, "send meg ukebrevet", channel=channel)
    assert "Ukebrevet kommer til deg i en direktemelding hver mandag kl. 08.00" in reply.text
    assert "styrarane" in reply.text
    assert titles(database, store) == {"Styrermøte", "Samling for styrere"}
    assert store.digests.subscription(Platform.SLACK, "T1:C1") is None


def test_who_has_no_role_yet_is_told_of_everything_and_that_it_is_so(
    database: Database, store: OrganisationStore
) -> None:
    assert "Du har ingen rolle ennå" in said(database, "/ukebrev til meg").text
    assert {"Styrermøte", "PPT-møte"} <= titles(database, store)


def test_one_may_say_what_it_is_about_instead(database: Database, store: OrganisationStore) -> None:
    given(store, "styrarane")
    reply = said(database, "/ukebrev til meg fredag 12 bare for PPT")
    assert "hver fredag kl. 12.00" in reply.text
    assert "bare om det som gjelder PPT" in reply.text
    assert titles(database, store) == {"PPT-møte"}


def test_it_is_paused_and_turned_off_in_ones_own_talk(database: Database, store: OrganisationStore) -> None:
    said(database, "/ukebrev til meg")
    assert said(database, "/ukebrev pause til 1. mars").changes
    assert own(store).paused_until is not None
    assert said(database, "/vekebrev av").changes
    assert not own(store).is_active


def test_it_comes_in_the_language_that_was_chosen_last_for_all_or_for_it(
    database: Database, store: OrganisationStore
) -> None:
    said(database, "/ukebrev til meg")
    assert "vekebrevet ditt" in said(database, "svar meg på nynorsk").text
    assert own(store).language is Language.NN
    said(database, "/ukebrev til meg fredag")
    assert own(store).language is Language.NN
    said(database, "/ukebrev til meg på bokmål")
    said(database, "/ukebrev til meg mandag")
    assert own(store).language is Language.NB
    assert said(database, "Hva skjer neste uke?").language is Language.NN


def test_an_owner_is_told_what_waits_for_a_date_in_their_own_plans(
    database: Database, store: OrganisationStore
) -> None:
    plan, other = store.plans.book().plans[0], store.plans.book().plans[2]
    author = Author(person=store.people.record(KARI), platform=Platform.SLACK, at=NOW)
    store.people.give_role("planeier", other, author.person, author)
    said(database, "/ukebrev til meg om alt")
    assert "Mangler dato" not in Bot(database).digest(store, own(store), NOW).text
    store.people.give_role("planeier", plan, author.person, author)
    assert "«dato kommer»: Foredrag om språk" in Bot(database).digest(store, own(store), NOW).text


def test_it_is_shown_to_whom_it_is_about_and_gone_when_they_are_erased(
    database: Database, store: OrganisationStore
) -> None:
    said(database, "/ukebrev til meg")
    said(database, "/ukebrev til meg", sender=OLA)
    person = store.people.find(KARI)
    kept: Kept = store.privacy.kept(person)
    assert kept.settings["subscription"][0]["is_own"]
    store.privacy.erase(person, NOW)
    assert store.digests.subscription(Platform.SLACK, "T1:UKARI") is None
    assert [one.channel for one in store.digests.subscriptions()] == ["T1:UOLA"]
    assert "UKARI" not in repr(store.history.everything())


@pytest.mark.parametrize("channel", [None, "T1:C1"], ids=["in one's own talk", "in a channel"])
def test_what_is_posted_is_turned_off_by_one_press_below_it_by_who_may(
    database: Database, store: OrganisationStore, channel: str | None
) -> None:
    store.people.make_administrator(KARI)
    said(database, "/ukebrev til meg" if channel is None else "/ukebrev her", channel=channel)
    (posted,) = store.digests.subscriptions()
    (press,) = (one for one in Bot(database).digest(store, posted, NOW).buttons if one.says == "/ukebrev av")
    assert press.label == "Slå av ukebrevet"
    assert said(database, press.says, OLA, channel).changes == ()
    assert store.digests.subscriptions() == (posted,)
    assert said(database, press.says, channel=channel).changes
    assert [one.is_active for one in store.digests.subscriptions()] == [False]


def test_what_is_only_shown_has_no_such_button(database: Database) -> None:
    assert "/ukebrev av" not in [one.says for one in said(database, "/ukebrev vis").buttons]
