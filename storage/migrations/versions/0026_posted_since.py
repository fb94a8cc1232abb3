"""Which digests were posted lately is asked again and again, of all that ever were."""

from __future__ import annotations

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_index("ix_delivery_began_at", "delivery", ["began_at"])
