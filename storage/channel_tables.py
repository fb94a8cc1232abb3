"""The tables of one organisation's channels: what they follow, their digests and what is talked of there."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.digest import DaysOff
from bot.model import Language, Platform
from storage.rows import Organised, unique, within


class ChannelRow(Organised):
    """A shared channel of a chat platform; that of somebody's own digest is their account."""

    __tablename__ = "channel"
    __table_args__ = (unique("id"), unique("platform", "channel"))

    platform: Mapped[Platform]
    channel: Mapped[str]
    name: Mapped[str | None]


class FollowedPlanRow(Organised):
    """A plan that a channel follows; a channel without such rows follows all."""

    __tablename__ = "followed_plan"
    __table_args__ = (
        unique("channel_id", "plan_id"),
        within("channel_id", "channel"),
        within("plan_id", "plan"),
    )

    channel_id: Mapped[int]
    plan_id: Mapped[int]


class SubscriptionRow(Organised):
    """When a channel gets its digest: wall time in `zone`, `weekday` 0 for Monday.

    `next_at` is when somebody has to look whether it is due; never where it is null. `fault` is why
    nothing can be posted there until people do something: archived, left, revoked.
    """

    __tablename__ = "subscription"
    __table_args__ = (unique("id"), unique("channel_id"), within("channel_id", "channel"), Index(None, "next_at"))

    channel_id: Mapped[int]
    weekday: Mapped[int]
    at: Mapped[time]
    zone: Mapped[str]
    language: Mapped[Language]
    is_active: Mapped[bool]
    paused_until: Mapped[date | None]
    days_off: Mapped[DaysOff] = mapped_column(default=DaysOff.POST)
    plans: Mapped[tuple[str, ...]] = mapped_column(default=())
    groups: Mapped[tuple[str, ...]] = mapped_column(default=())
    regions: Mapped[tuple[str, ...]] = mapped_column(default=())
    meetings: Mapped[tuple[str, ...]] = mapped_column(default=())
    is_quiet: Mapped[bool] = mapped_column(default=False)
    shows_waiting: Mapped[bool] = mapped_column(default=False)
    is_own: Mapped[bool] = mapped_column(default=False)
    next_at: Mapped[datetime | None]
    fault: Mapped[str | None]


class CalendarFeedRow(Organised):
    """A calendar feed of a channel or of a person: of the two, one is set."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        unique("channel_id"),
        unique("person_id"),
        within("channel_id", "channel"),
        within("person_id", "person"),
    )

    channel_id: Mapped[int | None]
    person_id: Mapped[int | None]
    secret: Mapped[str]
    made_at: Mapped[datetime]


class ConversationRow(Organised):
    """What a conversation was about last; `speaker` is whoever spoke last, as `storage.persons.speaker` has it."""

    __tablename__ = "conversation"
    __table_args__ = (unique("conversation"), Index(None, "organisation_id", "at"))

    conversation: Mapped[str]
    about: Mapped[str]
    at: Mapped[datetime]
    speaker: Mapped[str | None]
