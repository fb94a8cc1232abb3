"""The breaks of each school year, as administrators tell them."""

from __future__ import annotations

import sqlalchemy as sa

from storage.migrations.organised import create_organised, one_of, unique

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    create_organised(
        "school_break",
        one_of("name"),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        unique("school_break", "name", "school_year", "first"),
    )
