"""One organisation's deliveries: planned, put into pieces of work, claimed, and ended by whoever has the claim."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Select, case, func, literal, or_, select, update

from bot.delivery import OPEN, Claims, Delivery, Ended, Looked, Planned, Sending, State
from bot.due import Due
from bot.model import Platform
from bot.reminding import Account
from storage.channel_tables import ChannelRow, SubscriptionRow
from storage.claims import Claimant, Claiming, Table, claimed
from storage.delivery_tables import DeliveryRow, ReminderRow
from storage.digests import to_subscription
from storage.sessions import OrganisationSession, Sessions
from storage.upsert import insert_into

WEEKLY = "weekly"
TABLES: dict[Sending, Table] = {
    Sending.DIGEST: DeliveryRow,
    Sending.REMINDER: ReminderRow,
}


class Deliveries:
    """The ledger of one organisation; what it says is so, whatever the engine does."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def to_look_at(self, now: datetime) -> tuple[Looked, ...]:
        """Return the channels that somebody has to look at by now."""
        came = DeliveryRow.state != State.SKIPPED
        last = select(DeliveryRow.subscription_id, func.max(DeliveryRow.day).label("day")).where(came)
        last_days = last.group_by(DeliveryRow.subscription_id).subquery()
        three = (
            select(SubscriptionRow, ChannelRow, last_days.c.day)
            .join(ChannelRow, ChannelRow.id == SubscriptionRow.channel_id)
            .outerjoin(last_days, last_days.c.subscription_id == SubscriptionRow.id)
            .where(SubscriptionRow.next_at <= now)
        )
        with self._sessions.reading() as session:
            return tuple(
                Looked(subscription=to_subscription(row, channel), since=row.next_at, last_day=day)
                for row, channel, day in session.execute(three.order_by(SubscriptionRow.id))
                if row.next_at is not None
            )

    def plan(self, planned: Sequence[Planned]) -> int:
        """Write what came due, and when to look again, in one transaction; of all who looked, one does.

        Return how many deliveries are due.
        """
        with self._sessions.adding() as session:
            won = set(_advanced(session, planned))
            rows = [
                _due_row(number, due, state, reason)
                for one in planned
                if (number := one.looked.subscription.id) in won and number is not None
                for due, state, reason in one.dues
            ]
            if not rows:
                return 0
            statement = insert_into(session, DeliveryRow, *rows).on_conflict_do_nothing()
            written = session.execute(statement.returning(DeliveryRow.state)).scalars().all()
            return written.count(State.DUE)

    def plan_reminder(self, account: Account, day: date, due_at: datetime, until: datetime) -> bool:
        """Write that a person is to be reminded that day; whether nobody had written it yet."""
        to = {"person_id": account.person_id, "platform": account.platform, "account": account.account}
        row = {
            **to,
            "day": day,
            "state": State.DUE,
            "due_at": due_at,
            "until": until,
            "attempt": 0,
        }
        with self._sessions.adding() as session:
            statement = insert_into(session, ReminderRow, row).on_conflict_do_nothing()
            return session.scalar(statement.returning(ReminderRow.id)) is not None

    def into_batches(
        self, sending: Sending, platforms: Collection[Platform], now: datetime, at_most: int
    ) -> tuple[str, ...]:
        """Put what nobody works on into pieces of work, each of one workspace; return their names."""
        table = TABLES[sending]
        ready = or_(table.again_at.is_(None), table.again_at <= now)
        free = _places(sending).where(table.state.in_(OPEN), table.batch.is_(None), ready)
        by_team: dict[tuple[Platform, str], list[int]] = defaultdict(list)
        with self._sessions.adding() as session:
            locked = free.order_by(table.id).with_for_update(of=table, skip_locked=True)
            for number, platform, place in session.execute(locked):
                if platform in platforms:
                    by_team[platform, place.rpartition(":")[0]].append(number)
            return tuple(
                _batched(session, table, chunk, now) for ids in by_team.values() for chunk in _chunks(ids, at_most)
            )

    def queued(self, sending: Sending, batch: str) -> None:
        """The engine has the piece of work."""
        table = TABLES[sending]
        with self._sessions.adding() as session:
            session.execute(
                update(table).where(table.batch == batch, table.state == State.DUE).values(state=State.QUEUED)
            )

    def freed(self, sending: Sending, batch: str) -> None:
        """The engine has the piece of work no more: what is left of it is put into another one."""
        table = TABLES[sending]
        with self._sessions.adding() as session:
            is_left = (table.batch == batch) & table.state.in_(OPEN)
            session.execute(update(table).where(is_left).values(batch=None, batched_at=None))

    def of_batch(self, sending: Sending, batch: str) -> tuple[Delivery, ...]:
        """Return what is left of a piece of work."""
        table = TABLES[sending]
        is_left = (table.batch == batch) & table.state.in_(OPEN)
        with self._sessions.reading() as session:
            if sending is Sending.REMINDER:
                rows = session.scalars(select(ReminderRow).where(is_left).order_by(ReminderRow.id))
                return tuple(map(_to_reminder, rows))
            three = (
                select(DeliveryRow, SubscriptionRow, ChannelRow)
                .join(SubscriptionRow, SubscriptionRow.id == DeliveryRow.subscription_id)
                .join(ChannelRow, ChannelRow.id == SubscriptionRow.channel_id)
                .where(is_left)
            )
            return tuple(_to_digest(*found) for found in session.execute(three.order_by(DeliveryRow.id)))

    def claim(self, sending: Sending, numbers: Collection[int], token: str, who: Claimant, now: datetime) -> Claims:
        """Take on what nobody else is at, and count one attempt more; compare and set, so that one gets each."""
        table = TABLES[sending]
        with self._sessions.adding() as session:
            return claimed(session, table, numbers, Claiming(token=token, who=who, now=now))

    def end(self, sending: Sending, token: str, ended: Mapping[int, Ended]) -> frozenset[int]:
        """Say how each ended, of those that are still ours by the claim; return those that are not any more."""
        table = TABLES[sending]
        alike: dict[tuple[bool, bool, tuple[tuple[str, object], ...]], dict[int, Ended]] = defaultdict(dict)
        for number, how in ended.items():
            alike[how.message_id is None, how.shown is None, tuple(_values(how).items())][number] = how
        ours: set[int] = set()
        with self._sessions.adding() as session:
            for (_, _, values), same in alike.items():
                told = dict(values) | _each(table, "message_id", {one: how.message_id for one, how in same.items()})
                if sending is Sending.DIGEST:
                    told |= _each(table, "shown", {one: how.shown for one, how in same.items()})
                saying = update(table).where(table.id.in_(same), table.claim == token).values(told)
                ours.update(session.scalars(saying.returning(table.id)))
        return frozenset(ended.keys() - ours)

    def standing(self, sending: Sending, number: int) -> tuple[State, str | None]:
        """Return how far one has come, and the message that it is; one that is gone was skipped."""
        table = TABLES[sending]
        with self._sessions.reading() as session:
            row = session.execute(select(table.state, table.message_id).where(table.id == number)).one_or_none()
            return (State(row.state), row.message_id) if row else (State.SKIPPED, None)

    def mark_fault(self, subscription: int, fault: str | None) -> bool:
        """Write why nothing can be posted in a channel, or that something can; whether it was otherwise."""
        was = SubscriptionRow.fault.is_not(None) if fault is None else SubscriptionRow.fault.is_(None)
        writing = update(SubscriptionRow).where(SubscriptionRow.id == subscription, was).values(fault=fault)
        with self._sessions.adding() as session:
            return session.scalar(writing.returning(SubscriptionRow.id)) is not None


def _advanced(session: OrganisationSession, planned: Sequence[Planned]) -> Iterator[int]:
    """Those that nobody else has looked at since; most have their moments in common."""
    alike: dict[tuple[datetime, datetime | None], list[int]] = defaultdict(list)
    for one in planned:
        if one.looked.subscription.id is not None:
            alike[one.looked.since, one.next_at].append(one.looked.subscription.id)
    for (since, next_at), ids in alike.items():
        is_so = SubscriptionRow.id.in_(ids) & (SubscriptionRow.next_at == since)
        yield from session.scalars(
            update(SubscriptionRow).where(is_so).values(next_at=next_at).returning(SubscriptionRow.id)
        )


def _due_row(subscription: int, due: Due, state: State, reason: str | None) -> dict[str, object]:
    return {
        "subscription_id": subscription,
        "kind": WEEKLY,
        "day": due.day,
        "state": state,
        "due_at": due.at,
        "until": due.until,
        "attempt": 0,
        "error": reason,
    }


def _places(sending: Sending) -> Select[int, Platform, str]:
    if sending is Sending.REMINDER:
        return select(ReminderRow.id, ReminderRow.platform, ReminderRow.account)
    return (
        select(DeliveryRow.id, ChannelRow.platform, ChannelRow.channel)
        .join(SubscriptionRow, SubscriptionRow.id == DeliveryRow.subscription_id)
        .join(ChannelRow, ChannelRow.id == SubscriptionRow.channel_id)
    )


def _batched(session: OrganisationSession, table: Table, ids: Sequence[int], now: datetime) -> str:
    name = uuid.uuid4().hex
    session.execute(update(table).where(table.id.in_(ids)).values(batch=name, batched_at=now))
    return name


def _chunks(ids: Sequence[int], at_most: int) -> Iterable[Sequence[int]]:
    return (ids[first : first + at_most] for first in range(0, len(ids), at_most))


def _values(how: Ended) -> dict[str, object]:
    """What is over keeps no claim; what is to be tried again leaves its piece of work."""
    values: dict[str, object] = {"state": how.state, "claim": None, "error": how.reason}
    if how.again_at is not None:
        values |= {"again_at": how.again_at, "batch": None, "batched_at": None}
    if how.state is State.DUE:
        values |= {"began_at": None, "claimed_at": None}
    if how.tried_at is not None:
        values["claimed_at"] = how.tried_at
    return values


def _each(table: Table, column: str, values: Mapping[int, str | None]) -> dict[str, object]:
    """What each has of its own in a column, for one statement; of those without anything what was known stays."""
    as_text = getattr(table, column).type
    known = {number: literal(value, as_text) for number, value in values.items() if value is not None}
    return {column: case(known, value=table.id)} if known else {}


def _to_digest(row: DeliveryRow, subscription: SubscriptionRow, channel: ChannelRow) -> Delivery:
    return Delivery(
        number=row.id,
        sending=Sending.DIGEST,
        platform=channel.platform,
        place=channel.channel,
        day=row.day,
        until=row.until,
        subscription=to_subscription(subscription, channel),
        was_closed=subscription.fault is not None,
    )


def _to_reminder(row: ReminderRow) -> Delivery:
    return Delivery(
        number=row.id,
        sending=Sending.REMINDER,
        platform=row.platform,
        place=row.account,
        day=row.day,
        until=row.until,
        person=row.person_id,
    )
