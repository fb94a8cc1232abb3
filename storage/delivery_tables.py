"""The tables of the ledger: what is to be sent and who is at it, which processes run, and who asked us to wait."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.model import Platform
from storage.rows import Organised, Row, unique, within


class Delivered(Organised):
    """One message for one local day; `claim` is "replica:token" of whoever is at it, who alone says how it ended.

    `began_at` is when somebody first may have posted it, `batch` the engine's piece of work that it is in.
    """

    __abstract__ = True

    day: Mapped[date]
    state: Mapped[str]
    due_at: Mapped[datetime]
    until: Mapped[datetime]
    attempt: Mapped[int] = mapped_column(default=0)
    claim: Mapped[str | None]
    claimed_at: Mapped[datetime | None]
    began_at: Mapped[datetime | None]
    again_at: Mapped[datetime | None]
    batch: Mapped[str | None]
    batched_at: Mapped[datetime | None]
    message_id: Mapped[str | None]
    error: Mapped[str | None]


class DeliveryRow(Delivered):
    """One digest: unique by its subscription and local day, so that it is there once.

    `shown` tells what stands in its message, where that is known; whoever edits it has it until `editing_until`.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        unique("subscription_id", "kind", "day"),
        within("subscription_id", "subscription"),
        Index(None, "state"),
        Index(None, "batch"),
        Index(None, "began_at"),
    )

    subscription_id: Mapped[int]
    kind: Mapped[str]
    shown: Mapped[str | None]
    editing_until: Mapped[datetime | None]


class ReminderRow(Delivered):
    """One person's reminder: unique by the person and the local day."""

    __tablename__ = "reminder"
    __table_args__ = (
        unique("person_id", "day"),
        within("person_id", "person"),
        Index(None, "state"),
        Index(None, "batch"),
    )

    person_id: Mapped[int]
    platform: Mapped[Platform]
    account: Mapped[str]


class ReplicaRow(Row):
    """One process that delivers, and when it was last there; its id is new at each start."""

    __tablename__ = "replica"

    id: Mapped[str] = mapped_column(primary_key=True)
    seen: Mapped[datetime]


class WorkspacePauseRow(Row):
    """Until when a workspace has asked us to send nothing."""

    __tablename__ = "workspace_pause"
    __table_args__ = (UniqueConstraint("platform", "team"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[Platform]
    team: Mapped[str]
    until: Mapped[datetime]
