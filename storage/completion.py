"""Whether two short questions are asked when something is done."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from bot.history import Author, HistoryEntry
from storage.acts import act
from storage.items import Changed
from storage.persons import Administrators
from storage.rows import Organised, unique
from storage.sessions import Sessions

ASKS = "completion_questions"
_ON, _OFF = "on", "off"


class CompletionSettingRow(Organised):
    """What the organisation has chosen; at most one row."""

    __tablename__ = "completion_setting"
    __table_args__ = (unique(),)

    asks: Mapped[bool]


class Completion:
    """Satisfies bot.ports.Completion."""

    def __init__(self, sessions: Sessions, administrators: Administrators) -> None:
        self._sessions = sessions
        self._administrators = administrators

    def asks(self) -> bool:
        """Return whether the organisation asks; not before somebody has said so."""
        with self._sessions.reading() as session:
            return bool(session.scalar(select(CompletionSettingRow.asks)))

    def turn(self, author: Author, *, on: bool) -> HistoryEntry | None:
        """Write whether it asks; None where it was so already."""
        with act(self._sessions, author, self._administrators) as doing:
            row = doing.session.scalar(select(CompletionSettingRow))
            if (row is not None and row.asks) is on:
                return None
            row = row or CompletionSettingRow()
            row.asks = on
            doing.session.add(row)
            changed = Changed(field=ASKS, before=_OFF if on else _ON, after=_ON if on else _OFF)
            return doing.entry(doing.note(ASKS, changed))
