"""A database is opened, told apart from a wrong one, and says plainly what is the matter."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest

from bot.answers.facts import Facts
from bot.errors import DatabaseTrouble
from bot.messages import Sender
from bot.model import Language, Platform
from bot.render import render
from storage.database import Database
from tests.postgres import Server
from tests.storage.builders import a_person

SECRET = "hemmelig"
TROUBLES = sorted(path.stem for path in (Path(__file__).parents[2] / "bot/norwegian/answers/nb").glob("database_*.j2"))


@pytest.fixture
def empty_database(postgres: Server) -> Iterator[str]:
    with postgres.database() as name:
        yield postgres.url(name)


def trouble_with(url: str) -> DatabaseTrouble:
    """What the database says when it is asked for something."""
    with pytest.raises(DatabaseTrouble) as raised:
        _ask(url)
    return raised.value


def _ask(url: str) -> None:
    database = Database(url)
    try:
        database.of(None).people.record(Sender(platform=Platform.COMMAND_LINE, name="Kari"))
    finally:
        database.close()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "planvakt.db",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "mysql://root@localhost/planvakt",
        "postgresql+psycopg2://root@localhost/planvakt",
        "postgresql+psycopg://root@localhost",
        f"postgresql+psycopg://root:{SECRET}@localhost:port/planvakt",
    ],
)
def test_what_is_no_address_is_said_to_be_none(url: str) -> None:
    with pytest.raises(DatabaseTrouble) as raised:
        Database(url)
    assert (raised.value.template, raised.value.values) == ("database_address", {})


def test_a_database_is_made_without_connecting(tmp_path: Path) -> None:
    Database(f"sqlite:///{tmp_path / 'new.db'}").close()
    Database("postgresql+psycopg://nobody@127.0.0.1:1/none").close()
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_made_and_brought_up_to_date(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    assert database.is_behind()
    assert database.of(None).plans.book().items == ()
    assert not database.is_behind()
    database.close()


def test_an_empty_server_is_behind_until_it_is_brought_up_to_date(empty_database: str) -> None:
    database = Database(empty_database)
    assert database.is_behind()
    with pytest.raises(DatabaseTrouble) as raised:
        database.of(None)
    assert raised.value.template == "database_behind"
    for _ in range(2):
        database.bring_up_to_date()
    assert database.of(None).plans.book().items == ()
    database.close()


def test_a_database_of_a_newer_version_is_left_alone(database_url: str) -> None:
    _execute(database_url, "UPDATE alembic_version SET version_num = '9999'")
    assert trouble_with(database_url).template == "database_ahead"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "none" / "planvakt.db"
    trouble = trouble_with(f"sqlite:///{path}")
    assert (trouble.template, trouble.values) == ("database_not_there", {"where": str(path)})


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 " * 500, b"SQLite format 3\x00" + b"x" * 4096], ids=["other", "damaged"]
)
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(content)
    assert trouble_with(f"sqlite:///{path}").template == "database_unreadable"
    assert path.read_bytes() == content


def test_a_file_that_may_only_be_read(tmp_path: Path, sqlite_template: Path) -> None:
    assert trouble_with(f"sqlite:///file:{sqlite_template}?mode=ro&uri=true").template == "database_unwritable"


def test_a_file_that_somebody_else_writes_to(tmp_path: Path) -> None:
    path = tmp_path / "planvakt.db"
    _ask(f"sqlite:///{path}")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    url = f"sqlite:///{path}?timeout=0.05"
    database = Database(url)
    assert database.of(None).plans.book().items == ()
    with pytest.raises(DatabaseTrouble) as raised:
        a_person(database.of(None), "Ola")
    assert raised.value.template == "database_busy"
    other.close()
    a_person(database.of(None), "Ola")
    database.close()


def test_a_server_that_does_not_answer_keeps_its_secret() -> None:
    trouble = trouble_with(f"postgresql+psycopg://planvakt:{SECRET}@127.0.0.1:1/plans?password={SECRET}")
    assert (trouble.template, trouble.values) == ("database_not_there", {"where": "127.0.0.1:1/plans"})
    assert SECRET not in f"{trouble} {trouble.__cause__}"


def test_a_server_without_that_database(postgres: Server) -> None:
    assert trouble_with(postgres.url("planvakt_none_of_that_name")).template == "database_not_there"


def test_a_server_that_has_dropped_its_connections_is_reached_again(database: Database, database_url: str) -> None:
    if database_url.startswith("sqlite"):
        return
    store = database.of(None)
    kari = a_person(store, "Kari")
    _execute(
        database_url,
        "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    assert store.people.everyone() == (kari,)


def test_organisations_are_made_when_they_are_first_asked_for(database: Database) -> None:
    assert database.organisations() == ()
    for name in (None, "Fjellvik", " Fjellvik ", "", "fjellvik"):
        database.of(name)
    assert database.organisations() == (None, "Fjellvik", "fjellvik")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("template", TROUBLES)
def test_every_trouble_is_told_in_one_line(template: str, language: Language) -> None:
    values = {} if template == "database_address" else {"where": "planvakt.db", "plan": "KIBS"}
    reply = render(Facts(template=template, values=values), "", language, date(2024, 2, 5))
    assert len(reply.parts) == 1
    assert reply.text.endswith(".")


def test_every_trouble_has_a_text_in_each_standard() -> None:
    answers = Path(__file__).parents[2] / "bot/norwegian/answers"
    assert len(TROUBLES) == 11
    for language in Language:
        assert sorted(path.stem for path in (answers / language).glob("database_*.j2")) == TROUBLES


def _execute(url: str, statement: str) -> None:
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
            file.execute(statement)
        file.close()
    else:
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(statement.encode())
