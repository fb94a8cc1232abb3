"""Words of the command line to moments in the organisation's time zone."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.errors import BadDate

# Plans are of these years; nearer to the ends of the calendar there is no week before or after.
FIRST_YEAR, LAST_YEAR = 1900, 2999


def moment(words: str | None, zone: ZoneInfo) -> datetime:
    """Return the moment that "2023-08-30T09:05" or "2023-08-30" names; now where nothing is said. Raises BadDate."""
    if words is None:
        return datetime.now(zone)
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        raise BadDate("bad_moment", words=words) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadDate("bad_moment", words=words)
    return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)


def day(words: str | None, zone: ZoneInfo) -> date:
    """Return the day of a moment. Raises BadDate."""
    return moment(words, zone).date()


def years(words: str) -> tuple[date, date]:
    """Return the first and last day of "2023/2024" (August to July) or "2022". Raises BadDate."""
    found = re.fullmatch(r"(\d{4})(?:/(\d{4}|\d{2}))?", words.strip())
    if not found:
        raise BadDate("bad_period", words=words)
    first, second = int(found[1]), found[2]
    if not FIRST_YEAR <= first <= LAST_YEAR:
        raise BadDate("bad_period", words=words)
    if second is None:
        return date(first, 1, 1), date(first, 12, 31)
    if int(second[-2:]) != (first + 1) % 100:
        raise BadDate("bad_period", words=words)
    return date(first, 8, 1), date(first + 1, 7, 31)
