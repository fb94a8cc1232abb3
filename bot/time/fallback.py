"""Complete dates in forms that the grammar leaves, such as other languages: the only user of dateparser."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

_LONGEST = 40
# The languages of Norway's neighbours and minorities, and of many families in its schools.
_LANGUAGES = ["se", "sv", "da", "fi", "is", "en", "de", "fr", "es", "pl", "lt", "uk", "ru", "nl", "it"]
_MONTH = r"[^\W\d_]{3,14}\.?"
_DAY = r"(?P<day>\d\d?)(?:\.|st|nd|rd|th|er|:e)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
# Day, month and year in whatever order, all said in full and nothing else but small words: a guess has no place here.
_COMPLETE = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"\s*(?:[^\W\d_]{{2,12}}[.,]?\s+)?{_DAY}[\s/-]*(?:(?:de|of|d')\s*)?{_MONTH},?[\s/-]*(?:(?:de|del)\s+)?{_YEAR}[\s.]*",
        rf"\s*{_MONTH}\s+(?:[^\W\d_]{{2,3}}\s+)?{_DAY},?\s+{_YEAR}[\s.]*",
        rf"\s*{_YEAR}[\s.,]+{_MONTH}\s+{_DAY}[\s.]*",
        rf"\s*{_YEAR}(?P<mark>[./])\s?\d\d?(?P=mark)\s?{_DAY}[\s.]*",
    )
)


def read_date(text: str) -> date | None:
    """Return the date that the whole text is, or None. Only what names day, month and year is tried."""
    if len(text) > _LONGEST:
        return None
    shape = next((match for pattern in _COMPLETE if (match := pattern.fullmatch(text))), None)
    if shape is None:
        return None
    moment = _parser().get_date_data(text)["date_obj"]
    if moment is None:
        return None
    found: date = moment.date()
    is_as_written = (found.day, found.year) == (int(shape["day"]), int(shape["year"]))
    return found if is_as_written else None


@lru_cache(maxsize=1)
def _parser() -> Any:
    # Here, and not above, since it takes longer to load than all else, and few texts need it.
    from dateparser.date import DateDataParser

    settings = {
        "DATE_ORDER": "DMY",
        "PREFER_LOCALE_DATE_ORDER": False,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "STRICT_PARSING": True,
    }
    return DateDataParser(languages=_LANGUAGES, settings=settings)
