"""The tables of one organisation's plans, people and history.

What a row points at is named by (organisation_id, x_id) together, which the database itself checks. A change
here needs a step in migrations/versions, and that step a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.breaks import BreakName
from bot.excerpts import Excerpt
from bot.model import Doubt, Kind, Language, Milestones, Platform, Precision, Repeats, Status
from bot.terms import Term
from storage.column_types import ExcerptList, MilestoneList, TermList
from storage.rows import Organised, Row, unique, within


class OrganisationRow(Row):
    """A tenant; the default one has the empty name. `revision` counts its changes: one a writing transaction."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    revision: Mapped[int] = mapped_column(default=0)


class PlanRow(Organised):
    """`last_number` is that of the newest key; it never goes back, so that no key is used twice.

    A plan whose taking in was undone is removed, with all its items; the same plan taken in anew is that row again.
    """

    __tablename__ = "plan"
    __table_args__ = (unique("id"), unique("short"))

    short: Mapped[str]
    last_number: Mapped[int] = mapped_column(default=0)
    title: Mapped[str]
    names_itself: Mapped[str | None]
    period_start: Mapped[date | None]
    period_end: Mapped[date | None]
    language: Mapped[Language]
    reservation: Mapped[str | None]
    file: Mapped[str | None]
    removed_at: Mapped[datetime | None]
    terms: Mapped[tuple[Term, ...]] = mapped_column(TermList, default=(), server_default="[]")
    excerpts: Mapped[tuple[Excerpt, ...]] = mapped_column(ExcerptList, default=(), server_default="[]", deferred=True)


class ItemRow(Organised):
    """`position` is the order of the document. A removed item stays, because the history speaks of it.

    `said` is what the document last said, column by column as the history writes it; null where only people have
    made the item. Where a column holds something else, people have corrected it.
    """

    __tablename__ = "item"
    __table_args__ = (unique("id"), unique("key"), within("plan_id", "plan"))

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
    repeats: Mapped[Repeats | None]
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
    said: Mapped[Mapping[str, str | None] | None] = mapped_column(JSON(none_as_null=True), deferred=True)


class IntakeRow(Organised):
    """What a plan's new version changed that no history tells of: what undoing it sets back.

    `before` has by item id the columns position, source, source_line and said, where they became different; `terms`
    and `excerpts` are the plan's, null where they stayed the same.
    """

    __tablename__ = "intake"
    __table_args__ = (unique("step"), within("plan_id", "plan"))

    step: Mapped[int]
    plan_id: Mapped[int]
    before: Mapped[Mapping[str, Mapping[str, Any]]] = mapped_column(JSON)
    terms: Mapped[tuple[Term, ...] | None] = mapped_column(TermList(none_as_null=True))
    excerpts: Mapped[tuple[Excerpt, ...] | None] = mapped_column(ExcerptList(none_as_null=True), deferred=True)


class PersonRow(Organised):
    """`folded` is the name as it is looked up. The history speaks of persons by their id alone.

    Somebody who is erased keeps nothing but the id: both names are empty, and nobody is found by them.
    """

    __tablename__ = "person"
    __table_args__ = (unique("id"), Index(None, "organisation_id", "folded"))

    name: Mapped[str]
    folded: Mapped[str]
    is_administrator: Mapped[bool] = mapped_column(default=False)
    erased_at: Mapped[datetime | None]


class AccountRow(Organised):
    """Who a person is on a platform."""

    __tablename__ = "account"
    __table_args__ = (
        unique("platform", "account"),
        within("person_id", "person"),
        Index(None, "organisation_id", "person_id"),
    )

    person_id: Mapped[int]
    platform: Mapped[Platform]
    account: Mapped[str]


class RoleRow(Organised):
    """A role of all plans, or of one."""

    __tablename__ = "role"
    __table_args__ = (unique("id"), unique("folded", "plan_id"), within("plan_id", "plan"))

    name: Mapped[str]
    folded: Mapped[str]
    plan_id: Mapped[int | None]


# A unique constraint takes two nulls for different plans. On PostgreSQL the condition stands in its migration alone:
# named here, it would load that dialect wherever Planvakt starts.
Index(
    "uq_role_of_all_plans",
    RoleRow.organisation_id,
    RoleRow.folded,
    unique=True,
    sqlite_where=RoleRow.plan_id.is_(None),
)


class HistoryRow(Organised):
    """One field that a person changed; only ever added, which triggers see to.

    `before` and `after` are the values as text; where a role's holder changed, they are ids of persons.
    """

    __tablename__ = "history"
    __table_args__ = (
        unique("id"),
        unique("undoes"),
        within("person_id", "person"),
        within("item_id", "item"),
        within("undoes", "history"),
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


class SchoolBreakRow(Organised):
    """A break of one school year as an administrator has told it; who did stands in the history.

    `school_year` is the year that it begins in. Of most breaks there is one in a school year, which writing sees to.
    """

    __tablename__ = "school_break"
    __table_args__ = (unique("name", "school_year", "first"),)

    name: Mapped[BreakName]
    school_year: Mapped[int]
    first: Mapped[date]
    last: Mapped[date]


class WaitingDocumentRow(Organised):
    """A proposed plan that somebody has handed in, and nobody has taken in or discarded yet; erased then.

    Its number is never used again, not on SQLite either: an old button must not take in another plan.
    """

    __tablename__ = "waiting_document"
    __table_args__ = (
        within("person_id", "person"),
        Index(None, "organisation_id", "at"),
        {"sqlite_autoincrement": True},
    )

    at: Mapped[datetime]
    person_id: Mapped[int]
    file: Mapped[str | None]
    proposed: Mapped[str]
