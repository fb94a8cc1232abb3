"""How often an item comes back."""

from __future__ import annotations

from alembic import op

from storage.migrations.organised import text_or_null

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("item", text_or_null("repeats"))
