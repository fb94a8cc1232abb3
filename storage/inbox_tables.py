"""The table of what a platform has delivered: the installation's own, since it is kept before anybody reads it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import Row


class InboxRow(Row):
    """One delivery; `body` is JSON until it is done, and `next_at` is when somebody may take it (again)."""

    __tablename__ = "inbox"
    __table_args__ = (UniqueConstraint("delivery"), Index(None, "state", "next_at"), Index(None, "received_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery: Mapped[str]
    kind: Mapped[str]
    team: Mapped[str]
    body: Mapped[str | None]
    received_at: Mapped[datetime]
    attempts: Mapped[int]
    next_at: Mapped[datetime]
    state: Mapped[str]
    error: Mapped[str | None]
