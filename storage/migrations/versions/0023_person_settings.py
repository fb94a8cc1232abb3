"""What persons have chosen for themselves: the language of answers, and their own days before a deadline."""

from __future__ import annotations

import sqlalchemy as sa

from storage.migrations.organised import create_organised, text_or_null, unique, within

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    create_organised(
        "person_setting",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=32), nullable=True),
        text_or_null("days"),
        unique("person_setting", "person_id"),
        within("person_setting", "person_id", "person"),
    )
