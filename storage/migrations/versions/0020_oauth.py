"""When a workspace was installed and what is wrong there, and installations that are under way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.organised import text, text_or_null

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.add_column("installation", sa.Column("installed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("installation", text_or_null("trouble"))
    op.create_table(
        "oauth_state",
        sa.Column("id", sa.Integer(), nullable=False),
        text("digest"),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_oauth_state"),
        sa.UniqueConstraint("digest", name="uq_oauth_state_digest"),
    )
