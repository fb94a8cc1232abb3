"""What stands in the history: rows that were not taken back, and what people write of an item, each text once."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from bot.remarks import Texts
from storage.acts import Act
from storage.column_types import storable
from storage.items import Changed
from storage.tables import HistoryRow, ItemRow


def stands() -> ColumnElement[bool]:
    """Whether a row was not undone, and is part of no undoing."""
    undoing, beside = aliased(HistoryRow), aliased(HistoryRow)
    is_undone = select(undoing.id).where(undoing.undoes == HistoryRow.id).exists()
    is_undoing = select(beside.id).where(beside.step == HistoryRow.step, beside.undoes.is_not(None)).exists()
    return ~is_undone & ~is_undoing


def write_remarks(doing: Act, item: ItemRow, texts: Texts) -> list[HistoryRow]:
    """Write what does not stand already; return what was noted."""
    return [row for field, text in texts if (row := _write_remark(doing, item, field, text))]


def _write_remark(doing: Act, item: ItemRow, field: str, text: str) -> HistoryRow | None:
    said = storable(text)
    is_same = (HistoryRow.item_id == item.id) & (HistoryRow.field == field) & (HistoryRow.after == said)
    if not text or doing.session.scalar(select(HistoryRow.id).where(is_same, stands()).limit(1)) is not None:
        return None
    return doing.note_item(item, Changed(field=field, before=None, after=said))
