"""What conversations were about last, so that follow-ups can be read."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.messages import Sender
from storage.channel_tables import ConversationRow
from storage.persons import speaker
from storage.sessions import Sessions
from storage.upsert import insert_into

REMEMBERED = timedelta(hours=24)
_LONGEST_NAME = 500


class Conversations:
    """Satisfies bot.ports.Conversations."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def recall(self, conversation: str, now: datetime) -> str | None:
        """Return what was remembered within the last 24 hours."""
        is_it = ConversationRow.conversation == conversation[:_LONGEST_NAME]
        is_fresh = ConversationRow.at > now - REMEMBERED
        with self._sessions.reading() as session:
            return session.scalar(select(ConversationRow.about).where(is_it, is_fresh))

    def remember(self, conversation: str, what: str, now: datetime, sender: Sender | None = None) -> None:
        """Keep this in place of what was remembered before; what is older than a day is forgotten."""
        name, who = conversation[:_LONGEST_NAME], sender and speaker(sender)
        with self._sessions.adding() as session:
            session.execute(delete(ConversationRow).where(ConversationRow.at <= now - REMEMBERED))
            said = insert_into(session, ConversationRow, conversation=name, about=what, at=now, speaker=who)
            session.execute(
                said.on_conflict_do_update(
                    index_elements=["organisation_id", "conversation"], set_={"about": what, "at": now, "speaker": who}
                )
            )
