"""A document's plan into the tables: as a new plan, or as the next version of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import select

from bot.errors import DatabaseTrouble
from bot.model import PLAN_OWNER, Entry, Plan, ProposedPlan
from bot.proposals.revision import Revision
from storage.acts import Act
from storage.items import SOURCES, Changed, as_text, says, write
from storage.roles import give
from storage.short_names import short_name
from storage.tables import CorrectionRow, ItemRow, PlanRow

TAKEN_IN = "taken_in"
ADDED = "added"
REMOVED = "removed"

Order = Callable[[Entry], int]


def add_plan(doing: Act, proposed: ProposedPlan, revision: Revision) -> PlanRow:
    """Return a new plan with all items; its author is its owner."""
    taken = set(doing.session.scalars(select(PlanRow.short)))
    plan = PlanRow(short=short_name(proposed.title, proposed.organisation, taken), last_number=0)
    _describe(plan, proposed)
    doing.session.add(plan)
    doing.session.flush()
    doing.note(plan.short, Changed(field=TAKEN_IN, before=None, after=plan.title))
    _add(doing, plan, revision.added, _order_in(proposed))
    give(doing, PLAN_OWNER, plan, doing.person_id)
    return plan


def revise_plan(doing: Act, proposed: ProposedPlan, revision: Revision, known: Plan) -> PlanRow:
    """Return the plan with what the revision says; what people have marked and corrected stays.

    Raises DatabaseTrouble where the plan is not as the revision takes it to be.
    """
    plan = doing.session.scalar(select(PlanRow).where(PlanRow.id == known.id))
    if plan is None:
        raise DatabaseTrouble("database_changed", plan=known.title)
    rows = _rows_of(doing, plan)
    if not _is_about(revision, rows):
        raise DatabaseTrouble("database_changed", plan=known.title)
    for changed in _describe(plan, proposed):
        doing.note(plan.short, changed)
    _change(doing, rows, revision, _order_in(proposed))
    _remove(doing, [rows[item.id] for item in revision.removed])
    for row in _add(doing, plan, revision.added, _order_in(proposed)):
        doing.note_item(row, Changed(field=ADDED, before=None, after=row.title))
    return plan


def add_item(doing: Act, plan: PlanRow, entry: Entry, position: int) -> ItemRow:
    """Return a new row with the plan's next key."""
    row = _new_row(plan, entry, position)
    doing.session.add(row)
    doing.session.flush()
    return row


def _new_row(plan: PlanRow, entry: Entry, position: int) -> ItemRow:
    plan.last_number += 1
    row = ItemRow(plan_id=plan.id, key=f"{plan.short}-{plan.last_number}", position=position)
    write(row, entry)
    return row


def _describe(plan: PlanRow, proposed: ProposedPlan) -> tuple[Changed, ...]:
    """Put what the document says of the plan as a whole into its row; what it leaves out stays."""
    said = {
        "title": proposed.title,
        "names_itself": proposed.organisation,
        "period_start": proposed.period_start,
        "period_end": proposed.period_end,
        "language": proposed.language,
        "reservation": proposed.reservation,
        "file": proposed.file,
    }
    changes = []
    for field, value in said.items():
        before = getattr(plan, field)
        if value is not None and value != before:
            setattr(plan, field, value)
            changes.append(Changed(field=field, before=as_text(before), after=as_text(value)))
    return tuple(changes)


def _rows_of(doing: Act, plan: PlanRow) -> Mapping[int, ItemRow]:
    """The plan's items by id; removed ones are none."""
    rows = select(ItemRow).where(ItemRow.plan_id == plan.id, ItemRow.removed_at.is_(None))
    return {row.id: row for row in doing.session.scalars(rows)}


def _is_about(revision: Revision, rows: Mapping[int, ItemRow]) -> bool:
    """Whether the revision speaks of each of the items once, as it is now; marks aside."""
    items = [*(item for item, _ in (*revision.changed, *revision.kept)), *revision.removed]
    is_whole = sorted(item.id for item in items) == sorted(rows)
    return is_whole and all(says(rows[item.id], item) for item in items)


def _change(doing: Act, rows: Mapping[int, ItemRow], revision: Revision, order: Order) -> None:
    corrected = _corrected(doing, rows)
    for item, entry in (*revision.changed, *revision.kept):
        row = rows[item.id]
        for changed in write(row, entry, besides=corrected.get(row.id, ())):
            if changed.field not in SOURCES:
                doing.note_item(row, changed)
        row.position = order(entry)
        if doing.session.is_modified(row):
            doing.writing.says_it_has_changed()


def _corrected(doing: Act, rows: Mapping[int, ItemRow]) -> Mapping[int, Sequence[str]]:
    """The fields of each item that people have corrected."""
    found: dict[int, list[str]] = {}
    for row in doing.session.scalars(select(CorrectionRow)):
        if row.item_id in rows:
            found.setdefault(row.item_id, []).append(row.field)
    return found


def _remove(doing: Act, rows: Sequence[ItemRow]) -> None:
    for row in rows:
        row.removed_at = doing.at
        doing.note_item(row, Changed(field=REMOVED, before=row.title, after=None))


def _add(doing: Act, plan: PlanRow, entries: Sequence[Entry], order: Order) -> list[ItemRow]:
    """Return new rows, in the document's order, with the plan's next keys."""
    rows = [_new_row(plan, entry, order(entry)) for entry in sorted(entries, key=order)]
    doing.session.add_all(rows)
    doing.session.flush()
    return rows


def _order_in(proposed: ProposedPlan) -> Order:
    """Where in the document an entry stands; behind all others where it is not one of the document's."""
    by_identity = {id(entry): place for place, entry in enumerate(proposed.entries)}
    by_value = {entry: place for place, entry in reversed(tuple(enumerate(proposed.entries)))}
    last = len(proposed.entries)
    return lambda entry: by_identity.get(id(entry), by_value.get(entry, last))
