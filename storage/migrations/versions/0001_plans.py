"""Organisations, their plans, and the items of those."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.organised import create_organised, one_of, text, text_or_null, unique, within

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        text("name"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("name", name="uq_organisation_name"),
    )
    create_organised(
        "plan",
        text("short"),
        sa.Column("last_number", sa.Integer(), nullable=False),
        text("title"),
        text_or_null("names_itself"),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        one_of("language"),
        text_or_null("reservation"),
        text_or_null("file"),
        unique("plan", "id"),
        unique("plan", "short"),
    )
    _create_item()


def _create_item() -> None:
    create_organised(
        "item",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        text("key"),
        sa.Column("position", sa.Integer(), nullable=False),
        one_of("status"),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        one_of("kind"),
        text("title"),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        one_of("precision"),
        text_or_null("date_text"),
        sa.Column("uncertain", sa.Boolean(), nullable=False),
        sa.Column("other", sa.Date(), nullable=True),
        sa.Column("time_start", sa.Time(), nullable=True),
        sa.Column("time_end", sa.Time(), nullable=True),
        sa.Column("responsible", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        *map(text_or_null, ("location", "resources", "goal", "area")),
        sa.Column("milestones", sa.JSON(), nullable=False),
        *map(text_or_null, ("region", "comment")),
        sa.Column("doubts", sa.JSON(), nullable=False),
        text_or_null("source"),
        sa.Column("source_line", sa.Integer(), nullable=True),
        unique("item", "id"),
        unique("item", "key"),
        within("item", "plan_id", "plan"),
    )
