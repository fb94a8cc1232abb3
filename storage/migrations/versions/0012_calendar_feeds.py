"""Calendar feeds of channels and persons, each read by a secret."""

from __future__ import annotations

import sqlalchemy as sa

from storage.migrations.organised import create_organised, text, unique, within

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    create_organised(
        "calendar_feed",
        sa.Column("channel_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        text("secret"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        unique("calendar_feed", "channel_id"),
        unique("calendar_feed", "person_id"),
        within("calendar_feed", "channel_id", "channel"),
        within("calendar_feed", "person_id", "person"),
    )
