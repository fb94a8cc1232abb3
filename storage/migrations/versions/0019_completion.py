"""Whether an organisation asks two short questions when something is done."""

from __future__ import annotations

import sqlalchemy as sa

from storage.migrations.organised import create_organised, unique

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    create_organised(
        "completion_setting", sa.Column("asks", sa.Boolean(), nullable=False), unique("completion_setting")
    )
