"""A document's plan into the tables: as a new plan, or as the next version of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from bot.errors import DatabaseTrouble
from bot.model import PLAN_OWNER, Book, Entry, Plan, ProposedPlan
from bot.proposals.revision import Revision, joined, kept_over, revise, same_plan, says_otherwise, without_year
from bot.terms import explained_otherwise
from storage.acts import Act
from storage.items import SOURCES, Changed, says, to_entry, to_item, to_said, write
from storage.plan_rows import FILE, describe, to_plan
from storage.roles import Held, give
from storage.short_names import short_name
from storage.tables import IntakeRow, ItemRow, PlanRow

TAKEN_IN = "taken_in"
ADDED = "added"
REMOVED = "removed"
SNAPSHOT = ("position", *SOURCES, "said")
"""The columns that the history does not tell of."""

Order = Callable[[Entry], int]
Said = Mapping[str, str | None] | None


def add_plan(doing: Act, proposed: ProposedPlan, revision: Revision) -> PlanRow:
    """Return a new plan with all items; its author is its owner.

    Raises DatabaseTrouble where somebody else has taken the same plan in since the revision was made.
    """
    rows = doing.session.scalars(select(PlanRow).order_by(PlanRow.id)).all()
    if revision.is_first and _same_among([row for row in rows if row.removed_at is None], proposed):
        raise DatabaseTrouble("database_changed", plan=proposed.title)
    undone = _same_among([row for row in rows if row.removed_at is not None], proposed)
    plan = undone or PlanRow(
        short=short_name(without_year(proposed.title), proposed.organisation, {row.short for row in rows}),
        last_number=0,
    )
    describe(plan, proposed)
    doing.session.add(plan)
    doing.session.flush()
    doing.note(plan.short, Changed(field=TAKEN_IN, before=None, after=plan.title))
    _add(doing, plan, _come_again(doing, plan, proposed) if undone else revision.added, _order_in(proposed))
    give(doing, PLAN_OWNER, plan, Held(person_id=doing.person_id))
    return plan


def revise_plan(doing: Act, proposed: ProposedPlan, revision: Revision, known: Plan) -> PlanRow:
    """Return the plan with what the revision says; what people have marked and corrected stays.

    Raises DatabaseTrouble where the plan is not as the revision takes it to be.
    """
    plan = doing.session.scalar(select(PlanRow).where(PlanRow.id == known.id, PlanRow.removed_at.is_(None)))
    rows = _rows_of(doing, plan) if plan else {}
    if plan is None or not _is_about(revision, rows):
        raise DatabaseTrouble("database_changed", plan=known.title)
    before = {row.id: _snapshot(row) for row in rows.values()}
    terms, excerpts = plan.terms, plan.excerpts
    described = describe(plan, proposed)
    changes = _write(rows, revision, _order_in(proposed))
    has_said_more = explained_otherwise(terms, plan.terms) or _says_more(described, before, rows)
    if changes or revision.added or revision.removed or has_said_more:
        doing.note(plan.short, Changed(field=TAKEN_IN, before=known.title, after=plan.title))
        doing.session.add(
            IntakeRow(
                step=doing.writing.step,
                plan_id=plan.id,
                before=_became_different(before, rows),
                terms=terms if plan.terms != terms else None,
                excerpts=excerpts if plan.excerpts != excerpts else None,
            )
        )
        _note(doing, plan, described, changes)
        _remove(doing, [rows[item.id] for item in revision.removed])
        back = _come_back(doing, plan, revision.added, _order_in(proposed))
        new = [entry for entry in revision.added if not any(entry is one for one, _ in back)]
        for row in (*(row for _, row in back), *_add(doing, plan, new, _order_in(proposed))):
            doing.note_item(row, Changed(field=ADDED, before=None, after=row.title))
    elif any(map(doing.session.is_modified, (plan, *rows.values()))):
        doing.writing.says_it_has_changed()
    return plan


def add_item(doing: Act, plan: PlanRow, entry: Entry, position: int) -> ItemRow:
    """Return a new row with the plan's next key, which no document has spoken of."""
    row = _new_row(plan, entry, position)
    doing.session.add(row)
    doing.session.flush()
    return row


def _new_row(plan: PlanRow, entry: Entry, position: int, said: Said = None) -> ItemRow:
    plan.last_number += 1
    row = ItemRow(plan_id=plan.id, key=f"{plan.short}-{plan.last_number}", position=position, said=said)
    write(row, entry)
    return row


def _same_among(rows: Sequence[PlanRow], proposed: ProposedPlan) -> PlanRow | None:
    found = same_plan(Book(plans=tuple(map(to_plan, rows))), proposed)
    return next((row for row in rows if found is not None and row.id == found.id), None)


def _come_again(doing: Act, plan: PlanRow, proposed: ProposedPlan) -> tuple[Entry, ...]:
    """Bring back a plan whose taking in was undone, with its keys; return what it did not have then."""
    removed = select(ItemRow).where(ItemRow.plan_id == plan.id, ItemRow.removed_at == plan.removed_at)
    rows = {row.id: row for row in doing.session.scalars(removed.options(undefer(ItemRow.said)))}
    said = {row.id: to_entry(row.said) for row in rows.values() if row.said is not None}
    plan.removed_at = None
    book = Book(items=tuple(map(to_item, rows.values())))
    again = revise(book, to_plan(plan), proposed, said)
    _write(rows, again, _order_in(proposed))
    for item, _ in (*again.changed, *again.kept):
        rows[item.id].removed_at = None
    return again.added


def _rows_of(doing: Act, plan: PlanRow) -> Mapping[int, ItemRow]:
    """The plan's items by id; removed ones are none."""
    rows = select(ItemRow).where(ItemRow.plan_id == plan.id, ItemRow.removed_at.is_(None))
    return {row.id: row for row in doing.session.scalars(rows.options(undefer(ItemRow.said)))}


def _is_about(revision: Revision, rows: Mapping[int, ItemRow]) -> bool:
    """Whether the revision speaks of each of the items once, as it is now; marks aside."""
    items = [*(item for item, _ in (*revision.changed, *revision.kept)), *revision.removed, *revision.own]
    is_whole = sorted(item.id for item in items) == sorted(rows)
    return is_whole and all(says(rows[item.id], item) for item in items)


def _write(rows: Mapping[int, ItemRow], revision: Revision, order: Order) -> list[tuple[ItemRow, Changed]]:
    """Write what the document says of items that are there; return what became different, sources aside."""
    changes = []
    for item, entry in (*revision.changed, *revision.kept):
        row = rows[item.id]
        now = kept_over(to_item(row), to_entry(row.said), entry) if row.said else joined(to_item(row), entry)
        changes += [(row, changed) for changed in write(row, now) if changed.field not in SOURCES]
        row.position, row.said = order(entry), to_said(entry)
    return changes


def _snapshot(row: ItemRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SNAPSHOT}


def _became_different(
    before: Mapping[int, Mapping[str, Any]], rows: Mapping[int, ItemRow]
) -> dict[str, dict[str, Any]]:
    different = {
        str(number): {name: value for name, value in was.items() if value != getattr(rows[number], name)}
        for number, was in before.items()
    }
    return {number: was for number, was in different.items() if was}


def _says_more(
    described: Sequence[Changed], before: Mapping[int, Mapping[str, Any]], rows: Mapping[int, ItemRow]
) -> bool:
    """Whether the document says something new that no item shows: of the plan, or of what people have corrected."""
    if any(changed.field != FILE for changed in described):
        return True
    return any(_is_new(was["said"], rows[number].said) for number, was in before.items())


def _is_new(before: Said, now: Said) -> bool:
    return before != now and (before is None or now is None or says_otherwise(to_entry(before), to_entry(now)))


def _note(doing: Act, plan: PlanRow, described: Sequence[Changed], changes: Sequence[tuple[ItemRow, Changed]]) -> None:
    for changed in described:
        doing.note(plan.short, changed)
    for row, changed in changes:
        doing.note_item(row, changed)


def _remove(doing: Act, rows: Sequence[ItemRow]) -> None:
    for row in rows:
        row.removed_at = doing.at
        doing.note_item(row, Changed(field=REMOVED, before=row.title, after=None))


def _add(doing: Act, plan: PlanRow, entries: Sequence[Entry], order: Order) -> list[ItemRow]:
    """Return new rows, in the document's order, with the plan's next keys."""
    rows = [_new_row(plan, entry, order(entry), to_said(entry)) for entry in sorted(entries, key=order)]
    doing.session.add_all(rows)
    doing.session.flush()
    return rows


def _come_back(doing: Act, plan: PlanRow, entries: Sequence[Entry], order: Order) -> list[tuple[Entry, ItemRow]]:
    """Bring back rows that an earlier version left out and this one has again, with keys and marks; each once."""
    gone = select(ItemRow).where(ItemRow.plan_id == plan.id, ItemRow.removed_at.is_not(None)).order_by(ItemRow.id)
    there = {_words(row.said): row for row in doing.session.scalars(gone.options(undefer(ItemRow.said))) if row.said}
    found = []
    for entry in entries:
        said = to_said(entry)
        row = there.pop(_words(said), None)
        if row is not None:
            row.removed_at, row.position, row.said = None, order(entry), said
            row.source, row.source_line = entry.source, entry.source_line
            found.append((entry, row))
    return found


def _words(said: Mapping[str, str | None]) -> frozenset[tuple[str, str | None]]:
    """What a document said of an item, wherever it stood."""
    return frozenset((name, text) for name, text in said.items() if name not in SOURCES)


def _order_in(proposed: ProposedPlan) -> Order:
    """Where in the document an entry stands; behind all others where it is not one of the document's."""
    by_identity = {id(entry): place for place, entry in enumerate(proposed.entries)}
    by_value = {entry: place for place, entry in reversed(tuple(enumerate(proposed.entries)))}
    last = len(proposed.entries)
    return lambda entry: by_identity.get(id(entry), by_value.get(entry, last))
