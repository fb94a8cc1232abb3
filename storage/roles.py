"""Roles and who holds them, within one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, select

from bot.model import Holding, Person, Role
from bot.units import Scope, Unit, UserGroup
from storage.acts import HOLDER, Act
from storage.holding_tables import HoldingRow
from storage.items import Changed
from storage.persons import folded
from storage.sessions import OrganisationSession
from storage.tables import HistoryRow, PlanRow, RoleRow
from storage.units import groups_with_members, units

HOLDER_GROUP = "holder_group"
"""The field of a role whose values are groups, by their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Who holds a role, a person or a group, and where and when."""

    person_id: int | None = None
    group: UserGroup | None = None
    scope: Scope = field(default_factory=Scope)


def give(doing: Act, name: str, plan: PlanRow | None, held: Held) -> tuple[RoleRow, HistoryRow | None]:
    """Let somebody hold the role, which is made if it is new; no history where it was so already.

    What counts in all plans takes the place of what counted in some.
    """
    role = _role(doing, name, plan)
    there = _holdings(doing, role, held)
    in_plans = {row.plan_id for row in there}
    wanted: set[int | None] = set(held.scope.plan_ids) or {None}
    if None in in_plans or wanted <= in_plans:
        return role, None
    if None in wanted:
        for row in there:
            doing.session.delete(row)
    for plan_id in sorted(wanted - in_plans, key=lambda number: number or 0):
        doing.session.add(_row(role, held, plan_id))
    return role, _noted(doing, role, plan, held, is_given=True)


def take(doing: Act, role: RoleRow, plan: PlanRow | None, held: Held) -> HistoryRow | None:
    """Let somebody no longer hold the role just there and then, in all plans or those of the scope alone."""
    only = held.scope.plan_ids
    there = [row for row in _holdings(doing, role, held) if not only or row.plan_id in only]
    for row in there:
        doing.session.delete(row)
    return _noted(doing, role, plan, held, is_given=False) if there else None


def vacate(doing: Act, plan: PlanRow, given: Mapping[int, int]) -> list[HistoryRow]:
    """Let nobody hold a role of the plan any more; `given` has the row that gave it, by the person's id."""
    noted = []
    for role in doing.session.scalars(select(RoleRow).where(RoleRow.plan_id == plan.id)).all():
        for row in doing.session.scalars(select(HoldingRow).where(HoldingRow.role_id == role.id)).all():
            doing.session.delete(row)
            if row.person_id is not None:
                changed = Changed(field=HOLDER, before=str(row.person_id), after=None)
                noted.append(doing.note(_subject(role, plan), changed, given.get(row.person_id)))
    return noted


def roles(session: OrganisationSession, persons: Mapping[int, Person]) -> tuple[Role, ...]:
    """Return all roles with who holds them, by name; what is held in a removed unit does not count."""
    found = _Found(session, persons)
    holdings: dict[int, list[HoldingRow]] = {}
    for row in session.scalars(select(HoldingRow).order_by(HoldingRow.id)):
        holdings.setdefault(row.role_id, []).append(row)
    gone = select(PlanRow.id).where(PlanRow.removed_at.is_not(None))
    is_there = RoleRow.plan_id.is_(None) | RoleRow.plan_id.not_in(gone)
    rows = session.scalars(select(RoleRow).where(is_there).order_by(RoleRow.folded, RoleRow.id))
    return tuple(
        Role(id=row.id, name=row.name, plan_id=row.plan_id, holdings=found.holdings(holdings.get(row.id, ())))
        for row in rows
    )


class _Found:
    """The units, groups and persons that holdings point at."""

    def __init__(self, session: OrganisationSession, persons: Mapping[int, Person]) -> None:
        self._persons = persons
        self._units: Mapping[int, Unit] = {unit.id: unit for unit in units(session)}
        self._groups = groups_with_members(session)

    def holdings(self, rows: Iterable[HoldingRow]) -> tuple[Holding, ...]:
        """Rows that differ in nothing but the plan they count in are one."""
        together: dict[tuple[object, ...], list[HoldingRow]] = {}
        for row in rows:
            if row.unit_id is None or row.unit_id in self._units:
                together.setdefault(_same(row), []).append(row)
        return tuple(map(self._holding, together.values()))

    def _holding(self, rows: Sequence[HoldingRow]) -> Holding:
        row = rows[0]
        scope = Scope(
            unit=self._units.get(row.unit_id or 0),
            municipality=row.municipality,
            school_year=row.school_year,
            plan_ids=tuple(each.plan_id for each in rows if each.plan_id is not None),
        )
        if row.group_id is None:
            return Holding(people=(self._persons[row.person_id or 0],), scope=scope)
        group, members = self._groups[row.group_id]
        people = tuple(self._persons[number] for number in members if number in self._persons)
        return Holding(people=people, group=group, scope=scope)


def _same(row: HoldingRow) -> tuple[object, ...]:
    return (row.person_id, row.group_id, row.unit_id, row.municipality, row.school_year)


def _role(doing: Act, name: str, plan: PlanRow | None) -> RoleRow:
    plan_id = plan.id if plan else None
    is_it = (RoleRow.folded == folded(name)) & (RoleRow.plan_id.is_not_distinct_from(plan_id))
    row = doing.session.scalar(select(RoleRow).where(is_it))
    if row is None:
        row = RoleRow(name=" ".join(name.split()), folded=folded(name), plan_id=plan_id)
        doing.session.add(row)
        doing.session.flush()
    return row


def _row(role: RoleRow, held: Held, plan_id: int | None) -> HoldingRow:
    scope = held.scope
    return HoldingRow(
        role_id=role.id,
        person_id=held.person_id,
        group_id=held.group.id if held.group else None,
        unit_id=scope.unit.id if scope.unit else None,
        municipality=scope.municipality,
        school_year=scope.school_year,
        plan_id=plan_id,
    )


def _holdings(doing: Act, role: RoleRow, held: Held) -> Sequence[HoldingRow]:
    """The rows of just that holding, whichever plans they count in."""
    wanted = _same(_row(role, held, None))
    is_theirs: ColumnElement[bool] = HoldingRow.role_id == role.id
    return [row for row in doing.session.scalars(select(HoldingRow).where(is_theirs)) if _same(row) == wanted]


def _noted(doing: Act, role: RoleRow, plan: PlanRow | None, held: Held, *, is_given: bool) -> HistoryRow:
    who = f"@{held.group.name}" if held.group else str(held.person_id)
    before, after = (None, who) if is_given else (who, None)
    name = HOLDER_GROUP if held.group else HOLDER
    return doing.note(_subject(role, plan, held.scope), Changed(field=name, before=before, after=after))


def _subject(role: RoleRow, plan: PlanRow | None, scope: Scope | None = None) -> str:
    """What the history calls the role: by its name, and what narrows it."""
    parts = [role.name, plan.short if plan else ""]
    if scope is not None:
        parts += [scope.unit.name if scope.unit else "", scope.municipality]
        parts.append(f"{scope.school_year}/{scope.school_year + 1}" if scope.school_year else "")
    return " ".join(filter(None, parts))
