"""How far the schema has come, and the way from there to the newest step."""

from __future__ import annotations

import logging
from importlib.resources import files
from threading import Lock

from sqlalchemy import Connection, Engine, inspect, text

# The steps' files begin with their numbers; this much can be known without loading Alembic.
NEWEST = max(
    step.name[:4] for step in files("storage.migrations").joinpath("versions").iterdir() if step.name[:4].isdigit()
)
_LOCK = 7526310
"""A number of our own for PostgreSQL's advisory lock, so that one process at a time takes steps."""
# With what they take, as DROP FUNCTION wants them; an extension's are its own.
_FUNCTIONS = """
    SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
"""
_ALEMBIC = Lock()
"""Alembic keeps what it is about in a global variable."""


def stored_step(connection: Connection) -> str | None:
    """Return the number of the last step taken; None in an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    step: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return step


def upgrade(engine: Engine, to: str = "head") -> None:
    """Take the steps up to `to`, all or none of them."""
    with engine.begin() as connection:
        take_steps(connection, to)


def take_steps(connection: Connection, to: str = "head") -> None:
    """Take the steps up to `to` in the transaction that is open."""
    with _ALEMBIC:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if to == "head" and stored_step(connection) == NEWEST:
            return
        logging.getLogger("alembic").setLevel(logging.WARNING)
        from alembic import command
        from alembic.config import Config

        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", "storage:migrations")
        command.upgrade(config, to)


def undo_steps(connection: Connection) -> None:
    """Take away all that the steps made in PostgreSQL, those that only a newer Planvakt knows too."""
    quoted = connection.dialect.identifier_preparer.quote
    for table in inspect(connection).get_table_names():
        connection.execute(text(f"DROP TABLE {quoted(table)} CASCADE"))
    for function in connection.scalars(text(_FUNCTIONS)).all():
        connection.execute(text(f"DROP FUNCTION {function} CASCADE"))
