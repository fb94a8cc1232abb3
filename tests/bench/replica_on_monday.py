"""`planvakt serve` as a process of its own, by a clock that stands at a moment until somebody says that it may go.

python -m tests.bench.replica_on_monday MOMENT; the settings come from the environment, as those of `planvakt serve`,
and the clock goes from the first line of its input on.
"""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from handlers.bootstrap import Installation, installation
from handlers.server import run


class HeldClock:
    """Shows one moment until it is let go."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment
        self._went: float | None = None

    def go(self) -> None:
        self._went = time.monotonic()

    def now(self) -> datetime:
        gone = 0.0 if self._went is None else time.monotonic() - self._went
        return self._moment.astimezone(UTC) + timedelta(seconds=gone)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnMonday(Installation):
    """An installation with another clock."""

    clock: HeldClock

    def now(self) -> datetime:
        """Return the moment that it is there."""
        return self.clock.now().astimezone(self.settings.zone)


def main(moment: datetime) -> None:
    clock = HeldClock(moment)
    threading.Thread(target=lambda: (sys.stdin.readline(), clock.go()), daemon=True).start()
    with installation() as made:
        run(OnMonday(settings=made.settings, database=made.database, bot=made.bot, clock=clock))


if __name__ == "__main__":
    main(datetime.fromisoformat(sys.argv[1]))
