"""Documents that wait: proposed plans that somebody has handed in, and nobody has taken in or discarded yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.errors import NotFound
from bot.history import Author
from bot.model import ProposedPlan
from bot.proposals.codec import NoPlan, plan_from_bytes, plan_to_bytes
from storage.persons import Administrators, Persons
from storage.sessions import OrganisationSession, Sessions
from storage.tables import WaitingDocumentRow


class WaitingDocuments:
    """Satisfies bot.ports.WaitingDocuments."""

    def __init__(self, sessions: Sessions, administrators: Administrators, kept: timedelta) -> None:
        self._sessions = sessions
        self._administrators = administrators
        self._kept = kept

    def keep(self, proposed: ProposedPlan, author: Author) -> int:
        """Write the plan down, and return its number; what has waited too long is erased."""
        with self._sessions.adding() as session:
            _erase_old(session, author.at - self._kept)
            row = WaitingDocumentRow(
                at=author.at,
                person_id=Persons(session, self._administrators).id_of_author(author),
                file=proposed.file,
                proposed=plan_to_bytes(proposed).decode("ascii"),
            )
            session.add(row)
            session.flush()
            return row.id

    def find(self, number: int, now: datetime) -> ProposedPlan | None:
        """Return a plan that waits; what has waited for more than 7 days is erased."""
        with self._sessions.adding() as session:
            _erase_old(session, now - self._kept)
            kept = session.scalar(select(WaitingDocumentRow.proposed).where(WaitingDocumentRow.id == number))
        try:
            return None if kept is None else plan_from_bytes(kept.encode("ascii"))
        except NoPlan:  # written by a version that knew plans otherwise
            return None

    def discard(self, number: int) -> bool:
        """Erase a plan that waits; whether there was one."""
        with self._sessions.adding() as session:
            return _erase(session, number)


def taken_from_waiting(session: OrganisationSession, number: int) -> None:
    """Erase a plan that is taken in at this moment. Raises NotFound where somebody else has erased it already."""
    if not _erase(session, number):
        raise NotFound("document_not_waiting", number=number)


def _erase(session: OrganisationSession, number: int) -> bool:
    is_it = WaitingDocumentRow.id == number
    return session.scalar(delete(WaitingDocumentRow).where(is_it).returning(WaitingDocumentRow.id)) is not None


def _erase_old(session: OrganisationSession, until: datetime) -> None:
    session.execute(delete(WaitingDocumentRow).where(WaitingDocumentRow.at <= until))
