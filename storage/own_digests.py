"""What is kept of somebody's own digest: it goes to their account, which is its channel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, delete, select

from storage.channel_tables import CalendarFeedRow, ChannelRow, FollowedPlanRow, SubscriptionRow
from storage.delivery_tables import DeliveryRow
from storage.sessions import OrganisationSession


def own_digest(session: OrganisationSession, accounts: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Return its settings, by the name of the table; nothing where there is none."""
    hidden = ("id", "organisation_id", "channel_id", "next_at", "fault")
    names = [column.name for column in SubscriptionRow.__table__.columns if column.name not in hidden]
    found = session.scalars(select(SubscriptionRow).where(SubscriptionRow.channel_id.in_(_channels(accounts))))
    rows = [{name: getattr(row, name) for name in names} for row in found]
    return {SubscriptionRow.__tablename__: rows} if rows else {}


def erase_own_digest(session: OrganisationSession, accounts: Sequence[str]) -> None:
    """Erase it, with what was sent of it and the account that it went to."""
    channels = list(session.scalars(_channels(accounts)))
    digests = list(session.scalars(select(SubscriptionRow.id).where(SubscriptionRow.channel_id.in_(channels))))
    session.execute(delete(DeliveryRow).where(DeliveryRow.subscription_id.in_(digests)))
    for table in (SubscriptionRow, FollowedPlanRow, CalendarFeedRow):
        session.execute(delete(table).where(table.channel_id.in_(channels)))
    session.execute(delete(ChannelRow).where(ChannelRow.id.in_(channels)))


def _channels(accounts: Sequence[str]) -> Select[int]:
    return select(ChannelRow.id).where(ChannelRow.channel.in_(accounts))
