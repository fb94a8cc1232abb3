"""Installations that somebody has begun, and is to come back from at Slack; with each one person comes back once."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from storage.commons import Commons
from storage.installation_tables import OAuthStateRow
from storage.upsert import insert_or_leave

if TYPE_CHECKING:
    from storage.secrets import Secrets

LASTS = timedelta(minutes=10)
MOST_KEPT = 10_000
_PURPOSE = "oauth-state:"


class OAuthStates:
    """The states of OAuth: what is begun is kept by the browser alone, so anybody may begin without our keeping a row.

    What was come back with is kept until it has ended, or `most` others were: then Slack's own code, which is good
    once too, is what stands against a replay.
    """

    def __init__(self, commons: Commons, sealing: Secrets, most: int = MOST_KEPT) -> None:
        self._commons = commons
        self._sealing = sealing
        self._most = most

    def issue(self, now: datetime) -> str:
        """Return a new state that nobody can guess or make; it is good for ten minutes, and in all our processes."""
        return self._sealing.sealed(_PURPOSE + secrets.token_urlsafe(16), now)

    def consume(self, state: str, now: datetime) -> bool:
        """Whether it was issued, has not ended, and nobody has come back with it before."""
        said = self._sealing.unsealed(state, now, LASTS)
        if said is None or not said.startswith(_PURPOSE):
            return False
        kept = {"digest": sha256(said.encode()).hexdigest(), "until": now + LASTS}
        with self._commons.writing() as session:
            session.execute(delete(OAuthStateRow).where(OAuthStateRow.until <= now))
            written = insert_or_leave(session, OAuthStateRow, [kept]).returning(OAuthStateRow.id)
            is_first = session.scalar(written) is not None
            newest = select(OAuthStateRow.id).order_by(OAuthStateRow.id.desc()).limit(1).offset(self._most)
            session.execute(delete(OAuthStateRow).where(OAuthStateRow.id <= newest.scalar_subquery()))
            return is_first
