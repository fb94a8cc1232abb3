"""How people are reminded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from sqlalchemy import func, select

from bot.history import Author, HistoryEntry
from bot.model import CHATS, Item, Person
from bot.reminding import DAYS_BEFORE, Account, Quiet, Reminding, Vacancy
from storage.acts import Act, act
from storage.delivery_tables import ReminderRow
from storage.items import Changed
from storage.person_settings import all_settings, days_as_text, days_from_text
from storage.persons import Administrators
from storage.reminder_tables import (
    ReminderOffRow,
    ReminderQuietRow,
    ReminderSettingRow,
    VacancyRow,
)
from storage.sessions import OrganisationSession, Sessions
from storage.tables import AccountRow
from storage.upsert import insert_into

DAYS, WANTED, OF_ITEM = "reminder_days", "reminders", "reminder"
ON, OFF, NEVER = "on", "off", "never"


class Reminders:
    """Satisfies bot.ports.Reminders."""

    def __init__(self, sessions: Sessions, administrators: Administrators) -> None:
        self._sessions = sessions
        self._administrators = administrators

    def known(self, before: date | None = None) -> Reminding:
        """Return all that is kept: settings, the newest day of each person, and where people can be written to.

        With `before`, what was sent from that day on is left out: so the day's own are found again.
        """
        with self._sessions.reading() as session:
            newest = select(ReminderRow.person_id, func.max(ReminderRow.day)).group_by(ReminderRow.person_id)
            newest = newest.where(ReminderRow.day < before) if before else newest
            return Reminding(
                days=_days(session),
                off=frozenset(row.person_id for row in session.scalars(select(ReminderOffRow))),
                quiet=tuple(map(_to_quiet, session.scalars(select(ReminderQuietRow).order_by(ReminderQuietRow.id)))),
                last=dict(session.execute(newest).all()),
                accounts=_accounts(session),
                told=frozenset(map(_to_vacancy, session.scalars(select(VacancyRow)))),
                own=all_settings(session),
            )

    def set_days(self, days: tuple[int, ...], author: Author) -> HistoryEntry | None:
        """Write how many days before a deadline it is reminded of; None where it was so already."""
        with act(self._sessions, author, self._administrators) as doing:
            before = _days(doing.session)
            if before == days:
                return None
            row = doing.session.scalar(select(ReminderSettingRow)) or ReminderSettingRow()
            row.days = days_as_text(days)
            doing.session.add(row)
            changed = Changed(field=DAYS, before=days_as_text(before), after=days_as_text(days))
            return doing.entry(doing.note(DAYS, changed))

    def turn(self, person: Person, author: Author, *, on: bool) -> HistoryEntry | None:
        """Write whether a person wants reminders; None where it was so already."""
        with act(self._sessions, author, self._administrators) as doing:
            number = doing.persons.id_of(person)
            row = doing.session.scalar(select(ReminderOffRow).where(ReminderOffRow.person_id == number))
            if (row is None) is on:
                return None
            if row is None:
                doing.session.add(ReminderOffRow(person_id=number))
            else:
                doing.session.delete(row)
            changed = Changed(field=WANTED, before=OFF if on else ON, after=ON if on else OFF)
            return doing.entry(doing.note(WANTED, changed))

    def quiet(self, person: Person, item: Item, until: date | None, author: Author) -> HistoryEntry | None:
        """Write until when a person is not reminded of an item, None for never; None where it was so already.

        The item itself is not changed, and nothing of this stands in its own history.
        """
        with act(self._sessions, author, self._administrators) as doing:
            number = doing.persons.id_of(person)
            row = _quiet_row(doing, number, item.id)
            if row is not None and row.until == until:
                return None
            before = _until(row.until) if row is not None else None
            row = row or ReminderQuietRow(person_id=number, item_id=item.id)
            row.since, row.until = author.at.date(), until
            doing.session.add(row)
            return doing.entry(doing.note(item.key, Changed(field=OF_ITEM, before=before, after=_until(until))))

    def tell(self, told: Iterable[Vacancy]) -> None:
        """Write what a reminder has told of vacant roles; harmless where it was so already."""
        rows = [asdict(vacancy) for vacancy in told]
        if rows:
            with self._sessions.adding() as session:
                session.execute(insert_into(session, VacancyRow, *rows).on_conflict_do_nothing())


def _days(session: OrganisationSession) -> tuple[int, ...]:
    said = session.scalar(select(ReminderSettingRow.days))
    return DAYS_BEFORE if said is None else days_from_text(said)


def _until(day: date | None) -> str:
    return NEVER if day is None else day.isoformat()


def _accounts(session: OrganisationSession) -> tuple[Account, ...]:
    rows = select(AccountRow).where(AccountRow.platform.in_(CHATS)).order_by(AccountRow.id)
    return tuple(
        Account(person_id=row.person_id, platform=row.platform, account=row.account) for row in session.scalars(rows)
    )


def _to_vacancy(row: VacancyRow) -> Vacancy:
    return Vacancy(person_id=row.person_id, plan_id=row.plan_id, role=row.role, school_year=row.school_year)


def _quiet_row(doing: Act, person: int, item: int) -> ReminderQuietRow | None:
    is_theirs = (ReminderQuietRow.person_id == person) & (ReminderQuietRow.item_id == item)
    return doing.session.scalar(select(ReminderQuietRow).where(is_theirs))


def _to_quiet(row: ReminderQuietRow) -> Quiet:
    return Quiet(person_id=row.person_id, item_id=row.item_id, since=row.since, until=row.until)
