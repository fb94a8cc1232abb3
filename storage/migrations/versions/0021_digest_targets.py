"""Whom a digest is for, whether it keeps quiet in empty weeks, and people's own digests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    for name in ("groups", "regions", "meetings"):
        op.add_column("subscription", sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    for name in ("is_quiet", "shows_waiting", "is_own"):
        op.add_column("subscription", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
