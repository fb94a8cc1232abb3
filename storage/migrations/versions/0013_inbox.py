"""What a platform has delivered, until its work is done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.organised import text, text_or_null

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        text("delivery"),
        text("kind"),
        text("team"),
        text_or_null("body"),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        text("state"),
        text_or_null("error"),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("delivery", name="uq_inbox_delivery"),
    )
    op.create_index("ix_inbox_state_next_at", "inbox", ["state", "next_at"])
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
