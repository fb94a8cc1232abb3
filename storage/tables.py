"""The rows: every one belongs to an organisation, and can point at no row of another.

What a row points at is named by (organisation_id, x_id) together, which the database itself checks. A change
here needs a step in migrations/versions, and that step a test.
"""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.model import Doubt, Kind, Language, Milestones, Platform, Precision, Status
from storage.column_types import Instant, MilestoneList, WordList, Words, one_of


class Row(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - read once, by SQLAlchemy
        str: Words,
        datetime: Instant,
        tuple[str, ...]: WordList,
        tuple[Doubt, ...]: WordList,
        Kind: one_of(Kind),
        Precision: one_of(Precision),
        Status: one_of(Status),
        Language: one_of(Language),
        Platform: one_of(Platform),
    }


def _within(column: str, table: str) -> ForeignKeyConstraint:
    """A row of the same organisation."""
    return ForeignKeyConstraint(["organisation_id", column], [f"{table}.organisation_id", f"{table}.id"])


def _unique(*columns: str) -> UniqueConstraint:
    """Once in an organisation."""
    return UniqueConstraint("organisation_id", *columns)


class OrganisationRow(Row):
    """A tenant; the default one has the empty name. `revision` counts its changes: one a writing transaction."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    revision: Mapped[int] = mapped_column(default=0)


class Organised(Row):
    """What all other rows have in common."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), sort_order=-1)


class PlanRow(Organised):
    """`last_number` is that of the newest key; it never goes back, so that no key is used twice."""

    __tablename__ = "plan"
    __table_args__ = (_unique("id"), _unique("short"))

    short: Mapped[str]
    last_number: Mapped[int] = mapped_column(default=0)
    title: Mapped[str]
    names_itself: Mapped[str | None]
    period_start: Mapped[date | None]
    period_end: Mapped[date | None]
    language: Mapped[Language]
    reservation: Mapped[str | None]
    file: Mapped[str | None]


class ItemRow(Organised):
    """`position` is the order of the document. A removed item stays, because the history speaks of it."""

    __tablename__ = "item"
    __table_args__ = (_unique("id"), _unique("key"), _within("plan_id", "plan"))

    plan_id: Mapped[int]
    key: Mapped[str]
    position: Mapped[int]
    status: Mapped[Status] = mapped_column(default=Status.OPEN)
    cancelled: Mapped[bool] = mapped_column(default=False)
    removed_at: Mapped[datetime | None]

    kind: Mapped[Kind]
    title: Mapped[str]
    start: Mapped[date | None]
    end: Mapped[date | None]
    precision: Mapped[Precision]
    date_text: Mapped[str | None]
    uncertain: Mapped[bool]
    other: Mapped[date | None]
    time_start: Mapped[time | None]
    time_end: Mapped[time | None]
    responsible: Mapped[tuple[str, ...]]
    audience: Mapped[tuple[str, ...]]
    location: Mapped[str | None]
    resources: Mapped[str | None]
    goal: Mapped[str | None]
    area: Mapped[str | None]
    milestones: Mapped[Milestones] = mapped_column(MilestoneList)
    region: Mapped[str | None]
    comment: Mapped[str | None]
    doubts: Mapped[tuple[Doubt, ...]]
    source: Mapped[str | None]
    source_line: Mapped[int | None]


class CorrectionRow(Organised):
    """A field of an item that a person has corrected: what the next document says of it is left out."""

    __tablename__ = "item_correction"
    __table_args__ = (_unique("item_id", "field"), _within("item_id", "item"))

    item_id: Mapped[int]
    field: Mapped[str]


class PersonRow(Organised):
    """`folded` is the name as it is looked up. The history speaks of persons by their id alone."""

    __tablename__ = "person"
    __table_args__ = (_unique("id"), Index(None, "organisation_id", "folded"))

    name: Mapped[str]
    folded: Mapped[str]
    is_administrator: Mapped[bool] = mapped_column(default=False)


class AccountRow(Organised):
    """Who a person is on a platform."""

    __tablename__ = "account"
    __table_args__ = (
        _unique("platform", "account"),
        _within("person_id", "person"),
        Index(None, "organisation_id", "person_id"),
    )

    person_id: Mapped[int]
    platform: Mapped[Platform]
    account: Mapped[str]


class RoleRow(Organised):
    """A role of all plans, or of one."""

    __tablename__ = "role"
    __table_args__ = (_unique("id"), _unique("folded", "plan_id"), _within("plan_id", "plan"))

    name: Mapped[str]
    folded: Mapped[str]
    plan_id: Mapped[int | None]


# A unique constraint takes two nulls for different plans.
Index(
    "uq_role_of_all_plans",
    RoleRow.organisation_id,
    RoleRow.folded,
    unique=True,
    sqlite_where=RoleRow.plan_id.is_(None),
    postgresql_where=RoleRow.plan_id.is_(None),
)


class HoldingRow(Organised):
    """A person holds a role now; who did before stands in the history."""

    __tablename__ = "role_holding"
    __table_args__ = (
        _unique("role_id", "person_id"),
        _within("role_id", "role"),
        _within("person_id", "person"),
    )

    role_id: Mapped[int]
    person_id: Mapped[int]


class HistoryRow(Organised):
    """One field that a person changed; only ever added, which triggers see to.

    `before` and `after` are the values as text; where a role's holder changed, they are ids of persons.
    """

    __tablename__ = "history"
    __table_args__ = (
        _unique("id"),
        _unique("undoes"),
        _within("person_id", "person"),
        _within("item_id", "item"),
        _within("undoes", "history"),
        Index(None, "organisation_id", "item_id"),
        Index(None, "organisation_id", "person_id"),
    )

    step: Mapped[int]
    at: Mapped[datetime]
    person_id: Mapped[int]
    platform: Mapped[Platform]
    item_id: Mapped[int | None]
    subject: Mapped[str]
    field: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    undoes: Mapped[int | None]


class ChannelRow(Organised):
    """A shared channel of a chat platform."""

    __tablename__ = "channel"
    __table_args__ = (_unique("id"), _unique("platform", "channel"))

    platform: Mapped[Platform]
    channel: Mapped[str]
    name: Mapped[str | None]


class SubscriptionRow(Organised):
    """When a channel gets its digest: wall time in `zone`, `weekday` 0 for Monday."""

    __tablename__ = "subscription"
    __table_args__ = (_unique("id"), _unique("channel_id"), _within("channel_id", "channel"))

    channel_id: Mapped[int]
    weekday: Mapped[int]
    at: Mapped[time]
    zone: Mapped[str]
    language: Mapped[Language]
    is_active: Mapped[bool]
    paused_until: Mapped[date | None]


class DeliveryRow(Organised):
    """One digest for one local day: of all who would post it, the one who wrote this row does."""

    __tablename__ = "delivery"
    __table_args__ = (
        _unique("subscription_id", "kind", "day"),
        _within("subscription_id", "subscription"),
    )

    subscription_id: Mapped[int]
    kind: Mapped[str]
    day: Mapped[date]
    state: Mapped[str]
    claimed_at: Mapped[datetime]
    message_id: Mapped[str | None]
    error: Mapped[str | None]


class ConversationRow(Organised):
    """What a conversation was about last."""

    __tablename__ = "conversation"
    __table_args__ = (_unique("conversation"), Index(None, "organisation_id", "at"))

    conversation: Mapped[str]
    about: Mapped[str]
    at: Mapped[datetime]
