"""The frozen values that everything else speaks of: plans, their items, roles and persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from functools import cached_property
from typing import Literal

from bot.breaks import SchoolBreak
from bot.excerpts import Excerpt
from bot.holders import Holding as Holding
from bot.holders import Person as Person
from bot.holders import Role as Role
from bot.terms import Term
from bot.units import Unit


class Kind(StrEnum):
    """What an item of a plan is; the values are those of the import format."""

    EVENT = "event"
    MEASURE = "measure"
    MILESTONE = "milestone"
    GOAL = "goal"
    MODULE = "module"
    RESPONSIBILITY = "responsibility"
    FOCUS_AREA = "focus_area"

    @property
    def is_markable(self) -> bool:
        """Goals, focus areas and duties are never marked as done, nor offered for it."""
        return self in (Kind.EVENT, Kind.MEASURE, Kind.MILESTONE, Kind.MODULE)


class Precision(StrEnum):
    """How exactly a plan says when."""

    DAY = "day"
    RANGE = "range"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    ONGOING = "ongoing"
    NONE = "none"

    @property
    def is_vague(self) -> bool:
        """Vague dates are shown as they were written, in a part of their own."""
        return self in _VAGUE


# Asked of every item by every question.
_VAGUE = (Precision.MONTH, Precision.SEASON, Precision.YEAR, Precision.ONGOING, Precision.NONE)


class Repeats(StrEnum):
    """How often what comes back does, as the plan says; OTHERWISE where only its own words tell."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    OTHERWISE = "otherwise"


class Doubt(StrEnum):
    """What does not add up in an item: the values of the key `issues` of the import format."""

    WEEKDAY_MISMATCH = "weekday_mismatch"
    PLACEHOLDER_DATE = "placeholder_date"
    POSTPONED = "postponed"
    OUT_OF_ORDER = "out_of_order"
    OUTSIDE_PERIOD = "outside_period"
    AMBIGUOUS_PAIRING = "ambiguous_pairing"
    AMBIGUOUS_DATE = "ambiguous_date"
    TENTATIVE = "tentative"
    RECURRING = "recurring"
    ALTERNATIVE_DATES = "alternative_dates"
    EMPTY_SLOT = "empty_slot"
    WEEKEND_DATE = "weekend_date"
    OCR_NOISE = "ocr_noise"
    IMPOSSIBLE_DATE = "impossible_date"
    DUPLICATE = "duplicate"


class Status(StrEnum):
    """How far an item has come; what is dropped, or left for next year, is set aside."""

    OPEN = "open"
    STARTED = "started"
    DONE = "done"
    DROPPED = "dropped"
    NEXT_YEAR = "next_year"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self in (Status.OPEN, Status.STARTED)

    @property
    def is_set_aside(self) -> bool:
        """Whether it is not to be done in this plan."""
        return self in (Status.DROPPED, Status.NEXT_YEAR)


class Language(StrEnum):
    """The written standards that Planvakt answers in."""

    NB = "nb"
    NN = "nn"
    EN = "en"


class Platform(StrEnum):
    """Where a message comes from, and an account belongs."""

    COMMAND_LINE = "command_line"
    WEB = "web"
    SLACK = "slack"
    TEAMS = "teams"


CHATS = (Platform.SLACK, Platform.TEAMS)
"""Where each person has an account of their own, and can be written to alone."""

Milestones = tuple[int, ...] | Literal["all"]

PLAN_OWNER = "planeier"
"""The name of the role that every plan has for itself: who may change the plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """When something is, as exactly as the plan says and no more.

    `start` and `end` are inclusive days; None is an open side, and both None is no date at all.
    `text` is what the plan says, as it was written. `other` is the day that the written weekday points to, where
    it is not the written day. `repeats` tells how often it comes back: `start` and `end` are then in the plan's year.
    """

    start: date | None = None
    end: date | None = None
    precision: Precision = Precision.NONE
    text: str | None = None
    uncertain: bool = False
    other: date | None = None
    repeats: Repeats | None = None

    @property
    def is_dated(self) -> bool:
        return self.start is not None or self.end is not None

    def overlaps(self, first: date, last: date) -> bool:
        """Whether any day of the span lies in [first, last]; an undated span overlaps nothing."""
        if not self.is_dated:
            return False
        return (self.start or date.min) <= last and (self.end or date.max) >= first

    def lies_in(self, first: date, last: date) -> bool:
        """Whether the whole span lies in [first, last]; a span with an open side never does."""
        return self.start is not None and self.end is not None and first <= self.start and self.end <= last


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a plan says in one place; the words are the plan's own, with plain spaces, in NFC.

    `responsible` and `audience` hold one role or group each; `source` says where it stands, in words
    ("tabell 2, rad 7", "linje 346"), `source_line` the same as a number, 1-based, where lines exist.
    """

    kind: Kind
    title: str
    span: Span = field(default_factory=Span)
    time_start: time | None = None
    time_end: time | None = None
    responsible: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    location: str | None = None
    resources: str | None = None
    goal: str | None = None
    area: str | None = None
    milestones: Milestones = ()
    region: str | None = None
    comment: str | None = None
    doubts: tuple[Doubt, ...] = ()
    source: str | None = None
    source_line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Entry):
    """An entry that has its place in the plan database.

    `id` and `key` stay over a re-import; `key` is short and unique in the organisation ("KIBS-23").
    """

    id: int
    key: str
    plan_id: int
    status: Status = Status.OPEN
    cancelled: bool = False

    @property
    def is_off(self) -> bool:
        """Whether it is not to be: cancelled, dropped or left for next year."""
        return self.cancelled or self.status.is_set_aside


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedPlan:
    """What a document says: a plan that nobody has taken in yet.

    `organisation` is only what the document says of itself. `reservation` is the plan's own ("Datoene er fastsatt,
    men innholdet kan endre seg"), quoted. `unread` are places in the file that hold only a picture ("side 3").
    """

    title: str
    organisation: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    language: Language = Language.NB
    reservation: str | None = None
    file: str | None = None
    entries: tuple[Entry, ...] = ()
    unread: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan in the database; `short` is what its items' keys begin with ("KIBS")."""

    id: int
    short: str
    title: str
    organisation: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    language: Language = Language.NB
    reservation: str | None = None
    file: str | None = None
    terms: tuple[Term, ...] = ()


# The name of everybody who is erased, which no one can have; an answer says "a former user" instead.
FORMER = "\ue002"


@dataclass(frozen=True, kw_only=True)
class Book:
    """All plans, items and roles of one organisation at one moment, and the breaks that its administrators have told.

    `revision` grows with every change, so what is worked out from a book can be kept until then. `whole` is the book
    that this one is a part of, where it has only some of the plans. `school_year` is the one that it is seen in: what
    is held in another does not count; None where all does. `units_done` has the units that have done their part of an
    item, by its id.
    """

    revision: int = 0
    plans: tuple[Plan, ...] = ()
    items: tuple[Item, ...] = ()
    roles: tuple[Role, ...] = ()
    breaks: tuple[SchoolBreak, ...] = ()
    units: tuple[Unit, ...] = ()
    units_done: Mapping[int, frozenset[int]] = field(default_factory=dict)
    school_year: int | None = None
    whole: Book | None = None

    @cached_property
    def by_id(self) -> dict[int, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def by_key(self) -> dict[str, Item]:
        """Items by their key in lower case."""
        return {item.key.casefold(): item for item in self.items}

    @cached_property
    def plan_by_id(self) -> dict[int, Plan]:
        return {plan.id: plan for plan in self.plans}

    def plan_of(self, item: Item) -> Plan:
        return self.plan_by_id[item.plan_id]

    @cached_property
    def items_by_plan(self) -> dict[int, tuple[Item, ...]]:
        found: dict[int, list[Item]] = {plan.id: [] for plan in self.plans}
        for item in self.items:
            found[item.plan_id].append(item)
        return {number: tuple(items) for number, items in found.items()}
