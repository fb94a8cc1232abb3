"""The history, which only grows, and which fields of an item people have corrected.

On SQLite a later step that remakes the table history must make the triggers anew, because they go with it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.organised import create_organised, index, one_of, text, text_or_null, unique, within

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    create_organised(
        "history",
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        one_of("platform"),
        sa.Column("item_id", sa.Integer(), nullable=True),
        text("subject"),
        text("field"),
        text_or_null("before"),
        text_or_null("after"),
        sa.Column("undoes", sa.Integer(), nullable=True),
        unique("history", "id"),
        unique("history", "undoes"),
        within("history", "person_id", "person"),
        within("history", "item_id", "item"),
        within("history", "undoes", "history"),
    )
    index("history", "item_id")
    index("history", "person_id")
    create_organised(
        "item_correction",
        sa.Column("item_id", sa.Integer(), nullable=False),
        text("field"),
        unique("item_correction", "item_id", "field"),
        within("item_correction", "item_id", "item"),
    )
    let_only_grow = _on_sqlite if op.get_bind().dialect.name == "sqlite" else _on_postgresql
    let_only_grow()


def _on_sqlite() -> None:
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER history_no_{act.lower()} BEFORE {act} ON history "
            "BEGIN SELECT RAISE(ABORT, 'the history only grows'); END"
        )


def _on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION history_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the history only grows'; END $$"
    )
    op.execute(
        "CREATE TRIGGER history_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON history "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_only_grows()"
    )
