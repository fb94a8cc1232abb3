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
    logging.getLogger("alembic").setLevel(logging.WARNING)
    from alembic import command
    from alembic.config import Config

    with _ALEMBIC, engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", "storage:migrations")
        command.upgrade(config, to)
