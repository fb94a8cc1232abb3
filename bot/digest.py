"""A channel's digest: its settings, and the messages that stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.model import Item, Kind, Language, Platform

ZONE = "Europe/Oslo"
# What somebody can set of a subscription, and of its target; the history has each by its name.
SETTINGS = ("weekday", "at", "zone", "language", "is_active", "paused_until", "days_off", "is_quiet", "shows_waiting")
TARGET = ("plans", "groups", "regions", "meetings")


class DaysOff(StrEnum):
    """What becomes of a digest on a holiday or in a break: it comes, is left out, or comes the next working day."""

    POST = "post"
    SKIP = "skip"
    MOVE = "move"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a digest is about, in the words that it was said with: of a part that is empty everything.

    What is for one of the groups, or is one of the meetings by its title; in one of the regions, where it has one; and
    in one of the plans.
    """

    plans: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Return all that was said."""
        return (*self.plans, *self.groups, *self.meetings, *self.regions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One channel's digest, or a person's own: wall time in its zone, Monday 08:00 unless somebody chose otherwise.

    `weekday` is 0 for Monday. `channel` is the platform's own id, with the workspace where ids are not
    unique without it; of a person's own (`is_own`) it is their account. `paused_until` is the first day that a
    digest comes again. `is_quiet`: where nothing is new in a week, none comes. `shows_waiting`: what has no date yet
    is told of.
    """

    id: int | None
    platform: Platform
    channel: str
    channel_name: str | None = None
    weekday: int = 0
    at: time = time(8, 0)
    zone: str = ZONE
    language: Language = Language.NB
    is_active: bool = True
    paused_until: date | None = None
    days_off: DaysOff = DaysOff.POST
    target: Target = Target()
    is_quiet: bool = False
    shows_waiting: bool = False
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedDigest:
    """A digest that stands in a channel as the message `message_id`; it is of the week that `at` lies in.

    `shown` is the mark of what it was last edited to, None where it stands as it was posted.
    """

    delivery: int
    subscription: Subscription
    at: datetime
    message_id: str
    shown: str | None = None


def monday_of(day: date) -> date:
    """Return the first day of the ISO week."""
    return day - timedelta(days=day.weekday())


def is_unfinished_work(item: Item) -> bool:
    """Whether it is work that is still to be and nobody has marked as done; a meeting is none, and is never late."""
    is_work = item.kind in (Kind.MEASURE, Kind.MILESTONE) and not item.cancelled
    return is_work and item.status.is_open
