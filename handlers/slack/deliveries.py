"""What Slack has delivered to us already: it sends again what it thinks we missed, and Bolt runs it again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

KEPT = timedelta(hours=24)
AT_MOST = 20_000


class Inbox(Protocol):
    """Remembers deliveries by Slack's own id of them."""

    def is_new(self, delivery: str) -> bool:
        """Whether this is the first time; from now on it is not."""


class Remembered:
    """An inbox in memory, for one process: what came before a restart is new again."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._seen: OrderedDict[str, datetime] = OrderedDict()

    def is_new(self, delivery: str) -> bool:
        """Whether it has not been seen for 24 hours; the oldest of over 20,000 are forgotten before that."""
        now = self._now()
        self._forget(now)
        if delivery in self._seen:
            return False
        self._seen[delivery] = now
        return True

    def _forget(self, now: datetime) -> None:
        while self._seen and (len(self._seen) >= AT_MOST or next(iter(self._seen.values())) + KEPT < now):
            self._seen.popitem(last=False)


def delivery_id(body: Mapping[str, Any]) -> str | None:
    """Return what a delivery and its repetition have in common; None where nothing comes twice.

    An event has an id; a command, a press or a shortcut has a trigger, which is of that one act.
    """
    found = body.get("event_id") or body.get("trigger_id")
    return str(found) if found else None
