"""A book as it is seen on a day: what is held in another school year does not count."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import replace
from datetime import date

from bot.model import Book
from bot.units import school_year_of

_MOST = 16

_kept: OrderedDict[tuple[int, int], tuple[Book, Book]] = OrderedDict()
_lock = threading.Lock()


def on_day(book: Book, day: date) -> Book:
    """Return the book in the day's school year; the book itself where nothing is held in a school year.

    The same object for the same book and school year, as long as it is among the last ones used, so that what is
    worked out from it can be kept.
    """
    if not any(holding.scope.school_year for role in book.roles for holding in role.holdings):
        return book
    year = school_year_of(day)
    with _lock:
        known = _kept.get((id(book), year))
        if known is None or known[0] is not book:
            known = _kept[id(book), year] = (book, replace(book, school_year=year))
        _kept.move_to_end((id(book), year))
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
        return known[1]
