"""When Slack stops bringing events to an app: too few were taken, or too many came.

https://docs.slack.dev/apis/events-api: subscriptions are turned off where more than 95 % of the deliveries of an hour
fail, and a thousand or more were tried; past 30,000 an hour a workspace the app hears of `app_rate_limited` instead.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from tests.slack.local.clock import Clock

AN_HOUR = 3600.0
LEAST_SHARE = 0.05


@dataclass
class Health:
    """Counts deliveries of events in the last hour, by Slack's clock."""

    clock: Clock
    least: int = 1000
    most: int = 30_000
    is_disabled: bool = False
    _tried: deque[tuple[float, bool]] = field(default_factory=deque)

    def count(self, is_taken: bool) -> None:
        self._forget()
        self._tried.append((self.clock.seconds(), is_taken))
        if len(self._tried) < self.least:
            return
        taken = sum(was_taken for _, was_taken in self._tried)
        self.is_disabled = self.is_disabled or taken < LEAST_SHARE * len(self._tried)

    @property
    def is_full(self) -> bool:
        """Whether the hour has had all the events that a workspace may send."""
        self._forget()
        return len(self._tried) >= self.most

    def _forget(self) -> None:
        now = self.clock.seconds()
        while self._tried and self._tried[0][0] <= now - AN_HOUR:
            self._tried.popleft()

    def turn_on(self) -> None:
        """Somebody turns the subscriptions on again, in the app's settings."""
        self.is_disabled = False
        self._tried.clear()
