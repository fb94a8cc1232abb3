"""What is kept of what each local Slack delivers, also when Planvakt is served anew."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from storage.inbox import Inbox
from tests.slack.local.server import LocalSlack

INBOXES: WeakKeyDictionary[LocalSlack, Inbox] = WeakKeyDictionary()
