"""The tables of reminders: who is to be reminded of what."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from storage.rows import Organised, unique, within


class ReminderSettingRow(Organised):
    """How many days before a deadline the organisation reminds of it, as "14,3"; at most one row."""

    __tablename__ = "reminder_setting"
    __table_args__ = (unique(),)

    days: Mapped[str]


class ReminderOffRow(Organised):
    """A person who wants no reminders."""

    __tablename__ = "reminder_off"
    __table_args__ = (unique("person_id"), within("person_id", "person"))

    person_id: Mapped[int]


class ReminderQuietRow(Organised):
    """A person is not reminded of an item before a day; never again where it is null."""

    __tablename__ = "reminder_quiet"
    __table_args__ = (
        unique("person_id", "item_id"),
        within("person_id", "person"),
        within("item_id", "item"),
    )

    person_id: Mapped[int]
    item_id: Mapped[int]
    since: Mapped[date]
    until: Mapped[date | None]


class VacancyRow(Organised):
    """A plan's owner has been told that nobody holds a role in a school year; `role` is what its names share."""

    __tablename__ = "vacancy"
    __table_args__ = (
        unique("person_id", "plan_id", "role", "school_year"),
        within("person_id", "person"),
        within("plan_id", "plan"),
    )

    person_id: Mapped[int]
    plan_id: Mapped[int]
    role: Mapped[str]
    school_year: Mapped[int]
