"""The units of an organisation, and the groups of its chat with their members, within one transaction and as a face."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from bot.history import Author, HistoryEntry
from bot.model import Item, Platform, Status
from bot.remarks import Texts
from bot.units import Parts, Unit, UserGroup
from storage.acts import Act, act
from storage.holding_tables import UnitMarkRow, UnitRow, UserGroupMemberRow, UserGroupRow
from storage.items import Changed
from storage.persons import Administrators, folded
from storage.sessions import OrganisationSession, Sessions
from storage.tables import AccountRow, HistoryRow, PersonRow
from storage.unit_marks import mark_units

UNIT = "unit"
"""The field of the history that tells of a unit: nothing before where it is new, nothing after where it is removed."""


class Units:
    """Satisfies bot.ports.Units."""

    def __init__(self, sessions: Sessions, administrators: Administrators) -> None:
        self._sessions = sessions
        self._administrators = administrators

    def add(self, told: Sequence[Unit], author: Author) -> tuple[HistoryEntry, ...]:
        """Write units by name and municipality, all or none; those that are there as told already have no history."""
        with act(self._sessions, author, self._administrators) as doing:
            noted = [row for unit in told if (row := _added(doing, unit))]
            return tuple(map(doing.entry, noted))

    def remove(self, unit: Unit, author: Author) -> HistoryEntry | None:
        """Remove a unit, and with it what was held there; None where it was not there."""
        with act(self._sessions, author, self._administrators) as doing:
            row = doing.session.scalar(select(UnitRow).where(UnitRow.id == unit.id, UnitRow.removed_at.is_(None)))
            if row is None:
                return None
            row.removed_at = doing.at
            return doing.entry(doing.note(_named(row), Changed(field=UNIT, before=row.kind, after=None)))

    def mark(
        self, item: Item, parts: Parts, status: Status, author: Author, texts: Texts = ()
    ) -> tuple[HistoryEntry, ...]:
        """Write that units have done their part of an item, or have not; empty where it was so already.

        The item is done when every unit is, and only started again when one of them is not any more. The texts
        are written in the same act.
        """
        with act(self._sessions, author, self._administrators) as doing:
            noted = mark_units(doing, item, parts, texts, is_done=status is Status.DONE)
            return tuple(map(doing.entry, noted))

    def group(self, platform: Platform, account: str, name: str) -> UserGroup:
        """Return a chat platform's group, written down where it is new, under the name that is known now."""
        with self._sessions.writing() as writing:
            row = _group_row(writing.session, platform, account)
            if row is None:
                row = UserGroupRow(platform=platform, account=account, name=name, refreshed_at=None)
                writing.session.add(row)
                writing.says_it_has_changed()
            elif row.name != name:
                row.name = name
                writing.says_it_has_changed()
            writing.session.flush()
            return _to_group(row)

    def groups(self, platform: Platform) -> tuple[UserGroup, ...]:
        """Return the platform's groups that we know."""
        with self._sessions.reading() as session:
            rows = session.scalars(select(UserGroupRow).where(UserGroupRow.platform == platform))
            return tuple(map(_to_group, rows))

    def refresh(self, group: UserGroup, accounts: Sequence[str], asked_at: datetime) -> None:
        """Write who the platform said is in the group; whoever is new is a person without a name until they speak.

        What was asked for before that which stands there is older, however late it comes, and is not written.
        """
        with self._sessions.writing() as writing:
            session = writing.session
            row = session.scalars(select(UserGroupRow).where(UserGroupRow.id == group.id)).one()
            if row.refreshed_at is not None and row.refreshed_at > asked_at:
                return
            row.refreshed_at = asked_at
            is_in_it = UserGroupMemberRow.group_id == row.id
            there = {each.account: each for each in session.scalars(select(UserGroupMemberRow).where(is_in_it))}
            wanted = set(accounts)
            for account in sorted(wanted - set(there)):
                session.add(UserGroupMemberRow(group_id=row.id, account=account))
                _know(session, row.platform, account)
            for account in set(there) - wanted:
                session.delete(there[account])
            if wanted != set(there):
                writing.says_it_has_changed()


def units(session: OrganisationSession) -> tuple[Unit, ...]:
    """Return the units that are there, by municipality and name."""
    rows = session.scalars(
        select(UnitRow).where(UnitRow.removed_at.is_(None)).order_by(UnitRow.place, UnitRow.folded, UnitRow.id)
    )
    return tuple(map(to_unit, rows))


def units_done(session: OrganisationSession) -> Mapping[int, frozenset[int]]:
    """Return the units that have done their part of an item, by the item's id."""
    found: dict[int, set[int]] = {}
    for row in session.scalars(select(UnitMarkRow)):
        found.setdefault(row.item_id, set()).add(row.unit_id)
    return {item: frozenset(done) for item, done in found.items()}


def to_unit(row: UnitRow) -> Unit:
    return Unit(id=row.id, name=row.name, kind=row.kind, municipality=row.municipality)


def groups_with_members(session: OrganisationSession) -> Mapping[int, tuple[UserGroup, tuple[int, ...]]]:
    """Return each group with the ids of the persons that are in it."""
    members: dict[int, list[int]] = {}
    found = (
        select(UserGroupMemberRow.group_id, AccountRow.person_id)
        .join(UserGroupRow, UserGroupRow.id == UserGroupMemberRow.group_id)
        .join(
            AccountRow,
            (AccountRow.account == UserGroupMemberRow.account) & (AccountRow.platform == UserGroupRow.platform),
        )
        .order_by(AccountRow.person_id)
    )
    for group_id, person_id in session.execute(found):
        members.setdefault(group_id, []).append(person_id)
    rows = session.scalars(select(UserGroupRow))
    return {row.id: (_to_group(row), tuple(members.get(row.id, ()))) for row in rows}


def _added(doing: Act, unit: Unit) -> HistoryRow | None:
    place = folded(unit.municipality)
    is_it = (UnitRow.folded == folded(unit.name)) & (UnitRow.place == place)
    row = doing.session.scalar(select(UnitRow).where(is_it))
    before = None if row is None or row.removed_at is not None else row.kind
    if before == unit.kind:
        return None
    if row is None:
        row = UnitRow(name=unit.name, folded=folded(unit.name), municipality=unit.municipality, place=place)
        doing.session.add(row)
    row.kind, row.removed_at = unit.kind, None
    doing.session.flush()
    return doing.note(_named(row), Changed(field=UNIT, before=before, after=unit.kind))


def _named(row: UnitRow) -> str:
    return f"{row.name} ({row.municipality})" if row.municipality else row.name


def _know(session: OrganisationSession, platform: Platform, account: str) -> None:
    """Write down a person for the account, unless there is one."""
    is_it = (AccountRow.platform == platform) & (AccountRow.account == account)
    if session.scalar(select(AccountRow).where(is_it)) is None:
        person = PersonRow(name=account, folded=folded(account), is_administrator=False)
        session.add(person)
        session.flush()
        session.add(AccountRow(person_id=person.id, platform=platform, account=account))


def _group_row(session: OrganisationSession, platform: Platform, account: str) -> UserGroupRow | None:
    is_it = (UserGroupRow.platform == platform) & (UserGroupRow.account == account)
    return session.scalar(select(UserGroupRow).where(is_it))


def _to_group(row: UserGroupRow) -> UserGroup:
    return UserGroup(id=row.id, account=row.account, name=row.name, refreshed=row.refreshed_at)
