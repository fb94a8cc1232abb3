"""Persons, their accounts on the platforms, roles, and who holds them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.organised import create_organised, index, one_of, text, unique, within

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    create_organised(
        "person",
        text("name"),
        text("folded"),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        unique("person", "id"),
    )
    index("person", "folded")
    create_organised(
        "account",
        sa.Column("person_id", sa.Integer(), nullable=False),
        one_of("platform"),
        text("account"),
        unique("account", "platform", "account"),
        within("account", "person_id", "person"),
    )
    index("account", "person_id")
    _create_roles()


def _create_roles() -> None:
    create_organised(
        "role",
        text("name"),
        text("folded"),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        unique("role", "id"),
        unique("role", "folded", "plan_id"),
        within("role", "plan_id", "plan"),
    )
    is_of_all = sa.text("plan_id IS NULL")
    op.create_index(
        "uq_role_of_all_plans",
        "role",
        ["organisation_id", "folded"],
        unique=True,
        sqlite_where=is_of_all,
        postgresql_where=is_of_all,
    )
    create_organised(
        "role_holding",
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        unique("role_holding", "role_id", "person_id"),
        within("role_holding", "role_id", "role"),
        within("role_holding", "person_id", "person"),
    )
