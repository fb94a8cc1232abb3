"""A backup holds all of one moment, also while others write, and goes back into either kind of database."""

from __future__ import annotations

import resource
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from bot.errors import DatabaseTrouble
from bot.history import Author
from bot.messages import Sender
from bot.model import Entry, Kind, Platform, ProposedPlan
from bot.proposals.revision import Revision
from handlers.cli import main
from storage.database import Database
from storage.engine import address, make_engine
from storage.rows import Row
from tests.postgres import Server

NOW = datetime(2025, 9, 1, 6, 0, tzinfo=UTC)


def take_in(database: Database, title: str, organisation: str | None = None) -> None:
    """A plan of two measures, the second of them marked."""
    store = database.of(organisation)
    entries = tuple(Entry(kind=Kind.MEASURE, title=f"{title} {number}") for number in (1, 2))
    years = {"period_start": date(2025, 8, 1), "period_end": date(2026, 7, 31)}
    plan = ProposedPlan(title=title, entries=entries, **years)
    person = store.people.record(Sender(platform=Platform.COMMAND_LINE))
    author = Author(person=person, platform=Platform.COMMAND_LINE, at=NOW)
    store.plans.take_in(plan, Revision(plan=None, added=plan.entries), author)


def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """All that stands in a database."""
    engine = make_engine(address(url))
    with engine.connect() as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(table.select().order_by(table.c.id))]
            for table in Row.metadata.sorted_tables
        }
    engine.dispose()
    return found


@pytest.fixture
def other(request: pytest.FixtureRequest, tmp_path: Path, database_url: str) -> Iterator[str]:
    """The address of an empty database without tables, of the other kind."""
    if not database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'other.db'}"
        return
    postgres: Server = request.getfixturevalue("postgres")
    with postgres.database() as name:
        yield postgres.url(name)


def test_a_backup_goes_into_either_kind_of_database_and_work_goes_on_there(
    database: Database, database_url: str, other: str, tmp_path: Path
) -> None:
    take_in(database, "Plan for skolene")
    take_in(database, "Plan for barnehagene", "Hemmeligheim")
    file = tmp_path / "planvakt-2025.db"
    assert database.back_up(file).items == 4
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.glob("*planvakt-2025*")) == [file.name]
    target = Database(other)
    assert target.restore(file, over=False).plans == 2
    assert rows(other) == rows(database_url)
    take_in(target, "Plan for PPT")
    assert [plan.title for plan in target.of(None).plans.book().plans] == ["Plan for skolene", "Plan for PPT"]
    target.close()


def test_what_was_written_after_the_backup_is_gone_once_it_is_restored(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    take_in(database, "Plan for skolene")
    before = rows(database_url)
    database.back_up(tmp_path / "backup.db")
    take_in(database, "Feil plan")
    with pytest.raises(DatabaseTrouble) as refused:
        database.restore(tmp_path / "backup.db", over=False)
    assert refused.value.template == "database_not_empty"
    assert len(database.of(None).plans.book().plans) == 2
    database.restore(tmp_path / "backup.db", over=True)
    assert rows(database_url) == before


def test_where_a_newer_version_has_been_it_gives_way_to_the_backup_with_all_that_is_its(
    database: Database, other: str, tmp_path: Path
) -> None:
    take_in(database, "Plan for skolene")
    database.back_up(tmp_path / "backup.db")
    target = Database(other)
    target.restore(tmp_path / "backup.db", over=False)
    before = rows(other)
    engine = make_engine(address(other))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE later (id INTEGER PRIMARY KEY, plan_id INTEGER REFERENCES plan (id))"))
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseTrouble) as refused:
        target.restore(tmp_path / "backup.db", over=False)
    assert refused.value.template == "database_not_empty"
    with engine.connect() as connection:
        assert inspect(connection).has_table("later")
    target.restore(tmp_path / "backup.db", over=True)
    assert rows(other) == before
    with engine.connect() as connection:
        assert not inspect(connection).has_table("later")
    engine.dispose()
    take_in(target, "Plan for PPT")
    target.close()


def test_a_backup_taken_while_others_write_holds_whole_acts_alone(database: Database, tmp_path: Path) -> None:
    take_in(database, "Plan 0")
    has_written, is_over = threading.Event(), threading.Event()

    def write() -> None:
        number = 0
        while not is_over.is_set():
            number += 1
            take_in(database, f"Plan {number}")
            has_written.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert has_written.wait(60)
        taken = [database.back_up(tmp_path / f"{number}.db") for number in range(3)]
        has_written.clear()
        assert has_written.wait(60)
    finally:
        is_over.set()
        writer.join()
    assert all(held.items == 2 * held.plans for held in taken)
    assert taken[0].plans < len(database.of(None).plans.book().plans)
    for number in range(3):
        with closing(sqlite3.connect(tmp_path / f"{number}.db")) as file:
            assert file.execute("SELECT count(*) FROM plan").fetchone()[0] == taken[number].plans
            assert file.execute("PRAGMA foreign_key_check").fetchall() == []


def test_nothing_is_restored_while_a_server_runs(database: Database, database_url: str, tmp_path: Path) -> None:
    take_in(database, "Plan for skolene")
    database.back_up(tmp_path / "backup.db")
    server = Database(database_url)
    with server.in_use(), pytest.raises(DatabaseTrouble) as refused:
        database.restore(tmp_path / "backup.db", over=True)
    assert refused.value.template == "database_in_use"
    database.restore(tmp_path / "backup.db", over=True)
    server.close()


def test_a_server_that_has_stopped_stands_in_the_way_of_nothing_from_that_moment(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    database.back_up(tmp_path / "backup.db")
    server = Database(database_url)
    for _ in range(10):
        with server.in_use():
            pass
        database.restore(tmp_path / "backup.db", over=True)
    server.close()


def test_what_waited_in_the_inbox_is_not_answered_once_more(database: Database, tmp_path: Path) -> None:
    assert database.inbox.put("Ev1", ("message", "T1"), {"text": "hei"}, now=NOW, until=NOW)
    database.back_up(tmp_path / "backup.db")
    database.restore(tmp_path / "backup.db", over=True)
    assert database.inbox.claim(now=NOW, until=NOW, at_most=9) == ()
    assert database.inbox.put("Ev1", ("message", "T1"), {"text": "hei"}, now=NOW, until=NOW) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("step", "template"), [(None, "backup_unreadable"), ("9999", "backup_ahead"), ("", "backup_unreadable")]
)
def test_what_is_no_backup_of_ours_is_refused(
    database: Database, database_url: str, tmp_path: Path, step: str | None, template: str
) -> None:
    take_in(database, "Plan for skolene")
    file = tmp_path / "backup.db"
    database.back_up(file)
    if step:
        with closing(sqlite3.connect(file)) as opened:
            opened.execute("UPDATE alembic_version SET version_num = ?", [step])
            opened.commit()
    else:
        file.write_bytes(b"hei" if step is None else file.read_bytes()[:5000])
    before = rows(database_url)
    with pytest.raises(DatabaseTrouble) as refused:
        database.restore(file, over=True)
    assert refused.value.template == template
    assert rows(database_url) == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_by_the_command_line(
    database: Database,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    take_in(database, "Plan for skolene")
    monkeypatch.setenv("PLANVAKT_DATABASE_URL", database_url)
    file = str(tmp_path / "backup.db")
    assert main(["db", "backup", file]) == 0
    assert capsys.readouterr().out == f"Sikkerhetskopien ligger i {file}: 1 plan med 2 punkter.\n"
    assert main(["db", "backup", file]) == 1
    assert "finnes fra før" in capsys.readouterr().err
    assert main(["db", "restore", file]) == 1
    assert "--yes" in capsys.readouterr().err
    assert main(["db", "restore", file, "--yes"]) == 0
    assert "lagt inn" in capsys.readouterr().out


def test_where_a_backup_has_no_room_that_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'plan.db'}")
    take_in(database, "Plan for skolene")
    file = tmp_path / "backup.db"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, before[1]))
    try:
        with pytest.raises(DatabaseTrouble) as refused:
            database.back_up(file)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refused.value.template == "database_unwritable"
    assert list(tmp_path.glob("*backup.db*")) == []
    database.close()
