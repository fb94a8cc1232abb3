"""All that is kept of a person: shown to them, or erased. The history keeps their number, which leads to no name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select

from bot.errors import NotFound, NotOne
from bot.history import HistoryEntry
from bot.model import Person, Platform
from storage.acts import HOLDER, to_entry
from storage.channel_tables import ConversationRow
from storage.holding_tables import HoldingRow, UnitRow, UserGroupMemberRow
from storage.own_digests import erase_own_digest, own_digest
from storage.persons import ADMINISTRATOR, Administrators, Persons, folded
from storage.rows import Organised, Row
from storage.sessions import OrganisationSession, Sessions
from storage.tables import AccountRow, HistoryRow, PersonRow, PlanRow, RoleRow, WaitingDocumentRow

# These name a person by number, and stay: the number leads to nobody any more.
STAYS = frozenset({HistoryRow.__tablename__})
_TOLD_APART = frozenset(row.__tablename__ for row in (AccountRow, HoldingRow, WaitingDocumentRow)) | STAYS
_NOT_SHOWN = ("id", "organisation_id", "person_id", "secret")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who a person is on a platform."""

    platform: Platform
    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A document of theirs that waits; what it says is the plan's."""

    number: int
    at: datetime
    file: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What a conversation of theirs was about last."""

    conversation: str
    about: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """All that is kept of a person; `settings` has the rows of every other table that is about persons, by its name.

    `listed` are those of their accounts and names that PLANVAKT_ADMINS has, which no erasing reaches.
    """

    person: Person
    accounts: Sequence[Account]
    roles: Sequence[str]
    history: Sequence[HistoryEntry]
    conversations: Sequence[Talk]
    documents: Sequence[Waiting]
    listed: Sequence[str] = ()
    is_last_administrator: bool = False
    settings: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


class Privacy:
    """What an administrator of the machine can do for a person who asks."""

    def __init__(self, sessions: Sessions, administrators: Administrators) -> None:
        self._sessions = sessions
        self._administrators = administrators

    def person(self, who: str) -> Person:
        """Return the person of that name, or of that number. Raises NotFound, and NotOne where several share it."""
        with self._sessions.reading() as session:
            persons = Persons(session, self._administrators)
            rows = persons.named(who) or tuple(filter(None, [persons.by_id(who)]))
            if len(rows) > 1:
                raise NotOne("person_by_number", name=who, numbers=[row.id for row in rows])
            if not rows:
                raise NotFound("person_not_kept", name=who)
            return persons.value(rows[0])

    def kept(self, person: Person) -> Kept:
        """Return all that is kept of somebody."""
        with self._sessions.reading() as session:
            return self._kept(session, _number(person))

    def erase(self, person: Person, now: datetime) -> Kept:
        """Erase it, and return what was kept; harmless where it is done already."""
        with self._sessions.writing() as writing:
            session, number = writing.session, _number(person)
            row = session.scalars(select(PersonRow).where(PersonRow.id == number)).one()
            kept = self._kept(session, number)
            session.execute(delete(ConversationRow).where(self._is_theirs(session, row)))
            accounts = [account.account for account in kept.accounts]
            session.execute(delete(UserGroupMemberRow).where(UserGroupMemberRow.account.in_(accounts)))
            erase_own_digest(session, accounts)
            for table in about_persons():
                if table.__tablename__ not in STAYS:
                    session.execute(delete(table).where(_of(table, number)))
            if row.erased_at is None:
                row.name = row.folded = ""
                row.is_administrator, row.erased_at = False, now
                writing.says_it_has_changed()
            return kept

    def _kept(self, session: OrganisationSession, number: int) -> Kept:
        everyone = Persons(session, self._administrators).all()
        row = session.scalars(select(PersonRow).where(PersonRow.id == number)).one()
        accounts = _accounts(session, number)
        listed = self._listed(row, accounts)
        others = any(
            one.is_administrator and not _is_local(session, one) for one in everyone.values() if one.id != number
        )
        is_last = everyone[number].is_administrator and not others and not self._administrators.listed - set(listed)
        return Kept(
            person=everyone[number],
            accounts=accounts,
            roles=_roles(session, number),
            history=_history(session, everyone, number),
            conversations=_conversations(session, self._is_theirs(session, row)),
            documents=_documents(session, number),
            listed=listed,
            is_last_administrator=is_last,
            settings=_settings(session, number) | own_digest(session, [one.account for one in accounts]),
        )

    def _listed(self, row: PersonRow, accounts: Sequence[Account]) -> tuple[str, ...]:
        names = {folded(account.account) for account in accounts} | ({row.folded} - {""})
        return tuple(sorted(one for one in self._administrators.listed if folded(one) in names))

    def _is_theirs(self, session: OrganisationSession, row: PersonRow) -> ColumnElement[bool]:
        """A name that two share tells of no conversation whose it is."""
        accounts = {f"{one.platform}:{one.account}" for one in _accounts(session, row.id)}
        is_one = len(Persons(session, self._administrators).named(row.name)) == 1
        by_name = {f"{Platform.COMMAND_LINE}:{row.folded}"} if is_one else set()
        return ConversationRow.speaker.in_(accounts | by_name | {f"{Platform.WEB}:{row.id}"})


def about_persons() -> Iterator[type[Organised]]:
    """Every table with rows of persons, those that point at others first."""
    by_name = {mapper.class_.__tablename__: mapper.class_ for mapper in Row.registry.mappers}
    for table in reversed(Row.metadata.sorted_tables):
        if "person_id" in table.columns:
            yield by_name[table.name]


def _of(table: type[Organised], number: int) -> ColumnElement[bool]:
    is_theirs: ColumnElement[bool] = table.__table__.c.person_id == number
    return is_theirs


def _number(person: Person) -> int:
    if person.id is None:
        raise NotFound("person_not_kept", name=person.name)
    return person.id


def _is_local(session: OrganisationSession, person: Person) -> bool:
    """Whether it is whoever has the machine, whom no chat knows."""
    return any(
        (one.platform, one.account) == (Platform.COMMAND_LINE, ADMINISTRATOR) for one in _accounts(session, person.id)
    )


def _accounts(session: OrganisationSession, number: int | None) -> tuple[Account, ...]:
    rows = select(AccountRow).where(AccountRow.person_id == number).order_by(AccountRow.id)
    return tuple(Account(platform=row.platform, account=row.account) for row in session.scalars(rows))


def _roles(session: OrganisationSession, number: int) -> tuple[str, ...]:
    """Each role with what narrows it: the plan, the unit or municipality, and the school year."""
    of_plan = func.coalesce(RoleRow.plan_id, HoldingRow.plan_id)
    narrowed = (RoleRow.name, PlanRow.short, UnitRow.name, HoldingRow.municipality, HoldingRow.school_year)
    found = (
        select(*narrowed)
        .select_from(HoldingRow)
        .join(RoleRow, RoleRow.id == HoldingRow.role_id)
        .outerjoin(PlanRow, PlanRow.id == of_plan)
        .outerjoin(UnitRow, UnitRow.id == HoldingRow.unit_id)
        .where(HoldingRow.person_id == number)
        .order_by(HoldingRow.id)
    )
    return tuple(
        " ".join(filter(None, (*words, f"{year}/{year + 1}" if year else "")))
        for *words, year in session.execute(found)
    )


def _history(session: OrganisationSession, everyone: Mapping[int, Person], number: int) -> tuple[HistoryEntry, ...]:
    """What they did, and which roles they were given and lost; newest first."""
    is_about = (HistoryRow.field == HOLDER) & ((HistoryRow.before == str(number)) | (HistoryRow.after == str(number)))
    rows = select(HistoryRow).where((HistoryRow.person_id == number) | is_about).order_by(HistoryRow.id.desc())
    return tuple(to_entry(row, everyone) for row in session.scalars(rows))


def _conversations(session: OrganisationSession, is_theirs: ColumnElement[bool]) -> tuple[Talk, ...]:
    rows = select(ConversationRow).where(is_theirs).order_by(ConversationRow.id)
    return tuple(Talk(conversation=row.conversation, about=row.about, at=row.at) for row in session.scalars(rows))


def _documents(session: OrganisationSession, number: int) -> tuple[Waiting, ...]:
    rows = select(WaitingDocumentRow).where(WaitingDocumentRow.person_id == number).order_by(WaitingDocumentRow.id)
    return tuple(Waiting(number=row.id, at=row.at, file=row.file) for row in session.scalars(rows))


def _settings(session: OrganisationSession, number: int) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for table in about_persons():
        if table.__tablename__ in _TOLD_APART:
            continue
        names = [name for name in (column.name for column in table.__table__.columns) if name not in _NOT_SHOWN]
        rows = [
            {name: getattr(row, name) for name in names}
            for row in session.scalars(select(table).where(_of(table, number)))
        ]
        if rows:
            found[table.__tablename__] = rows
    return found
