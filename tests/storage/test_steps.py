"""Each step of the schema, taken from the step before with rows in it; steps/ has the rows of each step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, Table, inspect, select

from bot.proposals.differences import differences
from storage.database import Database
from storage.engine import address, make_engine
from storage.rows import Row
from storage.steps import NEWEST, stored_step, upgrade

STEPS = sorted(
    step.name[:4] for step in files("storage.migrations").joinpath("versions").iterdir() if step.name[:1] == "0"
)
ROWS = Path(__file__).parent / "steps"
# What was corrected is from then on what differs from what the document said.
DROPPED = {"0005": ["item_correction"], "0014": ["role_holding"]}


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'planvakt.db'}"
    else:
        server = request.getfixturevalue("postgres")
        with server.database() as name:
            yield server.url(name)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    made = make_engine(address(url))
    yield made
    made.dispose()


def fill(engine: Engine, step: str) -> None:
    statements = (ROWS / f"{step}.sql").read_text("utf-8").split(";\n")
    with engine.begin() as connection:
        for statement in filter(str.strip, statements):
            connection.exec_driver_sql(statement)


def rows(engine: Engine) -> dict[str, Sequence[dict[str, Any]]]:
    """All rows of all tables, as the schema is now."""
    found = MetaData()
    found.reflect(engine)
    with engine.connect() as connection:
        return {name: _rows(connection.execute(select(table))) for name, table in found.tables.items()}


def _rows(result: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in result.mappings()]


@pytest.mark.parametrize("step", STEPS)
def test_rows_of_the_step_before_survive(engine: Engine, step: str) -> None:
    for earlier in (name for name in STEPS if name < step):
        upgrade(engine, earlier)
        fill(engine, earlier)
    before = rows(engine)
    upgrade(engine, step)
    after = rows(engine)
    for table, kept in before.items():
        if table not in ("alembic_version", *DROPPED.get(step, ())):
            assert [{key: row[key] for key in old} for row, old in zip(after[table], kept, strict=True)] == kept
    fill(engine, step)


def test_the_tables_are_those_of_the_models(engine: Engine) -> None:
    upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Row.metadata) == []
        constraints = inspect(connection)
        for table in Row.metadata.sorted_tables:
            assert _names(constraints, table) == _names_in(table)


def _names(found: Any, table: Table) -> set[str]:
    kinds = (found.get_foreign_keys, found.get_unique_constraints, found.get_indexes)
    return {each["name"] for kind in kinds for each in kind(table.name)}


def _names_in(table: Table) -> set[str]:
    named = {str(each.name) for each in table.constraints} | {str(each.name) for each in table.indexes}
    return {name for name in named if not name.startswith("pk_")}


def test_what_the_steps_have_filled_in_is_what_the_store_tells(url: str, engine: Engine) -> None:
    for step in STEPS:
        upgrade(engine, step)
        fill(engine, step)
    database = Database(url)
    store = database.of(None)
    book = store.plans.book()
    (item,) = book.items
    assert (book.plans[0].short, item.key, item.responsible) == ("KIBS", "KIBS-1", ("Programleiar", "rektor"))
    assert [person.name for person in book.roles[1].holders] == ["Åse Østby"]
    assert [entry.field for entry in store.history.of_item(item.id)] == ["status", "status"]
    assert store.digests.subscriptions()[0].channel == "T1:C1"
    assert store.channels.followed("slack", "T1:C1") == (book.plans[0].id,)
    database.close()


def test_what_a_document_said_is_what_an_item_holds_or_held_before_it_was_corrected(url: str, engine: Engine) -> None:
    for step in STEPS[:4]:
        upgrade(engine, step)
        fill(engine, step)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO history"
            " (id, organisation_id, step, at, person_id, platform, item_id, subject, field, before, after)"
            " VALUES (3, 1, 9, '2024-02-05 08:30:00.000000+00:00', 1, 'slack', 1, 'KIBS-1', 'title', 'Fagd?', 'Fagdag')"
        )
    upgrade(engine)
    database = Database(url)
    store = database.of(None)
    (item,) = store.plans.book().items
    said = store.plans.said(store.plans.book().plans[0])
    assert {number: [one.field for one in differences(entry, item)] for number, entry in said.items()} == {
        item.id: ["title"]
    }
    assert said[item.id].title == "Fagd?"
    assert store.history.last_step_by(store.people.everyone()[0]) == ()  # what it takes to undo that was not kept
    database.close()


def test_plans_from_before_terms_explain_nothing_until_they_are_read_anew(url: str) -> None:
    engine = make_engine(address(url))
    for step in STEPS[: STEPS.index("0007")]:
        upgrade(engine, step)
        fill(engine, step)
    upgrade(engine)
    database = Database(url)
    assert {plan.terms for plan in database.of(None).plans.book().plans} == {()}
    fill(engine, "0007")
    engine.dispose()
    database.close()


def test_steps_follow_one_another_in_the_order_of_their_numbers() -> None:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    walked = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
    assert walked[::-1] == STEPS
    assert STEPS[-1] == NEWEST
    assert sorted(path.stem for path in ROWS.glob("*.sql")) == STEPS


def test_a_step_that_fails_leaves_nothing(engine: Engine) -> None:
    upgrade(engine, STEPS[0])
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE role_holding (id INTEGER)")
    with pytest.raises(Exception, match="role_holding"):
        upgrade(engine, STEPS[1])
    with engine.connect() as connection:
        assert stored_step(connection) == STEPS[0]
        assert not inspect(connection).has_table("person")
