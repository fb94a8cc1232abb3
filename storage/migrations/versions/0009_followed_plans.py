"""Which plans a channel follows; one without rows follows all."""

from __future__ import annotations

import sqlalchemy as sa

from storage.migrations.organised import create_organised, unique, within

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    create_organised(
        "followed_plan",
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        unique("followed_plan", "channel_id", "plan_id"),
        within("followed_plan", "channel_id", "channel"),
        within("followed_plan", "plan_id", "plan"),
    )
