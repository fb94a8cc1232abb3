"""What an operator needs to know of all organisations together, as numbers: nothing of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, QueuePool, func, select
from sqlalchemy.orm import Session

from bot.delivery import OPEN
from storage.delivery_tables import DeliveryRow
from storage.inbox import DEAD, WAITING
from storage.inbox_tables import InboxRow

DIGESTS_OF = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One moment. `oldest` is how long the oldest waiting delivery has been here; `digests` are a day's, by state, and
    `late` is how long the one that should have come first of those still to come has been due.
    """

    waiting: int
    oldest: timedelta
    dead_letters: int
    digests: Mapping[str, int]
    late: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Connections:
    """This process's connections to the database: used now, free now, and as many as there may be."""

    used: int
    free: int
    most: int


def figures(engine: Engine, now: datetime) -> Figures:
    """Return the figures of a moment; what is done is not counted, so it costs the same on a busy day."""
    waiting = select(func.count(), func.min(InboxRow.received_at)).where(InboxRow.state == WAITING)
    dead = select(func.count()).where(InboxRow.state == DEAD)
    states = select(DeliveryRow.state, func.count().label("number")).where(DeliveryRow.due_at > now - DIGESTS_OF)
    due = select(func.min(DeliveryRow.due_at)).where(DeliveryRow.state.in_(OPEN), DeliveryRow.due_at <= now)
    with Session(engine) as session:
        count, since = session.execute(waiting).one()
        return Figures(
            waiting=count,
            oldest=max(now - since, timedelta()) if since else timedelta(),
            dead_letters=session.scalar(dead) or 0,
            late=now - (session.scalar(due) or now),
            digests={row.state: row.number for row in session.execute(states.group_by(DeliveryRow.state))},
        )


def connections(engine: Engine) -> Connections:
    """Return how much of the pool is used; asks nobody."""
    pool = engine.pool
    assert isinstance(pool, QueuePool)
    return Connections(used=pool.checkedout(), free=pool.checkedin(), most=pool.size() + pool._max_overflow)
