"""Persons who are erased, and whose a conversation is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.organised import text_or_null

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("person", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conversation", text_or_null("speaker"))
