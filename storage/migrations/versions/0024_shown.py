"""What stands in the message of a digest once it was edited, and until when somebody is at editing it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.organised import text_or_null

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("delivery", text_or_null("shown"))
    op.add_column("delivery", sa.Column("editing_until", sa.DateTime(timezone=True), nullable=True))
