"""What the document last said of each item, apart from what people have corrected; documents that wait."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, time
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.migrations.organised import create_organised, index, text, text_or_null, unique, within

revision = "0005"
down_revision = "0004"

_WORDS = ("kind", "title", "precision", "date_text", "location", "resources", "goal", "area", "region", "comment")
_LISTS = ("responsible", "audience", "milestones", "doubts")
_ITEM = sa.table(
    "item",
    sa.column("id", sa.Integer()),
    *(sa.column(name, sa.String()) for name in (*_WORDS, "source")),
    *(sa.column(name, sa.Date()) for name in ("start", "end", "other")),
    *(sa.column(name, sa.Time()) for name in ("time_start", "time_end")),
    *(sa.column(name, sa.JSON()) for name in _LISTS),
    sa.column("uncertain", sa.Boolean()),
    sa.column("source_line", sa.Integer()),
    sa.column("said", sa.JSON()),
)
_INTAKE = sa.table(
    "intake",
    sa.column("organisation_id", sa.Integer()),
    sa.column("step", sa.Integer()),
    sa.column("plan_id", sa.Integer()),
    sa.column("before", sa.JSON()),
)
_VERSIONS = sa.text(
    "SELECT DISTINCT history.organisation_id, history.step, item.plan_id FROM history"
    " JOIN item ON item.id = history.item_id WHERE history.field <> 'status'"
)
_CORRECTED = sa.text("SELECT item_id, field FROM item_correction")
_BEFORE = sa.text("SELECT before FROM history WHERE item_id = :item AND field = :field ORDER BY id LIMIT 1")


def upgrade() -> None:
    op.add_column("plan", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("item", sa.Column("said", sa.JSON(), nullable=True))
    _fill_said()
    op.drop_table("item_correction")
    create_organised(
        "intake",
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        unique("intake", "step"),
        within("intake", "plan_id", "plan"),
    )
    _note_versions()
    op.create_table(
        "waiting_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        text_or_null("file"),
        text("proposed"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_waiting_document_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_waiting_document"),
        within("waiting_document", "person_id", "person"),
        sqlite_autoincrement=True,
    )
    index("waiting_document", "at")


def _note_versions() -> None:
    """New versions taken in until now: what it takes to undo them was not kept, so none of them can be."""
    connection = op.get_bind()
    for row in connection.execute(_VERSIONS).mappings().all():
        connection.execute(sa.insert(_INTAKE).values(**row, before={}))


def _fill_said() -> None:
    """What an item holds is what its document said; where people have corrected it, what it was before."""
    connection = op.get_bind()
    corrected: dict[int, dict[str, str | None]] = {}
    for item, field in connection.execute(_CORRECTED).all():
        corrected.setdefault(item, {})[field] = connection.scalar(_BEFORE, {"item": item, "field": field})
    for row in connection.execute(sa.select(_ITEM)).mappings().all():
        said = {**_said(row), **corrected.get(row["id"], {})}
        connection.execute(sa.update(_ITEM).where(_ITEM.c.id == row["id"]).values(said=said))


def _said(row: Mapping[Any, Any]) -> dict[str, str | None]:
    return {name: _as_text(value) for name, value in row.items() if name not in ("id", "said")}


def _as_text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool | list):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date | time) else str(value)
