"""What the steps say over and over. The steps are the past, so nothing here may ever change."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem


def create_organised(name: str, *parts: SchemaItem) -> None:
    """Make a table whose rows belong to an organisation."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        *parts,
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=f"fk_{name}_organisation_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def text_or_null(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=True)


def one_of(name: str) -> sa.Column[str]:
    """One of the names that the core knows; which they are is not the database's to say."""
    return sa.Column(name, sa.String(length=32), nullable=False)


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    """Once in an organisation."""
    named: Sequence[str] = ("organisation_id", *columns)
    return sa.UniqueConstraint(*named, name=f"uq_{table}_{'_'.join(named)}")


def within(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    """A row of the same organisation."""
    return sa.ForeignKeyConstraint(
        ["organisation_id", column],
        [f"{other}.organisation_id", f"{other}.id"],
        name=f"fk_{table}_organisation_id_{column}",
    )


def index(table: str, *columns: str) -> None:
    named = ["organisation_id", *columns]
    op.create_index(f"ix_{table}_{'_'.join(named)}", table, named)
