"""Clock times: "kl. 14–16", "09.00-15.30", "2 pm". Beside a date they are its times; alone they are no date."""

from __future__ import annotations

from datetime import time

from bot.time.chart import Rules
from bot.time.values import Clock

rules = Rules()


@rules("sharp_hour", "t:clock_time", "t:dotted_time")
def sharp_hour(t: tuple[int, int]) -> time | None:
    return _time(*t)


@rules("hour", "n:int [oclock]")
@rules("hour_by_the_clock", "n:nth")
def whole_hour(n: int) -> time | None:
    return _time(n, 0)


@rules("hour", "n:four_figures")
def hour_in_four_figures(n: int) -> time | None:
    return _time(n // 100, n % 100)


@rules("english_hour", "n:int m:am", "n:int m:pm", "t:sharp_hour m:am", "t:sharp_hour m:pm")
def english_hour(m: str, n: int | None, t: time | None) -> time | None:
    hour, minute = (n, 0) if n is not None else (t.hour, t.minute) if t else (0, 0)
    if not 1 <= hour <= 12:
        return None
    return time(hour % 12 + (12 if m == "pm" else 0), minute)


rules.either("hour_by_the_clock", "it:hour")
rules.either("hour", "it:sharp_hour [oclock]")


@rules(
    "clocks",
    "[from|between] clock a:hour_by_the_clock [(dash|to|and|until) [clock] b:hour_by_the_clock]",
    "clock from a:hour_by_the_clock to b:hour_by_the_clock",
)
def by_the_clock(a: time, b: time | None) -> Clock | None:
    return _clock(a, b)


@rules(
    "clocks", "[from] a:sharp_hour (dash|to) b:sharp_hour", "[clock|in|from] a:english_hour [(dash|to) b:english_hour]"
)
def without_the_word(a: time, b: time | None) -> Clock | None:
    return _clock(a, b)


@rules("clocks", "t:clock_time")
def one_time(t: tuple[int, int]) -> Clock | None:
    start = _time(*t)
    return _clock(start, None) if start else None


# Only where a date stands before them.
rules.either("times_of_day", "it:clocks")


@rules("times_of_day", "[from] a:hour (dash|to) b:hour")
def two_hours(a: time, b: time) -> Clock | None:
    return _clock(a, b) if time(7) <= a < b <= time(22) else None


@rules("times_of_day", "t:dotted_time")
def dotted_time(t: tuple[int, int]) -> Clock | None:
    start = _time(*t)
    return _clock(start, None) if start else None


def _time(hour: int, minute: int) -> time | None:
    return time(hour % 24, minute) if 0 <= hour <= 24 and 0 <= minute < 60 and (hour, minute) <= (24, 0) else None


def _clock(start: time, end: time | None) -> Clock | None:
    return Clock(start=start, end=end) if end is None or start < end else None
