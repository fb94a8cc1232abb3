"""Which plans a digest is about, where it is not about all that its channel follows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("subscription", sa.Column("plans", sa.JSON(), nullable=False, server_default="[]"))
