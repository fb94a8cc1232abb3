"""A clock that runs, and that a test can move."""

from __future__ import annotations

import time
from datetime import datetime, timedelta


class Clock:
    """Starts at a moment of one's choice and runs from there; `move` makes it jump."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._began = time.monotonic()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=time.monotonic() - self._began)

    def seconds(self) -> float:
        """Seconds since 1970, as Slack's timestamps count them."""
        return self.now().timestamp()

    def move(self, seconds: float) -> None:
        self._start += timedelta(seconds=seconds)


class Stopped(Clock):
    """Stands still until it is moved: what is counted within some seconds is the same on a slow machine."""

    def now(self) -> datetime:
        return self._start
