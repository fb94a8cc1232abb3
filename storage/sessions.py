"""Transactions that see one organisation's rows alone, whatever is asked of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, with_loader_criteria

from storage.engine import WRITES, place
from storage.rows import Organised
from storage.tables import OrganisationRow
from storage.troubles import named_troubles


class OrganisationSession(Session):
    """A session of one organisation; what it selects, updates, deletes and adds is that organisation's."""

    organisation: int


@event.listens_for(OrganisationSession, "do_orm_execute")
def _see_one_organisation(state: ORMExecuteState) -> None:
    """Every table of every statement is narrowed here, so that no query can forget to."""
    assert isinstance(state.session, OrganisationSession)
    organisation = state.session.organisation
    if not state.is_insert:
        state.statement = state.statement.options(
            with_loader_criteria(Organised, lambda row: row.organisation_id == organisation, include_aliases=True)
        )


@event.listens_for(OrganisationSession, "before_flush")
def _add_to_one_organisation(session: Session, context: UOWTransaction, instances: object) -> None:
    assert isinstance(session, OrganisationSession)
    for row in session.new:
        if isinstance(row, Organised):
            row.organisation_id = session.organisation


@dataclass(slots=True)
class Writing:
    """A writing transaction; others of the same organisation wait until it ends."""

    session: OrganisationSession
    organisation: OrganisationRow
    has_step: bool = False

    @property
    def step(self) -> int:
        """The organisation's next revision; whoever asks for it says that something has changed."""
        self.says_it_has_changed()
        return self.organisation.revision

    def says_it_has_changed(self) -> None:
        """Let books made before be old."""
        if not self.has_step:
            self.organisation.revision += 1
            self.has_step = True


class Sessions:
    """The way to one organisation's rows."""

    def __init__(self, engine: Engine, organisation: int) -> None:
        self._engine = engine
        self._reading = engine.execution_options(**_steady(engine))
        self._writing = engine.execution_options(**{WRITES: True})
        self.organisation = organisation

    @contextmanager
    def reading(self) -> Iterator[OrganisationSession]:
        """A transaction that sees one moment. Raises DatabaseTrouble."""
        with self._session(self._reading) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """A transaction that is alone in its organisation, and leaves nothing if it fails. Raises DatabaseTrouble."""
        own = OrganisationRow.id == self.organisation
        with self._session(self._writing) as session:
            locked = select(OrganisationRow).where(own).with_for_update(key_share=True)
            yield Writing(session, session.scalars(locked).one())
            session.commit()

    @contextmanager
    def adding(self) -> Iterator[OrganisationSession]:
        """A writing transaction that waits for none of the organisation's: for rows outside its plans."""
        with self._session(self._writing) as session:
            yield session
            session.commit()

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[OrganisationSession]:
        with named_troubles(place(self._engine.url)), OrganisationSession(engine, expire_on_commit=False) as session:
            session.organisation = self.organisation
            yield session


def _steady(engine: Engine) -> dict[str, str]:
    """SQLite always shows one moment to a transaction; PostgreSQL must be asked."""
    return {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
