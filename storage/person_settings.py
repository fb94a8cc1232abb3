"""What persons have chosen for themselves."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from bot.history import Author, HistoryEntry
from bot.model import Language, Person
from bot.person_settings import PersonSetting
from storage.acts import Act, act
from storage.items import Changed
from storage.persons import Administrators
from storage.rows import Organised, unique, within
from storage.sessions import OrganisationSession, Sessions

LANGUAGE, DAYS = "own_language", "own_reminder_days"


class PersonSettingRow(Organised):
    """What one person has chosen; null is no choice. `days` are those before a deadline, as "7,1"."""

    __tablename__ = "person_setting"
    __table_args__ = (unique("person_id"), within("person_id", "person"))

    person_id: Mapped[int]
    language: Mapped[Language | None]
    days: Mapped[str | None]


class PersonSettings:
    """Satisfies bot.ports.PersonSettings."""

    def __init__(self, sessions: Sessions, administrators: Administrators) -> None:
        self._sessions = sessions
        self._administrators = administrators

    def of(self, person: Person) -> PersonSetting:
        """Return a person's choices; who is in no table has none."""
        if person.id is None:
            return PersonSetting()
        with self._sessions.reading() as session:
            return _to_setting(_row_of(session, person.id))

    def choose_language(self, person: Person, language: Language | None, author: Author) -> HistoryEntry | None:
        """Write the language that a person is answered in, None for that of their words; None where it was so."""
        with act(self._sessions, author, self._administrators) as doing:
            row = _row_to_write(doing, person)
            changed = Changed(field=LANGUAGE, before=row.language, after=language)
            row.language = language
            return _noted(doing, row, changed)

    def choose_days(self, person: Person, days: tuple[int, ...] | None, author: Author) -> HistoryEntry | None:
        """Write how many days before a deadline a person is reminded, None for as all are; None where it was so."""
        with act(self._sessions, author, self._administrators) as doing:
            row = _row_to_write(doing, person)
            changed = Changed(field=DAYS, before=row.days, after=days_as_text(days) if days else None)
            row.days = changed.after
            return _noted(doing, row, changed)


def all_settings(session: OrganisationSession) -> dict[int, PersonSetting]:
    """Return everyone's choices, by the person's id."""
    return {row.person_id: _to_setting(row) for row in session.scalars(select(PersonSettingRow))}


def days_as_text(days: tuple[int, ...]) -> str:
    return ",".join(map(str, days))


def days_from_text(said: str) -> tuple[int, ...]:
    return tuple(int(one) for one in said.split(","))


def _row_of(session: OrganisationSession, number: int) -> PersonSettingRow | None:
    return session.scalar(select(PersonSettingRow).where(PersonSettingRow.person_id == number))


def _row_to_write(doing: Act, person: Person) -> PersonSettingRow:
    number = doing.persons.id_of(person)
    return _row_of(doing.session, number) or PersonSettingRow(person_id=number, language=None, days=None)


def _noted(doing: Act, row: PersonSettingRow, changed: Changed) -> HistoryEntry | None:
    """Keep the row while it holds a choice, and note what was changed, if anything was."""
    if changed.before == changed.after:
        return None
    if row.language is not None or row.days is not None:
        doing.session.add(row)
    else:
        doing.session.delete(row)
    return doing.entry(doing.note(changed.field, changed))


def _to_setting(row: PersonSettingRow | None) -> PersonSetting:
    if row is None:
        return PersonSetting()
    return PersonSetting(language=row.language, days=days_from_text(row.days) if row.days else None)
