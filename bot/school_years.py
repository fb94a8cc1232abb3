"""A book as it is seen on a day: what is held in another school year does not count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.kept import Kept
from bot.model import Book
from bot.units import school_year_of

_kept: Kept[Book] = Kept(most=32)


def on_day(book: Book, day: date) -> Book:
    """Return the book in the day's school year; the book itself where nothing is held in a school year.

    The same object for the same book and school year, as long as it is among the last ones used, so that what is
    worked out from it can be kept.
    """
    if not any(holding.scope.school_year for role in book.roles for holding in role.holdings):
        return book
    year = school_year_of(day)
    return _kept.of(book, year, lambda: replace(book, school_year=year))
