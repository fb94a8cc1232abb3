"""How long what is not the plans' is kept, and erasing it then; in all organisations at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, delete
from sqlalchemy.orm import Session

from storage.channel_tables import ConversationRow
from storage.delivery_tables import DeliveryRow
from storage.engine import WRITES
from storage.rows import Row
from storage.tables import WaitingDocumentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long each is kept; plans, people and the history stay until somebody erases them."""

    conversations: timedelta = timedelta(hours=24)
    waiting: timedelta = timedelta(days=7)
    digests: timedelta = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """How many of each were erased."""

    conversations: int
    documents: int
    digests: int


def purge(engine: Engine, retention: Retention, now: datetime) -> Purged:
    """Erase what has been kept long enough; harmless to do again, or twice at once."""
    with Session(engine.execution_options(**{WRITES: True})) as session:
        purged = Purged(
            conversations=_erased(session, ConversationRow, ConversationRow.at <= now - retention.conversations),
            documents=_erased(session, WaitingDocumentRow, WaitingDocumentRow.at <= now - retention.waiting),
            digests=_erased(session, DeliveryRow, DeliveryRow.due_at <= now - retention.digests),
        )
        session.commit()
        return purged


def _erased(session: Session, table: type[Row], is_old: ColumnElement[bool]) -> int:
    gone = delete(table).where(is_old).returning(table.__table__.c.id)
    return len(session.scalars(gone).all())
