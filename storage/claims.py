"""Claims on deliveries, within one transaction: of all who want one, one gets it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal, or_, select, update

from bot.delivery import OPEN, Before, Claims, State
from storage.delivery_tables import DeliveryRow, ReminderRow, ReplicaRow
from storage.sessions import OrganisationSession

Table = type[DeliveryRow | ReminderRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """Who claims: a replica, with the claims that it is at just now. One that `is_alone` knows that no other lives."""

    replica: str
    active: frozenset[str]
    is_alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claiming:
    """A claim as it is made: `token` is new, and `who` is at it from before anybody can see it."""

    token: str
    who: Claimant
    now: datetime


def claimed(session: OrganisationSession, table: Table, numbers: Collection[int], claiming: Claiming) -> Claims:
    """Take on what nobody else is at, and count one attempt more; rows are locked, and compared where none can be."""
    living = set(session.scalars(select(ReplicaRow.id)))
    columns = select(table.id, table.attempt, table.claim, table.claimed_at, table.began_at)
    seen = columns.where(table.id.in_(numbers), table.state.in_(OPEN)).order_by(table.id).with_for_update()
    rows = session.execute(seen).all()
    held = frozenset(row.id for row in rows if _is_held(row.claim, claiming.who, living))
    free = {
        row.id: Before(attempts=row.attempt, began_at=row.began_at, claimed_at=row.claimed_at)
        for row in rows
        if row.id not in held
    }
    if not free:
        return Claims(held=held)
    left = [row.claim for row in rows if row.id in free and row.claim is not None]
    is_free = table.id.in_(free) & or_(table.claim.is_(None), table.claim.in_(left))
    setting = update(table).where(is_free).values(_values(table, claiming))
    won = set(session.scalars(setting.returning(table.id)))
    return Claims(ours={number: before for number, before in free.items() if number in won}, held=held)


def _values(table: Table, claiming: Claiming) -> dict[str, object]:
    return {
        "state": State.POSTING,
        "attempt": table.attempt + 1,
        "claim": claiming.token,
        "claimed_at": claiming.now,
        "began_at": func.coalesce(table.began_at, literal(claiming.now, table.began_at.type)),
        "again_at": None,
    }


def _is_held(claim: str | None, who: Claimant, living: Collection[str]) -> bool:
    """Whether somebody who lives is at it; the claims of this process are those that it says it is at."""
    if claim is None:
        return False
    owner = claim.partition(":")[0]
    return claim in who.active if owner == who.replica else owner in living and not who.is_alone
