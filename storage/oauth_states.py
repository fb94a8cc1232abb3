"""Installations that somebody has begun, and is to come back from at Slack; each is gone when that happens."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete

from storage.commons import Commons
from storage.installation_tables import OAuthStateRow


class OAuthStates:
    """The states of OAuth: in the database, as whoever comes back may come to another of our processes."""

    def __init__(self, commons: Commons) -> None:
        self._commons = commons

    def issue(self, *, now: datetime, until: datetime) -> str:
        """Return a new state that nobody can guess, and forget those that have ended."""
        state = secrets.token_urlsafe(32)
        with self._commons.writing() as session:
            session.execute(delete(OAuthStateRow).where(OAuthStateRow.until <= now))
            session.add(OAuthStateRow(digest=_digest(state), until=until))
        return state

    def consume(self, state: str, now: datetime) -> bool:
        """Whether it was issued, has not ended, and nobody has come back with it before."""
        is_it = (OAuthStateRow.digest == _digest(state)) & (OAuthStateRow.until > now)
        with self._commons.writing() as session:
            return session.scalar(delete(OAuthStateRow).where(is_it).returning(OAuthStateRow.id)) is not None


def _digest(state: str) -> str:
    return sha256(state.encode("utf-8", "replace")).hexdigest()
