"""The workspaces that have installed us: one row each, and no token that can be read without a key."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from bot.errors import BadSetting
from storage.commons import Commons
from storage.database import Database
from storage.engine import address, make_engine
from storage.installations import Installed
from storage.oauth_states import OAuthStates
from storage.secrets import Secrets

NOW = datetime(2023, 8, 30, 9, 5, tzinfo=UTC)
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
KOMMUNEN = Installed(
    team="T1",
    team_name="Kommunen",
    bot_id="B1",
    bot_user="U1",
    token="xoxe.xoxb-secret",
    refresh_token="xoxe-1-secret",
    expires_at=NOW + timedelta(hours=12),
    scopes=("chat:write", "commands"),
)


def test_what_is_kept_comes_out_as_it_was_and_once_a_workspace(database: Database) -> None:
    installations = database.installations([OLD])
    installations.save(replace(KOMMUNEN, token="xoxb-before"))
    installations.save(KOMMUNEN)
    assert installations.of("T1") == KOMMUNEN
    assert installations.of("T2") is None
    assert installations.teams() == ("T1",)
    assert "secret" not in repr(KOMMUNEN)


def test_no_token_lies_in_clear_text(database: Database, database_url: str) -> None:
    database.installations([OLD]).save(KOMMUNEN)
    engine = make_engine(address(database_url))
    with engine.connect() as connection:
        (row,) = connection.execute(text("SELECT token, refresh_token FROM installation"))
    engine.dispose()
    assert "secret" not in f"{row}"


def test_keys_can_be_changed_and_an_old_one_then_be_left_out(database: Database) -> None:
    database.installations([OLD]).save(KOMMUNEN)
    with pytest.raises(BadSetting):
        database.installations([NEW]).of("T1")
    assert database.installations([NEW, OLD]).of("T1") == KOMMUNEN
    assert database.installations([NEW, OLD]).renew_keys() == 1
    assert database.installations([NEW]).of("T1") == KOMMUNEN


@pytest.mark.parametrize("keys", [[], ["short"], [OLD, "short"]])
def test_what_is_no_key_is_refused_by_name_and_not_shown(database: Database, keys: list[str]) -> None:
    with pytest.raises(BadSetting) as refused:
        database.installations(keys)
    assert refused.value.values["name"] == "PLANVAKT_SECRET_KEYS"
    assert "short" not in str(refused.value.values)


def test_of_many_who_would_refresh_a_token_one_does(database_url: str) -> None:
    databases = [Database(database_url) for _ in range(4)]
    databases[0].installations([OLD]).save(KOMMUNEN)
    until = NOW + timedelta(minutes=1)

    def claim(database: Database) -> bool:
        return database.installations([OLD]).claim_refresh("T1", now=NOW, until=until)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(claim, databases)) == 1
    assert databases[0].installations([OLD]).claim_refresh("T1", now=until, until=until)
    for database in databases:
        database.close()


def test_who_uninstalls_leaves_no_token_however_often_it_is_told(database: Database) -> None:
    installations = database.installations([OLD])
    assert not installations.save(KOMMUNEN)
    for _ in range(2):
        assert installations.uninstall("T1", NOW)
    assert (installations.of("T1"), installations.teams()) == (None, ())
    assert not installations.uninstall("T2", NOW)
    assert installations.save(KOMMUNEN)
    assert installations.of("T1") == KOMMUNEN


def test_an_uninstallation_from_before_the_newest_installation_changes_nothing(database: Database) -> None:
    installations = database.installations([OLD])
    installed = replace(KOMMUNEN, installed_at=NOW + timedelta(seconds=20, milliseconds=300))
    installations.save(installed)
    assert not installations.uninstall("T1", NOW + timedelta(seconds=19))
    assert installations.of("T1") == installed
    assert installations.uninstall("T1", NOW + timedelta(seconds=20))
    assert installations.of("T1") is None


def test_a_token_renewed_while_somebody_uninstalled_is_not_kept(database: Database) -> None:
    installations = database.installations([OLD])
    installations.save(KOMMUNEN)
    assert installations.claim_refresh("T1", now=NOW, until=NOW + timedelta(minutes=1))
    installations.uninstall("T1", NOW)
    installations.refreshed(KOMMUNEN, "xoxb-new", None, None)
    assert installations.of("T1") is None


def test_what_was_renewed_while_somebody_installed_anew_is_not_kept(database: Database) -> None:
    installations = database.installations([OLD])
    installations.save(replace(KOMMUNEN, installed_at=NOW))
    old = installations.of("T1")
    assert old
    anew = replace(KOMMUNEN, token="xoxb-anew", installed_at=NOW + timedelta(minutes=1))
    installations.save(anew)
    installations.refreshed(old, "xoxb-of-the-old", "xoxe-of-the-old", NOW)
    installations.not_refreshed(old, "token_revoked")
    assert installations.of("T1") == anew


def test_what_slack_does_not_renew_is_marked_until_it_does(database: Database) -> None:
    installations = database.installations([OLD])
    installations.save(KOMMUNEN)
    installations.not_refreshed(KOMMUNEN, "invalid_refresh_token")
    assert installations.of("T1") == replace(KOMMUNEN, trouble="invalid_refresh_token")
    installations.refreshed(KOMMUNEN, "xoxb-new", "xoxe-new", NOW)
    renewed = replace(KOMMUNEN, token="xoxb-new", refresh_token="xoxe-new", expires_at=NOW)
    assert installations.of("T1") == renewed


def test_a_state_is_good_once_and_for_a_time(database: Database) -> None:
    states = database.oauth_states([OLD])
    first, second = (states.issue(NOW) for _ in range(2))
    assert states.consume(first, NOW)
    assert not states.consume(first, NOW)
    assert not database.oauth_states([NEW, OLD]).consume(first, NOW)
    assert not states.consume("made up", NOW)
    assert not states.consume("løyeleg ✓", NOW)
    assert not database.oauth_states([NEW]).consume(second, NOW)
    assert not states.consume(second, NOW + timedelta(minutes=10, seconds=1))
    assert states.consume(second, NOW + timedelta(minutes=9))


def test_what_else_is_hidden_with_the_keys_is_no_state(database: Database) -> None:
    assert not database.oauth_states([OLD]).consume(Secrets([OLD]).sealed("xoxb-secret", NOW), NOW)


def test_what_is_only_begun_is_not_kept_and_of_the_rest_only_so_many(database_url: str, database: Database) -> None:
    engine = make_engine(address(database_url))

    def kept() -> int | None:
        with engine.connect() as connection:
            return connection.scalar(text("SELECT count(*) FROM oauth_state"))

    states = OAuthStates(Commons(engine), Secrets([OLD]), most=3)
    begun = [database.oauth_states([OLD]).issue(NOW) for _ in range(50)]
    assert kept() == 0
    assert all(states.consume(one, NOW) for one in begun)
    assert kept() == 3
    assert not states.consume(begun[-1], NOW)
    assert states.consume(states.issue(NOW + timedelta(hours=1)), NOW + timedelta(hours=1))
    assert kept() == 1
    engine.dispose()


def test_of_many_who_come_back_with_one_state_one_is_let_in(database_url: str) -> None:
    databases = [Database(database_url) for _ in range(4)]
    state = databases[0].oauth_states([OLD]).issue(NOW)
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda one: one.oauth_states([OLD]).consume(state, NOW), databases)) == 1
    for database in databases:
        database.close()
