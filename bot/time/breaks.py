"""School breaks as a calendar of the municipality tells them; no other source knows their days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from bot.time.calendar import Days
from bot.time.lexicon import lexicon

ANY_BREAK = "any_break"


def next_break(calendar: Mapping[str, tuple[date, date]], today: date) -> Days | None:
    """Return the days of the break that is on, else of the next: "ferien" is that one."""
    ahead = [days for key, days in calendar.items() if _is_break(key) and days[1] >= today]
    return min(ahead, default=None)


def break_days(calendar: Mapping[str, tuple[date, date]], name: str) -> Days | None:
    """Return the days of a break, by any of its names in the calendar."""
    for key, days in calendar.items():
        if _break_named(key) == name:
            return days
    return None


@lru_cache(maxsize=256)
def _is_break(key: str) -> bool:
    return any(category == "break" for category, _ in lexicon().said_by(key.replace("_", " ")))


@lru_cache(maxsize=256)
def _break_named(key: str) -> str | None:
    words = key.replace("_", " ")
    said = lexicon().said_by(words)
    return next((str(value) for category, value in said if category in ("break", "school_event")), None)
