"""What a person has chosen is kept with its history, one change an act, and nothing is kept where nothing is chosen."""

from __future__ import annotations

from bot.model import Language
from bot.person_settings import PersonSetting
from storage.database import OrganisationStore
from tests.storage.builders import a_person, by


def test_at_first_nothing_is_chosen(store: OrganisationStore) -> None:
    assert store.person_settings.of(a_person(store)) == PersonSetting()
    assert store.reminders.known().own == {}


def test_a_language_is_chosen_once_and_given_up_once(store: OrganisationStore) -> None:
    kari, settings = a_person(store), store.person_settings
    entry = settings.choose_language(kari, Language.NN, by(kari))
    assert entry is not None
    assert (entry.field, entry.before, entry.after, entry.by) == ("own_language", None, "nn", kari)
    assert settings.choose_language(kari, Language.NN, by(kari)) is None
    assert settings.of(kari) == PersonSetting(language=Language.NN)
    assert store.reminders.known().language_of(kari.id) is Language.NN
    assert settings.choose_language(kari, None, by(kari)) is not None
    assert settings.choose_language(kari, None, by(kari)) is None
    assert store.reminders.known().own == {}


def test_days_are_chosen_beside_the_language_and_leave_those_of_all_alone(store: OrganisationStore) -> None:
    kari, settings = a_person(store), store.person_settings
    settings.choose_language(kari, Language.EN, by(kari))
    entry = settings.choose_days(kari, (7, 1), by(kari))
    assert entry is not None
    assert (entry.field, entry.before, entry.after) == ("own_reminder_days", None, "7,1")
    assert settings.choose_days(kari, (7, 1), by(kari)) is None
    known = store.reminders.known()
    assert (known.days_of(kari.id), known.days_of(None), known.days) == ((7, 1), (14, 3), (14, 3))
    assert settings.choose_days(kari, None, by(kari)) is not None
    assert settings.of(kari) == PersonSetting(language=Language.EN)
    assert store.history.last_step_by(kari) == ()
