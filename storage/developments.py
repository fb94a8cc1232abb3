"""What has become of items since a moment: the history rolled back over the rows as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, true

from bot.history import Development
from bot.model import Item
from storage.intake import ADDED, REMOVED
from storage.items import from_text, has_field, to_past_item
from storage.persons import Persons
from storage.sessions import OrganisationSession
from storage.tables import HistoryRow, ItemRow, PlanRow

# More than these are not named one by one in a query.
_MOST_NAMED = 500


@dataclass(slots=True, kw_only=True)
class _Past:
    """An item on its way back in time: the columns that were otherwise, and whether it was in the plan."""

    row: ItemRow
    is_there: bool
    values: dict[str, Any] = field(default_factory=dict)

    def before(self, change: HistoryRow) -> None:
        if change.field in (ADDED, REMOVED):
            self.is_there = change.before is not None
        elif has_field(change.field):
            self.values[change.field] = from_text(change.field, change.before)

    def item(self) -> Item | None:
        return to_past_item(self.row, self.values) if self.is_there else None


def developments(
    session: OrganisationSession, persons: Persons, first: datetime, until: datetime
) -> tuple[Development, ...]:
    """Return what became of each item that is otherwise at `until` than it was at `first`, newest first."""
    is_since = (HistoryRow.at >= first) & HistoryRow.item_id.is_not(None)
    rows = session.scalars(select(HistoryRow).where(is_since).order_by(HistoryRow.id.desc())).all()
    if not rows:
        return ()
    people = persons.all()
    found = []
    for past, changes in _by_item(session, rows):
        newest = next((change for change in changes if change.at < until), None)
        if newest is None:
            continue
        for change in changes:
            if change is newest:
                now = past.item()
            past.before(change)
        was = past.item()
        if was != now:
            found.append(Development(was=was, now=now, by=people[newest.person_id], at=newest.at))
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _by_item(session: OrganisationSession, rows: Sequence[HistoryRow]) -> Iterator[tuple[_Past, Sequence[HistoryRow]]]:
    """The items of the plans that are there, each with its changes, newest first."""
    changes: dict[int, list[HistoryRow]] = {}
    for row in rows:
        if row.item_id is not None:
            changes.setdefault(row.item_id, []).append(row)
    if not changes:
        return
    is_in_a_plan = select(PlanRow.id).where(PlanRow.id == ItemRow.plan_id, PlanRow.removed_at.is_(None)).exists()
    is_changed = ItemRow.id.in_(changes) if len(changes) <= _MOST_NAMED else true()
    for item in session.scalars(select(ItemRow).where(is_in_a_plan, is_changed)):
        if item.id in changes:
            yield _Past(row=item, is_there=item.removed_at is None), changes[item.id]
