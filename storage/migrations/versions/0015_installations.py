"""The workspaces that have installed us."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.organised import text, text_or_null

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        text("team"),
        text("team_name"),
        text_or_null("enterprise"),
        text("bot_id"),
        text("bot_user"),
        sa.Column("scopes", sa.JSON(), nullable=False),
        text_or_null("token"),
        text_or_null("refresh_token"),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refreshing_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uninstalled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_installation"),
        sa.UniqueConstraint("team", name="uq_installation_team"),
    )
