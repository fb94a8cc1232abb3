"""Persons, their accounts, and the roles they hold."""

from __future__ import annotations

from sqlalchemy import select

from bot.errors import DatabaseTrouble
from bot.history import Author, HistoryEntry
from bot.messages import Sender
from bot.model import FORMER, Person, Plan, Role
from bot.units import Scope, UserGroup
from storage.acts import Act, act
from storage.persons import Administrators, Persons
from storage.roles import Held, give, roles, take
from storage.sessions import Sessions
from storage.tables import PlanRow, RoleRow

_EVERYWHERE = Scope()


class People:
    """Satisfies bot.ports.People."""

    def __init__(self, sessions: Sessions, administrators: Administrators) -> None:
        self._sessions = sessions
        self._administrators = administrators

    def find(self, sender: Sender) -> Person:
        """Return who a sender is; a Person without id where nobody is recorded. Writes nothing.

        A command line name is looked up among all names, in any case; raises NotOne where two persons share it.
        """
        with self._sessions.reading() as session:
            persons = Persons(session, self._administrators)
            row = persons.row_of(sender)
            return persons.stranger(sender) if row is None else persons.value(row)

    def named(self, name: str) -> tuple[Person, ...]:
        """Return the persons of that name, in any case."""
        with self._sessions.reading() as session:
            persons = Persons(session, self._administrators)
            return tuple(persons.values(persons.named(name)).values())

    def everyone(self) -> tuple[Person, ...]:
        """Return all persons who are not erased, by name."""
        with self._sessions.reading() as session:
            everyone = Persons(session, self._administrators).all().values()
            return tuple(person for person in everyone if person.name != FORMER)

    def record(self, sender: Sender) -> Person:
        """Return who a sender is, and write person and account down where they are new.

        Somebody recorded without a name, and so under their account, gets the name that is known now.
        """
        known = self.find(sender)
        if known.id is not None and (sender.name is None or known.name != sender.account):
            return known
        with self._sessions.writing() as writing:
            persons = Persons(writing.session, self._administrators)
            row = persons.made_for(sender)
            if row.name == sender.account and sender.name is not None:
                persons.rename(row, sender.name)
                writing.says_it_has_changed()
            return persons.value(row)

    def make_administrator(self, sender: Sender) -> Person:
        """Return who a sender is, written down as an administrator; harmless where they are one."""
        self.record(sender)
        with self._sessions.writing() as writing:
            persons = Persons(writing.session, self._administrators)
            row = persons.made_for(sender)
            if not row.is_administrator:
                row.is_administrator = True
                writing.says_it_has_changed()
            return persons.value(row)

    def give_role(
        self, name: str, plan: Plan | None, holder: Person | UserGroup, author: Author, scope: Scope = _EVERYWHERE
    ) -> tuple[Role, HistoryEntry | None]:
        """Record that somebody holds the role, both made where they are new; no history where it was so already."""
        with act(self._sessions, author, self._administrators) as doing:
            row = _plan_row(doing, plan.id if plan else None)
            if plan is not None and row is None:
                raise DatabaseTrouble("database_changed", plan=plan.title)
            role, noted = give(doing, name, row, _held(doing, holder, scope))
            doing.session.flush()
            return _role(doing, role), doing.entry(noted) if noted else None

    def take_role(
        self, role: Role, holder: Person | UserGroup, author: Author, scope: Scope = _EVERYWHERE
    ) -> HistoryEntry | None:
        """Record that somebody no longer holds the role just there and then; None where they did not."""
        with act(self._sessions, author, self._administrators) as doing:
            row = doing.session.scalar(select(RoleRow).where(RoleRow.id == role.id))
            if row is None or holder.id is None:
                return None
            noted = take(doing, row, _plan_row(doing, row.plan_id), _held(doing, holder, scope))
            return doing.entry(noted) if noted else None


def _held(doing: Act, holder: Person | UserGroup, scope: Scope) -> Held:
    if isinstance(holder, UserGroup):
        return Held(group=holder, scope=scope)
    return Held(person_id=doing.persons.id_of(holder), scope=scope)


def _plan_row(doing: Act, plan_id: int | None) -> PlanRow | None:
    return doing.session.scalar(select(PlanRow).where(PlanRow.id == plan_id, PlanRow.removed_at.is_(None)))


def _role(doing: Act, row: RoleRow) -> Role:
    return next(role for role in roles(doing.session, doing.persons.all()) if role.id == row.id)
