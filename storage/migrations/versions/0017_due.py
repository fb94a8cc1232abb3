"""When somebody has to look whether a channel's digest is due, and what becomes of it on a day off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from storage.column_types import Instant

revision = "0017"
down_revision = "0016"

_DOWN = timedelta(hours=12)


def upgrade() -> None:
    op.add_column("subscription", sa.Column("days_off", sa.String(length=32), nullable=False, server_default="post"))
    op.add_column("subscription", sa.Column("next_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_subscription_next_at", "subscription", ["next_at"])
    # Somebody looks at once, and back to what may have come due while nothing ran.
    subscription = sa.table("subscription", sa.column("next_at", Instant()), sa.column("is_active", sa.Boolean()))
    op.execute(subscription.update().where(subscription.c.is_active).values(next_at=datetime.now(UTC) - _DOWN))
