"""What is to be sent without anybody asking, and how each ended: values that storage and the edges share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.digest import Subscription
from bot.due import Due
from bot.model import Platform


class Sending(StrEnum):
    """What is sent: a channel's digest, or a person's reminder."""

    DIGEST = "digest"
    REMINDER = "reminder"


class State(StrEnum):
    """Where a delivery has come. One that is `posting` and claimed by nobody may stand there: it is looked up first."""

    DUE = "due"
    QUEUED = "queued"
    POSTING = "posting"
    POSTED = "posted"
    FAILED = "failed"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"


OPEN = (State.DUE, State.QUEUED, State.POSTING)
# Why a delivery never came; words of its own for each where an administrator sees it.
TOO_LATE, OVERTAKEN, NOT_INSTALLED = "too_late", "overtaken", "not_installed"
# An empty week where the channel wants silence; nothing is missing.
NOTHING_NEW = "nothing_new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A channel whose digest may be due: looked at for the last time at `since`; `last_day` has had one."""

    subscription: Subscription
    since: datetime
    last_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a look at a channel led to: the digests that came due, and when to look again."""

    looked: Looked
    dues: tuple[tuple[Due, State, str | None], ...]
    next_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One that is open: `place` is the platform's own id of a channel, or of a person's account.

    `was_closed` is that nothing could be posted there the last time.
    """

    number: int
    sending: Sending
    platform: Platform
    place: str
    day: date
    until: datetime
    subscription: Subscription | None = None
    person: int | None = None
    was_closed: bool = False

    @property
    def team(self) -> str:
        """The workspace that it goes to."""
        return self.place.rpartition(":")[0]

    @property
    def mark(self) -> str:
        """What goes with the message, unseen, so that it is found again."""
        return str(self.number) if self.sending is Sending.DIGEST else f"{self.sending}-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What was there before a claim: whoever tried first and last, if anybody may have posted, and how many times."""

    attempts: int = 0
    began_at: datetime | None = None
    claimed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a claim gave: those that are ours by number, and those that somebody else is at."""

    ours: Mapping[int, Before] = field(default_factory=dict)
    held: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How one attempt ended. With `again_at` it is not over: somebody tries again then.

    `tried_at` is when it was last tried, where this attempt did not come so far; `is_closed` that nothing can be
    posted there before people do something; `is_new` that this attempt has posted it, and not found it. `shown` is the
    mark of what stands there, where that is known.
    """

    state: State
    message_id: str | None = None
    reason: str | None = None
    again_at: datetime | None = None
    tried_at: datetime | None = None
    is_closed: bool = False
    is_new: bool = False
    shown: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A digest that never came, or nobody can tell: its day and why."""

    day: date
    state: State
    reason: str
