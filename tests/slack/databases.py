"""The database that each local Slack is served from, also when Planvakt is served anew."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from storage.database import Database
from tests.slack.local.server import LocalSlack

DATABASES: WeakKeyDictionary[LocalSlack, Database] = WeakKeyDictionary()
