"""The tables of the workspaces that have installed us, and of what they have come back with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import Row


class InstallationRow(Row):
    """One workspace; its tokens are encrypted, and gone once it has uninstalled us."""

    __tablename__ = "installation"
    __table_args__ = (UniqueConstraint("team"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team: Mapped[str]
    team_name: Mapped[str]
    enterprise: Mapped[str | None]
    bot_id: Mapped[str]
    bot_user: Mapped[str]
    scopes: Mapped[tuple[str, ...]]
    token: Mapped[str | None]
    refresh_token: Mapped[str | None]
    expires_at: Mapped[datetime | None]
    refreshing_until: Mapped[datetime | None]
    uninstalled_at: Mapped[datetime | None]
    installed_at: Mapped[datetime | None]
    trouble: Mapped[str | None]


class OAuthStateRow(Row):
    """An installation that somebody has come back with from Slack, until its state has ended: only a digest of that."""

    __tablename__ = "oauth_state"
    __table_args__ = (UniqueConstraint("digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str]
    until: Mapped[datetime]
