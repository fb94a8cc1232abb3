"""What conversations were about last, so that follow-ups can be read."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.messages import Sender
from storage.channel_tables import ConversationRow
from storage.persons import speaker
from storage.sessions import Sessions
from storage.upsert import insert_into

_LONGEST_NAME = 500


class Conversations:
    """Satisfies bot.ports.Conversations."""

    def __init__(self, sessions: Sessions, kept: timedelta) -> None:
        self._sessions = sessions
        self._kept = kept

    def recall(self, conversation: str, now: datetime) -> str | None:
        """Return what was remembered, as long as it is kept: a day where nobody has chosen otherwise."""
        is_it = ConversationRow.conversation == conversation[:_LONGEST_NAME]
        is_fresh = ConversationRow.at > now - self._kept
        with self._sessions.reading() as session:
            return session.scalar(select(ConversationRow.about).where(is_it, is_fresh))

    def remember(self, conversation: str, what: str, now: datetime, sender: Sender | None = None) -> None:
        """Keep this in place of what was remembered before; what is older is forgotten."""
        name, who = conversation[:_LONGEST_NAME], sender and speaker(sender)
        with self._sessions.adding() as session:
            session.execute(delete(ConversationRow).where(ConversationRow.at <= now - self._kept))
            row = {"conversation": name, "about": what, "at": now, "speaker": who}
            said = insert_into(session, ConversationRow, row)
            session.execute(
                said.on_conflict_do_update(
                    index_elements=["organisation_id", "conversation"], set_={"about": what, "at": now, "speaker": who}
                )
            )
