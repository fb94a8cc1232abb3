"""How often a method may be called: Slack's tiers a minute, and about one message a second and channel.

https://docs.slack.dev/apis/web-api/rate-limits; the tier of a method stands on its own reference page.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from tests.slack.local.clock import Clock

TIER_1, TIER_2, TIER_3, TIER_4 = 1, 20, 50, 100
# Methods that are not of tier 4.
A_MINUTE = {
    "users.list": TIER_2,
    "conversations.list": TIER_2,
    "usergroups.list": TIER_2,
    "usergroups.users.list": TIER_2,
    "chat.startStream": TIER_2,
    "chat.stopStream": TIER_2,
    "apps.connections.open": 10 * TIER_1,  # so many connections an app may have, and open at once
    **dict.fromkeys(
        (
            "conversations.info",
            "conversations.history",
            "conversations.replies",
            "conversations.join",
            "conversations.leave",
            "conversations.open",
            "chat.update",
            "chat.delete",
            "chat.scheduleMessage",
            "chat.scheduledMessages.list",
            "chat.deleteScheduledMessage",
            "chat.unfurl",
            "reactions.add",
            "reactions.remove",
            "agents.sessions.setStatus",
            "agents.sessions.rename",
            "entity.presentDetails",
        ),
        TIER_3,
    ),
}
# About one message a second and channel, with short bursts; and several hundred a minute in all.
BURST_A_CHANNEL, BURST_SECONDS = 5, 5.0
POSTS_A_MINUTE = 300


class Limited(Exception):
    """Too often: to be made again after so many seconds."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(seconds)


@dataclass
class Limits:
    """Counts the calls in one workspace, by its own clock."""

    clock: Clock
    used: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))

    def call(self, method: str) -> None:
        """Count a call of a method. Raises Limited."""
        if method != "chat.postMessage":
            self._count([((method, ""), A_MINUTE.get(method, TIER_4), 60.0)])

    def post(self, channel: str) -> None:
        """Count a message that is to be posted. Raises Limited."""
        in_channel = (("chat.postMessage", channel), BURST_A_CHANNEL, BURST_SECONDS)
        self._count([in_channel, (("chat.postMessage", ""), POSTS_A_MINUTE, 60.0)])

    def rest(self, seconds: float) -> None:
        """As if so much time had passed since the calls that are counted, and the clock had stood still."""
        for used in self.used.values():
            used[:] = [at - seconds for at in used]

    def _count(self, rules: list[tuple[tuple[str, str], int, float]]) -> None:
        now = self.clock.seconds()
        for key, most, window in rules:
            used = self.used[key]
            used[:] = [at for at in used if at > now - window]
            if len(used) >= most:
                raise Limited(max(1, round(used[0] + window - now)))
        for key, _, _ in rules:
            self.used[key].append(now)
