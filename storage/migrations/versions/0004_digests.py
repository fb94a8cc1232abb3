"""Channels, when each gets its digest, the digests taken on, and what conversations were about."""

from __future__ import annotations

import sqlalchemy as sa

from storage.migrations.organised import create_organised, index, one_of, text, text_or_null, unique, within

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    create_organised(
        "channel",
        one_of("platform"),
        text("channel"),
        text_or_null("name"),
        unique("channel", "id"),
        unique("channel", "platform", "channel"),
    )
    _create_subscription()
    create_organised(
        "delivery",
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        text("kind"),
        sa.Column("day", sa.Date(), nullable=False),
        text("state"),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        text_or_null("message_id"),
        text_or_null("error"),
        unique("delivery", "subscription_id", "kind", "day"),
        within("delivery", "subscription_id", "subscription"),
    )
    create_organised(
        "conversation",
        text("conversation"),
        text("about"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        unique("conversation", "conversation"),
    )
    index("conversation", "at")


def _create_subscription() -> None:
    create_organised(
        "subscription",
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        text("zone"),
        one_of("language"),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        unique("subscription", "id"),
        unique("subscription", "channel_id"),
        within("subscription", "channel_id", "channel"),
    )
