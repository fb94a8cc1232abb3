"""How long each thing takes and is waited for when something is sent, in seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """`dead` is longer than two times `call`: who has not been seen for so long has none under way any more.

    `call` is how long Slack is waited for, `settled` how old a call must be before it is looked up what became of it.
    """

    call: float = 20.0
    look: float = 20.0
    beat: float = 5.0
    dead: float = 45.0
    settled: float = 45.0
    again: float = 30.0
    sweep: float = 60.0
    channel: float = 1.1
    workspace: float = 0.25
    short_pause: float = 10.0
    finish: float = 25.0
    queue: float = 1.0

    @property
    def until_dead(self) -> timedelta:
        return timedelta(seconds=self.dead)

    @property
    def until_settled(self) -> timedelta:
        return timedelta(seconds=self.settled)
