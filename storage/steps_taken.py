"""Which acts of the history still stand, and what stands in the way of undoing one of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from bot.breaks import BREAK, name_in
from bot.remarks import WRITTEN
from storage.intake import ADDED, REMOVED, TAKEN_IN
from storage.items import UNITS
from storage.sessions import OrganisationSession
from storage.standing import stands
from storage.tables import HistoryRow, IntakeRow, ItemRow, PlanRow


def of_a_plan() -> ColumnElement[bool]:
    """Whether a row is of an act on a plan, its items or a break."""
    beside = aliased(HistoryRow)
    is_about = beside.item_id.is_not(None) | beside.field.in_([TAKEN_IN, BREAK])
    return select(beside.id).where(beside.step == HistoryRow.step, is_about).exists()


def newest_step_by(person_id: int | None) -> ColumnElement[int]:
    """The number of a person's newest act on a plan, its items or a break that still stands."""
    beside = aliased(HistoryRow)
    is_intake = select(beside.id).where(beside.step == HistoryRow.step, beside.field == TAKEN_IN).exists()
    # Documents that were taken in before an intake could be undone have no such row.
    is_an_old_one = select(IntakeRow.id).where(IntakeRow.step == HistoryRow.step).exists() & ~is_intake
    theirs = select(HistoryRow.step).where(HistoryRow.person_id == person_id, of_a_plan(), stands(), ~is_an_old_one)
    return theirs.order_by(HistoryRow.id.desc()).limit(1).scalar_subquery()


def intake_of(step: Sequence[HistoryRow]) -> HistoryRow | None:
    """The row that says that the step took in a document."""
    return next((row for row in step if row.field == TAKEN_IN), None)


def unit_of(field: str) -> tuple[str, ...]:
    """The columns that are corrected together with one of them."""
    return next((unit for unit in UNITS if field in unit), (field,))


def in_the_way(session: OrganisationSession, step: Sequence[HistoryRow]) -> Sequence[HistoryRow]:
    """Return the rows since that still stand and are about the same: of a document taken in, anything of its items."""
    if not step:
        return ()
    intake = intake_of(step)
    about = _about_intake(intake, step) if intake else or_(*(_about(row) for row in step))
    is_since = (HistoryRow.step > step[0].step) & stands()
    return session.scalars(select(HistoryRow).where(is_since, about).order_by(HistoryRow.id)).all()


def _about_intake(intake: HistoryRow, step: Sequence[HistoryRow]) -> ColumnElement[bool]:
    touched = [row.item_id for row in step if row.item_id is not None]
    items = _items_of(intake.subject) if intake.before is None else touched
    return HistoryRow.item_id.in_(items) | ((HistoryRow.field == TAKEN_IN) & (HistoryRow.subject == intake.subject))


def _items_of(short: str) -> Select[int]:
    return select(ItemRow.id).join(PlanRow, PlanRow.id == ItemRow.plan_id).where(PlanRow.short == short)


def _about(row: HistoryRow) -> ColumnElement[bool]:
    """Whether something is about the same field of the same item, or the item as a whole; or about the same break."""
    if row.field == BREAK:
        return _about_break(row)
    is_item = HistoryRow.item_id == row.item_id
    if row.field in WRITTEN:
        return and_(is_item, HistoryRow.field == REMOVED)
    if row.field != ADDED:
        return and_(is_item, HistoryRow.field.in_([*unit_of(row.field), REMOVED]))
    adopted = select(PlanRow.short).join(ItemRow, ItemRow.plan_id == PlanRow.id)
    adopted = adopted.where(ItemRow.id == row.item_id, ItemRow.said.is_not(None))
    return is_item | ((HistoryRow.field == TAKEN_IN) & HistoryRow.subject.in_(adopted))


def _about_break(row: HistoryRow) -> ColumnElement[bool]:
    """Of a break whatever is told of it in that school year; of planning days only what is about the same day."""
    is_same = (HistoryRow.field == BREAK) & (HistoryRow.subject == row.subject)
    if not name_in(row.subject).has_many:
        return is_same
    days = [text for text in (row.before, row.after) if text is not None]
    return is_same & (HistoryRow.before.in_(days) | HistoryRow.after.in_(days))
