"""Who is to be reminded of what, and the reminders taken on."""

from __future__ import annotations

import sqlalchemy as sa

from storage.migrations.organised import create_organised, one_of, text, text_or_null, unique, within

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    create_organised("reminder_setting", text("days"), unique("reminder_setting"))
    create_organised(
        "reminder_off",
        sa.Column("person_id", sa.Integer(), nullable=False),
        unique("reminder_off", "person_id"),
        within("reminder_off", "person_id", "person"),
    )
    create_organised(
        "reminder_quiet",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        unique("reminder_quiet", "person_id", "item_id"),
        within("reminder_quiet", "person_id", "person"),
        within("reminder_quiet", "item_id", "item"),
    )
    create_organised(
        "reminder",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        one_of("platform"),
        text("state"),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        text_or_null("message_id"),
        text_or_null("error"),
        unique("reminder", "person_id", "day"),
        within("reminder", "person_id", "person"),
    )
