"""What the deliveries of all organisations have in common: where there is work, who lives, and who asked us to wait."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, or_, select, union, update

from bot.delivery import OPEN, Sending, State
from bot.model import Platform
from storage.channel_tables import SubscriptionRow
from storage.commons import Commons
from storage.deliveries import TABLES
from storage.delivery_tables import DeliveryRow, ReplicaRow, WorkspacePauseRow
from storage.tables import AccountRow, OrganisationRow
from storage.upsert import insert, insert_or_leave


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A piece of work for the engine: what is sent of one organisation to one workspace."""

    organisation: str | None
    sending: Sending
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an organisation's plans and posted digests are: the same as long as nobody changes or posts anything."""

    revision: int
    posted: int
    newest: datetime


class Ledger:
    """All organisations at once, and no row of any: those are read by who has the organisation's store."""

    def __init__(self, commons: Commons) -> None:
        self._commons = commons

    def with_work(self, now: datetime) -> tuple[str | None, ...]:
        """Return the organisations where a channel is to be looked at, or something waits to be worked on."""
        looked = select(SubscriptionRow.organisation_id).where(SubscriptionRow.next_at <= now)
        waiting = (
            select(table.organisation_id).where(
                table.state.in_(OPEN), table.batch.is_(None), or_(table.again_at.is_(None), table.again_at <= now)
            )
            for table in TABLES.values()
        )
        found = union(looked, *waiting).subquery()
        names = select(OrganisationRow.name).where(OrganisationRow.id.in_(select(found.c.organisation_id)))
        with self._commons.reading() as session:
            return tuple(name or None for name in session.scalars(names.order_by(OrganisationRow.id)))

    def next_look(self, now: datetime) -> datetime | None:
        """Return when the next channel is to be looked at, later than now; None where none is."""
        with self._commons.reading() as session:
            return session.scalar(select(func.min(SubscriptionRow.next_at)).where(SubscriptionRow.next_at > now))

    def with_people(self, platforms: Collection[Platform]) -> tuple[str | None, ...]:
        """Return the organisations where somebody has an account on one of the platforms."""
        found = select(AccountRow.organisation_id).where(AccountRow.platform.in_(platforms))
        names = select(OrganisationRow.name).where(OrganisationRow.id.in_(found)).order_by(OrganisationRow.id)
        with self._commons.reading() as session:
            return tuple(name or None for name in session.scalars(names))

    def batches(self, before: datetime) -> tuple[Batch, ...]:
        """Return the pieces of work that were made before then, and of which something is left."""
        with self._commons.reading() as session:
            return tuple(
                Batch(organisation=name or None, sending=sending, name=batch)
                for sending, table in TABLES.items()
                for name, batch in session.execute(
                    select(OrganisationRow.name, table.batch)
                    .join(OrganisationRow, OrganisationRow.id == table.organisation_id)
                    .where(table.state.in_(OPEN), table.batch.is_not(None), table.batched_at < before)
                    .distinct()
                )
                if batch is not None
            )

    def standing(self, since: datetime) -> dict[str | None, Standing]:
        """Return the organisations where digests stand that were posted since then, by name."""
        is_there = (DeliveryRow.state == State.POSTED) & (DeliveryRow.began_at >= since)
        found = (
            select(OrganisationRow.name, OrganisationRow.revision, func.count(), func.max(DeliveryRow.began_at))
            .join(DeliveryRow, DeliveryRow.organisation_id == OrganisationRow.id)
            .where(is_there)
            .group_by(OrganisationRow.id)
            .order_by(OrganisationRow.id)
        )
        with self._commons.reading() as session:
            return {
                name or None: Standing(revision=revision, posted=posted, newest=newest)
                for name, revision, posted, newest in session.execute(found)
                if newest is not None
            }

    def counts(self) -> dict[tuple[Sending, State], int]:
        """Return how many there are of each kind and state."""
        with self._commons.reading() as session:
            return {
                (sending, State(state)): number
                for sending, table in TABLES.items()
                for state, number in session.execute(select(table.state, func.count()).group_by(table.state))
            }

    def beat(self, replica: str, now: datetime) -> None:
        """Write that a process lives."""
        with self._commons.writing() as session:
            statement = insert(session, ReplicaRow).values({"id": replica, "seen": now})
            session.execute(statement.on_conflict_do_update(index_elements=["id"], set_={"seen": now}))

    def bury(self, replica: str, unseen_since: datetime) -> tuple[str, ...]:
        """Forget the other processes that nobody has seen since then; return those that live."""
        is_dead = (ReplicaRow.seen < unseen_since) & (ReplicaRow.id != replica)
        with self._commons.writing() as session:
            session.execute(delete(ReplicaRow).where(is_dead))
            return tuple(session.scalars(select(ReplicaRow.id)))

    def leave(self, replica: str) -> None:
        """A process has ended, and is at nothing any more."""
        with self._commons.writing() as session:
            session.execute(delete(ReplicaRow).where(ReplicaRow.id == replica))

    def pause(self, platform: Platform, team: str, until: datetime) -> None:
        """Send nothing to a workspace until then; a longer pause stays."""
        row = {"platform": platform, "team": team, "until": until}
        with self._commons.writing() as session:
            session.execute(insert_or_leave(session, WorkspacePauseRow, [row]))
            is_shorter = (WorkspacePauseRow.platform == platform) & (WorkspacePauseRow.team == team)
            is_shorter &= WorkspacePauseRow.until < until
            session.execute(update(WorkspacePauseRow).where(is_shorter).values(until=until))

    def paused_until(self, platform: Platform, team: str) -> datetime | None:
        """Return until when a workspace wants nothing; a moment that may be past."""
        is_it = (WorkspacePauseRow.platform == platform) & (WorkspacePauseRow.team == team)
        with self._commons.reading() as session:
            return session.scalar(select(WorkspacePauseRow.until).where(is_it))
