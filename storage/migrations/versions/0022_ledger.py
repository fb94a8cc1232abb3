"""The ledger of what is sent: who is at it, in which piece of work, which processes run, and who asked us to wait."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.organised import one_of, text, text_or_null

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("subscription", text_or_null("fault"))
    for table in ("delivery", "reminder"):
        _grow(table)
    # "Claimed" was ours alone, and nobody can tell how it ended.
    op.execute("UPDATE delivery SET state = 'unknown' WHERE state = 'claimed'")
    op.execute("UPDATE reminder SET state = 'unknown' WHERE state = 'claimed'")
    op.create_table(
        "replica",
        text("id"),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_replica"),
    )
    op.create_table(
        "workspace_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        one_of("platform"),
        text("team"),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workspace_pause"),
        sa.UniqueConstraint("platform", "team", name="uq_workspace_pause_platform_team"),
    )


def _grow(table: str) -> None:
    """Of what was sent before, the moment that it was claimed is all there is."""
    for name in ("due_at", "until", "began_at", "again_at", "batched_at"):
        op.add_column(table, sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column(table, sa.Column("attempt", sa.Integer(), nullable=False, server_default="1"))
    op.add_column(table, text_or_null("claim"))
    op.add_column(table, text_or_null("batch"))
    if table == "reminder":
        op.add_column(table, sa.Column("account", sa.String(), nullable=False, server_default=""))
    op.execute(f"UPDATE {table} SET due_at = claimed_at, until = claimed_at, began_at = claimed_at")  # noqa: S608
    with op.batch_alter_table(table) as altered:
        altered.alter_column("due_at", nullable=False)
        altered.alter_column("until", nullable=False)
        altered.alter_column("claimed_at", nullable=True)
    op.create_index(f"ix_{table}_state", table, ["state"])
    op.create_index(f"ix_{table}_batch", table, ["batch"])
