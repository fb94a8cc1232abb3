"""The tables of one organisation's units, its chat's groups, and who holds which role where and when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.model import Platform
from bot.units import UnitKind
from storage.rows import Organised, unique, within


class UnitRow(Organised):
    """A school or a kindergarten; `place` is the municipality as it is looked up. One that is removed stays."""

    __tablename__ = "unit"
    __table_args__ = (unique("id"), unique("folded", "place"))

    name: Mapped[str]
    folded: Mapped[str]
    kind: Mapped[UnitKind]
    municipality: Mapped[str]
    place: Mapped[str]
    removed_at: Mapped[datetime | None]


class UserGroupRow(Organised):
    """A chat platform's group that holds a role, as the platform last told of it."""

    __tablename__ = "user_group"
    __table_args__ = (unique("id"), unique("platform", "account"))

    platform: Mapped[Platform]
    account: Mapped[str]
    name: Mapped[str]
    refreshed_at: Mapped[datetime | None]


class UserGroupMemberRow(Organised):
    """Who is in a group, by their account on its platform alone."""

    __tablename__ = "user_group_member"
    __table_args__ = (unique("group_id", "account"), within("group_id", "user_group"))

    group_id: Mapped[int]
    account: Mapped[str]


class HoldingRow(Organised):
    """A person or a group holds a role now; who did before stands in the history.

    A unit, a municipality and a school year narrow it. `plan_id` is set where it counts in that plan alone: what holds
    in several of them is a row for each. That none is there twice, writing sees to.
    """

    __tablename__ = "holding"
    __table_args__ = (
        within("role_id", "role"),
        within("person_id", "person"),
        within("group_id", "user_group"),
        within("unit_id", "unit"),
        within("plan_id", "plan"),
        Index(None, "organisation_id", "role_id"),
    )

    role_id: Mapped[int]
    person_id: Mapped[int | None]
    group_id: Mapped[int | None]
    unit_id: Mapped[int | None]
    municipality: Mapped[str] = mapped_column(default="")
    school_year: Mapped[int | None]
    plan_id: Mapped[int | None]


class UnitMarkRow(Organised):
    """A unit has done its own part of an item; who said so stands in the history."""

    __tablename__ = "unit_mark"
    __table_args__ = (unique("item_id", "unit_id"), within("item_id", "item"), within("unit_id", "unit"))

    item_id: Mapped[int]
    unit_id: Mapped[int]
