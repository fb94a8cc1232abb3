"""The words that values are told in: units of time, seasons, parts, and how one time lies to another."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """What is counted in "neste uke", "om to måneder", "resten av året"."""

    DAY = "day"
    WEEK = "week"
    WEEKEND = "weekend"
    MONTH = "month"
    YEAR = "year"
    SCHOOL_YEAR = "school_year"
    HALF_YEAR = "half_year"
    TERM = "term"
    TERTIAL = "tertial"
    QUARTER = "quarter"


class Season(StrEnum):
    """Spring and autumn are those of a school: they meet at the summer holidays."""

    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"


class Which(StrEnum):
    """Which of the many that go by a name: the nearest in the tense, or one told from today.

    COMING is "til våren", which in January is the spring that the calendar has begun.
    """

    NEAREST = "nearest"
    COMING = "coming"
    THIS = "this"
    NEXT = "next"
    LAST = "last"


class Part(StrEnum):
    """A piece of a whole; LAST_DAY is its very end ("utgangen av")."""

    START = "start"
    MIDDLE = "middle"
    END = "end"
    FIRST_HALF = "first_half"
    SECOND_HALF = "second_half"
    LAST_DAY = "last_day"


class Relation(StrEnum):
    """How an open span lies to the time it is told by."""

    BEFORE = "before"
    BY = "by"
    UNTIL = "until"
    FROM = "from"
    SINCE = "since"
    AFTER = "after"
