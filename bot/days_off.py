"""Which days people are off: public holidays, and what is told of breaks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.model import Book
from bot.school_calendar import school_calendar
from bot.time.calendar import is_public_holiday


def days_off(book: Book) -> Callable[[date], bool]:
    """Return whether a day is a public holiday or lies in a break; of weekends it says nothing.

    What anybody says is a break is one: to wait a day is better than to disturb.
    """
    told = (one.days for one in school_calendar(book).told)
    breaks = tuple(one.days for one in told if one.name.is_long or one.name.has_many)

    def is_off(day: date) -> bool:
        is_holiday = is_public_holiday(day) or (day.month, day.day) == (5, 17)
        return is_holiday or any(first <= day <= last for first, last in breaks)

    return is_off
