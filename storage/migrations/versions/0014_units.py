"""Units, groups of a chat platform, holdings by unit, school year and plan, and what each unit has done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.organised import create_organised, index, one_of, text, unique, within

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    create_organised(
        "unit",
        text("name"),
        text("folded"),
        one_of("kind"),
        text("municipality"),
        text("place"),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        unique("unit", "id"),
        unique("unit", "folded", "place"),
    )
    _create_groups()
    _create_holdings()
    create_organised(
        "unit_mark",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        unique("unit_mark", "item_id", "unit_id"),
        within("unit_mark", "item_id", "item"),
        within("unit_mark", "unit_id", "unit"),
    )


def _create_groups() -> None:
    create_organised(
        "user_group",
        one_of("platform"),
        text("account"),
        text("name"),
        sa.Column("refreshed_at", sa.DateTime(timezone=True), nullable=True),
        unique("user_group", "id"),
        unique("user_group", "platform", "account"),
    )
    create_organised(
        "user_group_member",
        sa.Column("group_id", sa.Integer(), nullable=False),
        text("account"),
        unique("user_group_member", "group_id", "account"),
        within("user_group_member", "group_id", "user_group"),
    )


def _create_holdings() -> None:
    create_organised(
        "holding",
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        text("municipality"),
        sa.Column("school_year", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        within("holding", "role_id", "role"),
        within("holding", "person_id", "person"),
        within("holding", "group_id", "user_group"),
        within("holding", "unit_id", "unit"),
        within("holding", "plan_id", "plan"),
    )
    index("holding", "role_id")
    op.execute(
        "INSERT INTO holding (id, organisation_id, role_id, person_id, municipality)"
        " SELECT id, organisation_id, role_id, person_id, '' FROM role_holding"
    )
    if op.get_bind().dialect.name == "postgresql":
        newest = "(SELECT COALESCE(MAX(id), 0) + 1 FROM holding)"
        op.execute(f"SELECT setval(pg_get_serial_sequence('holding', 'id'), {newest}, false)")
    op.drop_table("role_holding")
