"""Settings to a running installation: the one place that builds storage and bot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core import Bot
from handlers.settings import Settings, settings_from_environment
from storage.database import Database
from storage.retention import Retention


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Everything that a command or a server works with."""

    settings: Settings
    database: Database
    bot: Bot

    def now(self) -> datetime:
        """Return the wall time in the installation's zone."""
        return datetime.now(self.settings.zone)


def _retention(chosen: Settings) -> Retention:
    return Retention(
        conversations=timedelta(hours=chosen.keep_conversations_hours),
        waiting=timedelta(days=chosen.keep_waiting_days),
        digests=timedelta(days=chosen.keep_digests_days),
    )


@contextmanager
def installation(settings: Settings | None = None) -> Iterator[Installation]:
    """Build from the settings, and close what was opened. Raises BadSetting and DatabaseTrouble."""
    chosen = settings or settings_from_environment()
    database = Database(chosen.database_url, administrators=chosen.admins, retention=_retention(chosen))
    try:
        yield Installation(settings=chosen, database=database, bot=Bot(database, chosen.public_url))
    finally:
        database.close()
