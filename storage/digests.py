"""Which channels get a digest, and which digests stand there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import func, select, update

from bot.delivery import NOTHING_NEW, Missing, State
from bot.digest import SETTINGS, TARGET, PostedDigest, Subscription, Target
from bot.due import first_look
from bot.history import Author
from storage.acts import act
from storage.channel_rows import channel_row, made_channel
from storage.channel_tables import ChannelRow, SubscriptionRow
from storage.delivery_tables import DeliveryRow
from storage.items import Changed, as_text
from storage.persons import Administrators
from storage.sessions import OrganisationSession, Sessions


class Digests:
    """Satisfies bot.ports.Digests."""

    def __init__(self, sessions: Sessions, administrators: Administrators) -> None:
        self._sessions = sessions
        self._administrators = administrators

    def subscriptions(self) -> tuple[Subscription, ...]:
        """Return every channel's settings."""
        both = select(SubscriptionRow, ChannelRow).join(ChannelRow, ChannelRow.id == SubscriptionRow.channel_id)
        with self._sessions.reading() as session:
            found = session.execute(both.order_by(SubscriptionRow.id)).all()
            return tuple(to_subscription(row, channel) for row, channel in found)

    def subscription(self, platform: str, channel: str) -> Subscription | None:
        """Return the settings of one channel."""
        with self._sessions.reading() as session:
            found = channel_row(session, platform, channel)
            row = found and _settings(session, found)
            return to_subscription(row, found) if found and row else None

    def subscribe(self, subscription: Subscription, author: Author) -> Subscription:
        """Write a channel's settings, new or changed; the history has each field that changed."""
        with act(self._sessions, author, self._administrators) as doing:
            channel = made_channel(doing, subscription.platform, subscription.channel, subscription.channel_name)
            row = _settings(doing.session, channel) or SubscriptionRow(channel_id=channel.id)
            row.is_own = subscription.is_own
            for changed in _write(row, subscription):
                # Of a person's own it is not told whose it is: the history stays when they are erased.
                doing.note("" if subscription.is_own else channel.name or channel.channel, changed)
            row.next_at, row.fault = first_look(subscription, author.at), None
            doing.session.add(row)
            doing.session.flush()
            return to_subscription(row, channel)

    def last_day(self, subscription: Subscription) -> date | None:
        """Return the local day of the newest delivery that was not skipped."""
        is_theirs = (DeliveryRow.subscription_id == subscription.id) & (DeliveryRow.state != State.SKIPPED)
        with self._sessions.reading() as session:
            return session.scalar(select(func.max(DeliveryRow.day)).where(is_theirs))

    def came_before(self, ids: Collection[int], moment: datetime) -> Mapping[int, datetime]:
        """Return when the newest one before that moment was posted, by the subscription's id; none that never was."""
        came = (DeliveryRow.state == State.POSTED) & (DeliveryRow.began_at < moment)
        newest = select(DeliveryRow.subscription_id, func.max(DeliveryRow.began_at))
        newest = newest.where(DeliveryRow.subscription_id.in_(ids), came).group_by(DeliveryRow.subscription_id)
        with self._sessions.reading() as session:
            return {number: at for number, at in session.execute(newest) if at is not None}

    def posted(self, since: datetime) -> tuple[PostedDigest, ...]:
        """Return the digests that stand in their channels, and were posted since then."""
        three = (
            select(DeliveryRow, SubscriptionRow, ChannelRow)
            .join(SubscriptionRow, SubscriptionRow.id == DeliveryRow.subscription_id)
            .join(ChannelRow, ChannelRow.id == SubscriptionRow.channel_id)
            .where(DeliveryRow.state == State.POSTED, DeliveryRow.began_at >= since)
        )
        with self._sessions.reading() as session:
            return tuple(
                PostedDigest(
                    delivery=delivery.id,
                    subscription=to_subscription(row, channel),
                    at=delivery.began_at,
                    message_id=delivery.message_id,
                    shown=delivery.shown,
                )
                for delivery, row, channel in session.execute(three.order_by(DeliveryRow.id))
                if delivery.message_id is not None and delivery.began_at is not None
            )

    def take_on_edit(self, posted: PostedDigest, now: datetime, until: datetime) -> bool:
        """Whether this one of all who look edits it, until then at most; nobody has edited it since it was read."""
        is_free = DeliveryRow.editing_until.is_(None) | (DeliveryRow.editing_until <= now)
        is_so = (DeliveryRow.id == posted.delivery) & DeliveryRow.shown.is_not_distinct_from(posted.shown) & is_free
        taking = update(DeliveryRow).where(is_so).values(editing_until=until).returning(DeliveryRow.id)
        with self._sessions.adding() as session:
            return session.scalar(taking) is not None

    def edited(self, posted: PostedDigest, until: datetime, shown: str | None) -> None:
        """Whoever took it on until then is done, and left it as it is now `shown`."""
        is_theirs = (DeliveryRow.id == posted.delivery) & (DeliveryRow.editing_until == until)
        with self._sessions.adding() as session:
            session.execute(update(DeliveryRow).where(is_theirs).values(shown=shown, editing_until=None))

    def missing(self, subscription: Subscription, since: date) -> tuple[Missing, ...]:
        """Return the digests from that day on that never came, or nobody can tell of; newest first."""
        is_theirs = (DeliveryRow.subscription_id == subscription.id) & (DeliveryRow.day >= since)
        ended = DeliveryRow.state.in_((State.SKIPPED, State.FAILED, State.UNKNOWN))
        is_told = func.coalesce(DeliveryRow.error, "") != NOTHING_NEW
        with self._sessions.reading() as session:
            rows = session.scalars(
                select(DeliveryRow).where(is_theirs, ended, is_told).order_by(DeliveryRow.day.desc())
            )
            return tuple(Missing(day=row.day, state=State(row.state), reason=row.error or "") for row in rows)


def _settings(session: OrganisationSession, channel: ChannelRow) -> SubscriptionRow | None:
    return session.scalar(select(SubscriptionRow).where(SubscriptionRow.channel_id == channel.id))


def _write(row: SubscriptionRow, subscription: Subscription) -> list[Changed]:
    wanted = {name: getattr(subscription, name) for name in SETTINGS}
    wanted |= {name: getattr(subscription.target, name) for name in TARGET}
    changes = []
    for field, after in wanted.items():
        before = getattr(row, field) or None
        setattr(row, field, after)
        if before != (after or None):
            changes.append(Changed(field=field, before=as_text(before), after=as_text(after)))
    return changes


def to_subscription(row: SubscriptionRow, channel: ChannelRow) -> Subscription:
    return Subscription(
        id=row.id,
        platform=channel.platform,
        channel=channel.channel,
        channel_name=channel.name,
        weekday=row.weekday,
        at=row.at,
        zone=row.zone,
        language=row.language,
        is_active=row.is_active,
        paused_until=row.paused_until,
        days_off=row.days_off,
        target=Target(plans=row.plans, groups=row.groups, regions=row.regions, meetings=row.meetings),
        is_quiet=row.is_quiet,
        shows_waiting=row.shows_waiting,
        is_own=row.is_own,
    )
