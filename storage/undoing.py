"""Setting back what was done in one act; the history tells of it in rows of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased, undefer

from bot.breaks import BREAK
from bot.units import unit_marked
from storage.acts import HOLDER, Act
from storage.breaks import set_break_back
from storage.intake import ADDED, REMOVED, TAKEN_IN
from storage.items import Changed, as_text, from_text, has_field
from storage.plan_rows import set_plan_back
from storage.roles import vacate
from storage.standing import stands
from storage.steps_taken import intake_of, unit_of
from storage.tables import HistoryRow, IntakeRow, ItemRow, PlanRow
from storage.unit_marks import set_unit_back


def set_back(doing: Act, step: Sequence[HistoryRow]) -> list[HistoryRow]:
    """Write all as it was before the step; return what was noted."""
    intake = intake_of(step)
    rows = _items(doing, step)
    if intake is None:
        noted = [_set_item_back(doing, rows[row.item_id], row) for row in reversed(step) if row.item_id in rows]
        noted += [set_break_back(doing, row) for row in reversed(step) if row.field == BREAK]
        return noted + [extra for item in rows.values() for extra in _say_as_document(doing, item, step)]
    plan = doing.session.scalars(select(PlanRow).where(PlanRow.short == intake.subject)).one()
    if intake.before is None:
        return _take_away(doing, plan, intake, step)
    noted = [_set_item_back(doing, rows[row.item_id], row) for row in reversed(step) if row.item_id is not None]
    noted += [_set_plan_back(doing, plan, row) for row in reversed(step) if row.item_id is None]
    return noted + _set_rest_back(doing, plan, intake.step)


def _items(doing: Act, step: Sequence[HistoryRow]) -> Mapping[int | None, ItemRow]:
    numbers = {row.item_id for row in step if row.item_id is not None}
    found = select(ItemRow).where(ItemRow.id.in_(numbers)).options(undefer(ItemRow.said))
    return {row.id: row for row in doing.session.scalars(found)}


def _set_item_back(doing: Act, item: ItemRow, row: HistoryRow) -> HistoryRow:
    before = row.after
    if row.field in (ADDED, REMOVED):
        item.removed_at = doing.at if row.field == ADDED else None
    elif marked := unit_marked(row.field):
        set_unit_back(doing, item, row, marked[0])
    elif has_field(row.field):
        before = as_text(getattr(item, row.field))
        setattr(item, row.field, from_text(row.field, row.before))
    return doing.note_item(item, Changed(field=row.field, before=before, after=row.before), undoes=row.id)


def _set_plan_back(doing: Act, plan: PlanRow, row: HistoryRow) -> HistoryRow:
    if row.field != TAKEN_IN:
        set_plan_back(plan, row.field, row.before)
    return doing.note(plan.short, Changed(field=row.field, before=row.after, after=row.before), undoes=row.id)


def _take_away(doing: Act, plan: PlanRow, intake: HistoryRow, step: Sequence[HistoryRow]) -> list[HistoryRow]:
    """Remove a whole plan; nobody is its owner any more."""
    plan.removed_at = doing.at
    is_there = (ItemRow.plan_id == plan.id) & ItemRow.removed_at.is_(None)
    for item in doing.session.scalars(select(ItemRow).where(is_there)):
        item.removed_at = doing.at
    given = {int(row.after): row.id for row in step if row.field == HOLDER and row.after}
    return [_set_plan_back(doing, plan, intake), *vacate(doing, plan, given)]


def _set_rest_back(doing: Act, plan: PlanRow, step: int) -> list[HistoryRow]:
    """Set back what the history does not tell of a document that was taken in; return what that changed in items."""
    intake = doing.session.scalar(select(IntakeRow).where(IntakeRow.step == step))
    if intake is None:
        return []
    if intake.terms is not None:
        plan.terms = intake.terms
    if intake.excerpts is not None:
        plan.excerpts = intake.excerpts
    return _set_places_back(doing, intake.before)


def _set_places_back(doing: Act, kept: Mapping[str, Mapping[str, Any]]) -> list[HistoryRow]:
    """Set items back to where they stood before, and to what the document said of them.

    Where a correction was undone since, the item had come to say what that document did.
    """
    rows = select(ItemRow).where(ItemRow.id.in_(map(int, kept))).options(undefer(ItemRow.said))
    noted = []
    for row in doing.session.scalars(rows):
        withdrawn = row.said or {}
        for name, value in kept[str(row.id)].items():
            setattr(row, name, value)
        said = row.said or {}
        follows = [
            name
            for name, text in withdrawn.items()
            if name in said and as_text(getattr(row, name)) == text != said[name]
        ]
        free = [name for name in follows if not _is_corrected(doing, row, unit_of(name), doing.writing.step)]
        noted += [doing.note_item(row, _written(row, name, said[name])) for name in free]
    return noted


def _say_as_document(doing: Act, item: ItemRow, step: Sequence[HistoryRow]) -> list[HistoryRow]:
    """Where a correction is gone and the document has said something new since, the item says that."""
    noted = []
    for unit in {unit_of(row.field) for row in step if row.item_id == item.id}:
        said = item.said or {}
        differing = [name for name in unit if name in said and as_text(getattr(item, name)) != said[name]]
        if differing and not _is_corrected(doing, item, unit, step[0].step):
            noted += [doing.note_item(item, _written(item, name, said[name])) for name in differing]
    return noted


def _written(item: ItemRow, name: str, text: str | None) -> Changed:
    before = as_text(getattr(item, name))
    setattr(item, name, from_text(name, text))
    return Changed(field=name, before=before, after=text)


def _is_corrected(doing: Act, item: ItemRow, unit: Sequence[str], before: int) -> bool:
    """Whether people had corrected it before that step, too."""
    beside = aliased(HistoryRow)
    is_from_document = select(beside.id).where(beside.step == HistoryRow.step, beside.field == TAKEN_IN).exists()
    is_same = (HistoryRow.item_id == item.id) & HistoryRow.field.in_(unit) & (HistoryRow.step < before)
    found = select(HistoryRow.id).where(is_same, ~is_from_document, stands()).limit(1)
    return doing.session.scalar(found) is not None
