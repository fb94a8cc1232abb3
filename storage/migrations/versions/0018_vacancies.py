"""Which vacant roles the owners of plans have been told of."""

from __future__ import annotations

import sqlalchemy as sa

from storage.migrations.organised import create_organised, text, unique, within

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    create_organised(
        "vacancy",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        text("role"),
        sa.Column("school_year", sa.Integer(), nullable=False),
        unique("vacancy", "person_id", "plan_id", "role", "school_year"),
        within("vacancy", "person_id", "person"),
        within("vacancy", "plan_id", "plan"),
    )
