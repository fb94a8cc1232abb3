"""Roles and who holds them, within one transaction."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from bot.model import Person, Role
from storage.acts import HOLDER, Act
from storage.items import Changed
from storage.persons import folded
from storage.sessions import OrganisationSession
from storage.tables import HistoryRow, HoldingRow, PlanRow, RoleRow


def give(doing: Act, name: str, plan: PlanRow | None, person_id: int) -> tuple[RoleRow, HistoryRow | None]:
    """Let the person hold the role, which is made if it is new; no history where it was so already."""
    role = _role(doing, name, plan)
    if _holding(doing, role, person_id) is not None:
        return role, None
    doing.session.add(HoldingRow(role_id=role.id, person_id=person_id))
    return role, doing.note(_subject(role, plan), Changed(field=HOLDER, before=None, after=str(person_id)))


def take(doing: Act, role: RoleRow, plan: PlanRow | None, person_id: int) -> HistoryRow | None:
    """Let the person no longer hold the role; None where they did not."""
    holding = _holding(doing, role, person_id)
    if holding is None:
        return None
    doing.session.delete(holding)
    return _taken(doing, _subject(role, plan), person_id)


def _taken(doing: Act, subject: str, person_id: int, undoes: int | None = None) -> HistoryRow:
    return doing.note(subject, Changed(field=HOLDER, before=str(person_id), after=None), undoes)


def vacate(doing: Act, plan: PlanRow, given: Mapping[int, int]) -> list[HistoryRow]:
    """Let nobody hold a role of the plan any more; `given` has the row that gave it, by the person's id."""
    noted = []
    for role in doing.session.scalars(select(RoleRow).where(RoleRow.plan_id == plan.id)).all():
        for holding in doing.session.scalars(select(HoldingRow).where(HoldingRow.role_id == role.id)).all():
            doing.session.delete(holding)
            noted.append(_taken(doing, _subject(role, plan), holding.person_id, given.get(holding.person_id)))
    return noted


def roles(session: OrganisationSession, persons: Mapping[int, Person]) -> tuple[Role, ...]:
    """Return all roles with their holders, by name."""
    holders: dict[int, list[Person]] = {}
    for holding in session.scalars(select(HoldingRow).order_by(HoldingRow.id)):
        holders.setdefault(holding.role_id, []).append(persons[holding.person_id])
    gone = select(PlanRow.id).where(PlanRow.removed_at.is_not(None))
    is_there = RoleRow.plan_id.is_(None) | RoleRow.plan_id.not_in(gone)
    rows = session.scalars(select(RoleRow).where(is_there).order_by(RoleRow.folded, RoleRow.id))
    return tuple(to_role(row, holders.get(row.id, [])) for row in rows)


def to_role(row: RoleRow, holders: list[Person]) -> Role:
    return Role(id=row.id, name=row.name, plan_id=row.plan_id, holders=tuple(holders))


def _role(doing: Act, name: str, plan: PlanRow | None) -> RoleRow:
    plan_id = plan.id if plan else None
    is_it = (RoleRow.folded == folded(name)) & (RoleRow.plan_id.is_not_distinct_from(plan_id))
    row = doing.session.scalar(select(RoleRow).where(is_it))
    if row is None:
        row = RoleRow(name=" ".join(name.split()), folded=folded(name), plan_id=plan_id)
        doing.session.add(row)
        doing.session.flush()
    return row


def _holding(doing: Act, role: RoleRow, person_id: int) -> HoldingRow | None:
    is_it = (HoldingRow.role_id == role.id) & (HoldingRow.person_id == person_id)
    return doing.session.scalar(select(HoldingRow).where(is_it))


def _subject(role: RoleRow, plan: PlanRow | None) -> str:
    return f"{role.name} {plan.short}" if plan else role.name
