"""School breaks as a calendar of the municipality tells them; no other source knows their days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from bot.time.calendar import Days
from bot.time.lexicon import lexicon


def break_days(calendar: Mapping[str, tuple[date, date]], name: str) -> Days | None:
    """Return the days of a break, by any of its names in the calendar."""
    for key, days in calendar.items():
        if _break_named(key) == name:
            return days
    return None


@lru_cache(maxsize=256)
def _break_named(key: str) -> str | None:
    words = key.replace("_", " ")
    said = lexicon().said_by(words)
    return next((str(value) for category, value in said if category in ("break", "school_event")), None)
