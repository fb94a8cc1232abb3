"""What a platform has delivered, kept from before it is acknowledged until its work is done."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from storage.commons import Commons
from storage.inbox_tables import InboxRow
from storage.upsert import insert

WAITING, DONE, DEAD = "waiting", "done", "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One delivery that somebody has taken on, for the so manyeth time; `body` is what the platform sent."""

    id: int
    kind: str
    team: str
    body: Mapping[str, Any]
    received_at: datetime
    attempts: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What is to be kept: `delivery` is what it and its repetition have in common, `until` how long it is taken on."""

    delivery: str
    kind: str
    team: str
    body: Mapping[str, Any]
    received_at: datetime
    until: datetime


class Inbox:
    """The deliveries of all workspaces. Whoever puts or claims one has it until a moment, and may have it renewed."""

    def __init__(self, commons: Commons) -> None:
        self._commons = commons

    def put(
        self, delivery: str, about: tuple[str, str], body: Mapping[str, Any], *, now: datetime, until: datetime
    ) -> Delivery | None:
        """Keep one, taken on by whoever puts it; None where it has come before. `about` is its kind and its team."""
        kind, team = about
        arrival = Arrival(delivery=delivery, kind=kind, team=team, body=body, received_at=now, until=until)
        return self.put_all((arrival,))[0]

    def put_all(self, arrivals: Sequence[Arrival]) -> tuple[Delivery | None, ...]:
        """Keep all or none, each taken on by whoever puts it; None for what has come before.

        A unique row holds that: of all who are brought the same one, one gets it.
        """
        rows = [_to_row(arrival) for arrival in arrivals]
        with self._commons.writing() as session:
            # The rows are handed over beside the statement: written into it, all of it is put together anew each time.
            adding = insert(session, InboxRow).on_conflict_do_nothing().returning(InboxRow.delivery, InboxRow.id)
            numbers = {row.delivery: row.id for row in session.execute(adding, rows)}
        return tuple(_kept(one, numbers.pop(one.delivery, None)) for one in arrivals)

    def newest(self, team: str, kinds: Collection[str]) -> datetime | None:
        """Return when the newest of these kinds came from a team, done or not; None where none is remembered."""
        is_it = (InboxRow.team == team) & InboxRow.kind.in_(kinds)
        with self._commons.reading() as session:
            return session.scalar(select(func.max(InboxRow.received_at)).where(is_it))

    def is_done(self, delivery: str) -> bool:
        """Whether what came so is done or given up."""
        is_it = (InboxRow.delivery == delivery) & (InboxRow.state != WAITING)
        with self._commons.reading() as session:
            return session.scalar(select(InboxRow.id).where(is_it)) is not None

    def forget(self, id: int) -> None:
        """Forget one as if it had never come."""
        with self._commons.writing() as session:
            session.execute(delete(InboxRow).where(InboxRow.id == id))

    def claim(self, *, now: datetime, until: datetime, at_most: int) -> tuple[Delivery, ...]:
        """Take on what nobody has, oldest first; of two who ask at once, one gets each."""
        is_free = (InboxRow.state == WAITING) & (InboxRow.next_at <= now)
        oldest = select(InboxRow).where(is_free).order_by(InboxRow.received_at, InboxRow.id).limit(at_most)
        with self._commons.writing() as session:
            rows = session.scalars(oldest.with_for_update(skip_locked=True)).all()
            for row in rows:
                row.attempts += 1
                row.next_at = until
            return tuple(_to_delivery(row) for row in rows)

    def renew(self, ids: Collection[int], until: datetime) -> None:
        """Have them for longer."""
        self._change(ids, next_at=until)

    def done(self, *ids: int) -> None:
        """Nothing is left to do: what they said is erased, and that they came is remembered."""
        self._change(ids, state=DONE, body=None)

    def again(self, id: int, at: datetime, error: str | None = None) -> None:
        """Let it be taken on again, from a moment on."""
        self._change([id], next_at=at, error=error)

    def dead(self, id: int, error: str) -> None:
        """Nobody takes it on any more; it is kept to be looked at."""
        self._change([id], state=DEAD, error=error)

    def dead_letters(self) -> tuple[tuple[int, str, str | None], ...]:
        """Return the id, the kind and the error of each that nobody takes on any more."""
        columns = select(InboxRow.id, InboxRow.kind, InboxRow.error)
        with self._commons.reading() as session:
            found = session.execute(columns.where(InboxRow.state == DEAD).order_by(InboxRow.id)).all()
            return tuple((row.id, row.kind, row.error) for row in found)

    def purge(self, *, done_before: datetime, dead_before: datetime) -> None:
        """Forget what was done, and what was given up, of deliveries received before those moments."""
        old = {DONE: done_before, DEAD: dead_before}
        with self._commons.writing() as session:
            for state, before in old.items():
                session.execute(delete(InboxRow).where(InboxRow.state == state, InboxRow.received_at < before))

    def _change(self, ids: Collection[int], **values: object) -> None:
        if not ids:
            return
        is_waiting = InboxRow.state == WAITING
        with self._commons.writing() as session:
            session.execute(update(InboxRow).where(InboxRow.id.in_(ids), is_waiting).values(**values))


def _to_delivery(row: InboxRow) -> Delivery:
    return Delivery(
        id=row.id,
        kind=row.kind,
        team=row.team,
        body=json.loads(row.body or "{}"),
        received_at=row.received_at,
        attempts=row.attempts,
    )


def _kept(arrival: Arrival, number: int | None) -> Delivery | None:
    if number is None:
        return None
    return Delivery(id=number, kind=arrival.kind, team=arrival.team, body=arrival.body, received_at=arrival.received_at)


def _to_row(arrival: Arrival) -> Mapping[str, object]:
    return {
        "delivery": arrival.delivery,
        "kind": arrival.kind,
        "team": arrival.team,
        "body": json.dumps(arrival.body),
        "received_at": arrival.received_at,
        "attempts": 1,
        "next_at": arrival.until,
        "state": WAITING,
    }
