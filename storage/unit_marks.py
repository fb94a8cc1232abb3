"""What each unit has done of an item, within one transaction; the history has a field of its own for each unit."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot.model import Item, Status
from bot.remarks import Texts
from bot.units import Parts, Unit, mark_of
from storage.acts import Act
from storage.holding_tables import UnitMarkRow
from storage.items import STATUS, Changed, as_text
from storage.standing import write_remarks
from storage.tables import HistoryRow, ItemRow


def mark_units(doing: Act, item: Item, parts: Parts, texts: Texts, *, is_done: bool) -> list[HistoryRow]:
    """Write what units have done, how far the item has come by that, and the texts; return what was noted."""
    row = doing.session.scalar(select(ItemRow).where(ItemRow.id == item.id, ItemRow.removed_at.is_(None)))
    if row is None:
        return []
    done = {mark.unit_id for mark in doing.session.scalars(select(UnitMarkRow).where(UnitMarkRow.item_id == item.id))}
    changing = [unit for unit in parts.own if (unit.id in done) is not is_done]
    noted = [_write(doing, row, unit, is_done=is_done) for unit in changing]
    now = done | {unit.id for unit in changing} if is_done else done - {unit.id for unit in changing}
    status = _status(row, changing, is_all=all(unit.id in now for unit in parts.every), is_done=is_done)
    if status is not row.status:
        noted.append(doing.note_item(row, Changed(field=STATUS, before=as_text(row.status), after=as_text(status))))
        row.status = status
    return [*noted, *write_remarks(doing, row, texts)]


def set_unit_back(doing: Act, item: ItemRow, row: HistoryRow, unit_id: int) -> None:
    """Let the unit have done its part, or not, as it was before the row; an item that lacks one is not done."""
    is_done = row.before == Status.DONE
    _set(doing, item.id, unit_id, is_done=is_done)
    if not is_done and item.status is Status.DONE:
        item.status = Status.STARTED
        doing.note_item(item, Changed(field=STATUS, before=as_text(Status.DONE), after=as_text(Status.STARTED)))


def _status(row: ItemRow, changing: Sequence[Unit], *, is_all: bool, is_done: bool) -> Status:
    if not changing:
        return row.status
    if is_done:
        return Status.DONE if is_all else row.status
    return Status.STARTED if row.status is Status.DONE else row.status


def _write(doing: Act, row: ItemRow, unit: Unit, *, is_done: bool) -> HistoryRow:
    _set(doing, row.id, unit.id, is_done=is_done)
    before, after = (Status.OPEN, Status.DONE) if is_done else (Status.DONE, Status.OPEN)
    changed = Changed(field=mark_of(unit), before=as_text(before), after=as_text(after))
    return doing.note_item(row, changed)


def _set(doing: Act, item_id: int, unit_id: int, *, is_done: bool) -> None:
    is_it = (UnitMarkRow.item_id == item_id) & (UnitMarkRow.unit_id == unit_id)
    mark = doing.session.scalar(select(UnitMarkRow).where(is_it))
    if is_done and mark is None:
        doing.session.add(UnitMarkRow(item_id=item_id, unit_id=unit_id))
    elif not is_done and mark is not None:
        doing.session.delete(mark)
