"""The workspaces that have installed us: one row each, with the tokens encrypted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from storage.commons import Commons
from storage.installation_tables import InstallationRow

if TYPE_CHECKING:
    from storage.secrets import Secrets


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """Planvakt in one workspace; without `expires_at` the token is good until it is revoked.

    `trouble` is Slack's code where it would not renew the token.
    """

    team: str
    team_name: str
    bot_id: str
    bot_user: str
    token: str = field(repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None
    enterprise: str | None = None
    scopes: tuple[str, ...] = ()
    installed_at: datetime | None = None
    trouble: str | None = None


_TOLD = ("team_name", "bot_id", "bot_user", "enterprise", "scopes", "expires_at", "installed_at")


class Installations:
    """All workspaces that have installed us."""

    def __init__(self, commons: Commons, secrets: Secrets) -> None:
        self._commons = commons
        self._secrets = secrets

    def save(self, installed: Installed) -> bool:
        """Keep it as newly installed, in place of what was kept of that workspace; return whether anything was."""
        with self._commons.writing() as session:
            known = _row(session, installed.team)
            row = known or InstallationRow(team=installed.team)
            for name in _TOLD:
                setattr(row, name, getattr(installed, name))
            row.token = self._secrets.hidden(installed.token)
            row.refresh_token = installed.refresh_token and self._secrets.hidden(installed.refresh_token)
            row.refreshing_until = row.uninstalled_at = row.trouble = None
            session.add(row)
            return known is not None

    def of(self, team: str) -> Installed | None:
        """Return what is kept of a workspace; None where we are not installed (any more). Raises BadSetting."""
        with self._commons.reading() as session:
            row = _row(session, team)
            return self._to_installed(row, row.token) if row and row.token else None

    def is_known(self, team: str) -> bool:
        """Whether a workspace has installed us at any time, also where it has put us out since."""
        with self._commons.reading() as session:
            return _row(session, team) is not None

    def teams(self) -> tuple[str, ...]:
        """Return the workspaces that we are installed in."""
        is_installed = InstallationRow.token.is_not(None)
        with self._commons.reading() as session:
            return tuple(session.scalars(select(InstallationRow.team).where(is_installed).order_by(InstallationRow.id)))

    def claim_refresh(self, team: str, *, now: datetime, until: datetime) -> bool:
        """Whether we are to refresh the token: of all who ask one is, since a refresh token is good once."""
        is_free = or_(InstallationRow.refreshing_until.is_(None), InstallationRow.refreshing_until <= now)
        claiming = update(InstallationRow).where(InstallationRow.team == team, is_free).values(refreshing_until=until)
        with self._commons.writing() as session:
            return session.scalar(claiming.returning(InstallationRow.id)) is not None

    def refreshed(self, old: Installed, token: str, refresh_token: str | None, expires_at: datetime | None) -> None:
        """Keep what the old token was renewed to; where we were uninstalled or installed anew meanwhile, nothing."""
        values = {
            "token": self._secrets.hidden(token),
            "refresh_token": refresh_token and self._secrets.hidden(refresh_token),
            "expires_at": expires_at,
            "refreshing_until": None,
            "trouble": None,
        }
        self._change(old, **values)

    def not_refreshed(self, old: Installed, trouble: str | None) -> None:
        """Let go of what claim_refresh claimed; `trouble` is Slack's code where trying again is of no use."""
        self._change(old, refreshing_until=None, trouble=trouble)

    def uninstall(self, team: str, at: datetime) -> bool:
        """Erase the tokens; harmless where that was done before. False where the workspace was installed after `at`.

        Slack tells of it in any order, also after a new installation; it tells whole seconds.
        """
        with self._commons.writing() as session:
            row = _row(session, team)
            if row is None or (row.installed_at is not None and at < row.installed_at.replace(microsecond=0)):
                return False
            if row.token is not None:
                row.token = row.refresh_token = row.expires_at = row.refreshing_until = row.trouble = None
                row.uninstalled_at = at
            return True

    def _change(self, old: Installed, **values: object) -> None:
        is_same = InstallationRow.installed_at.is_not_distinct_from(old.installed_at)
        is_installed = (InstallationRow.team == old.team) & InstallationRow.token.is_not(None) & is_same
        with self._commons.writing() as session:
            session.execute(update(InstallationRow).where(is_installed).values(values))

    def renew_keys(self) -> int:
        """Encrypt everything with the newest key, and return of how many. Raises BadSetting where no key fits."""
        renewed = 0
        with self._commons.writing() as session:
            for row in session.scalars(select(InstallationRow).with_for_update()):
                renewed += row.token is not None
                row.token = row.token and self._secrets.renewed(row.token)
                row.refresh_token = row.refresh_token and self._secrets.renewed(row.refresh_token)
        return renewed

    def _to_installed(self, row: InstallationRow, token: str) -> Installed:
        return Installed(
            team=row.team,
            team_name=row.team_name,
            bot_id=row.bot_id,
            bot_user=row.bot_user,
            token=self._secrets.shown(token),
            refresh_token=row.refresh_token and self._secrets.shown(row.refresh_token),
            expires_at=row.expires_at,
            enterprise=row.enterprise,
            scopes=row.scopes,
            installed_at=row.installed_at,
            trouble=row.trouble,
        )


def _row(session: Session, team: str) -> InstallationRow | None:
    return session.scalar(select(InstallationRow).where(InstallationRow.team == team))
