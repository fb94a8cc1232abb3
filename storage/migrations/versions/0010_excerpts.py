"""What a plan says in running text, and what it said before its newest version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("plan", sa.Column("excerpts", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("intake", sa.Column("excerpts", sa.JSON(), nullable=True))
