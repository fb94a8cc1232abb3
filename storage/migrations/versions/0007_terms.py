"""What a plan says of its short names and groups, and what it said of them before its newest version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("plan", sa.Column("terms", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("intake", sa.Column("terms", sa.JSON(), nullable=True))
