"""Clock times that stand among other words."""

from __future__ import annotations

import re
from datetime import time

from bot.proposals.lexicon import fold, word_set
from bot.time import reading
from bot.time.when import Times

_MOST_WORDS = 6
_FIRST, _LAST = time(6), time(23)
_MONTHS = 12
# Two hours with no word for the clock, apart from what stands before and behind: ", 0830–0915", "(12–13.30)".
_BARE = re.compile(
    r"(?:^|(?<=[,;(|])|(?<=\s))\s*(?:ca\.?\s)?(\d{1,2}|\d{1,2}[.:]\d\d|\d{4})\s?[–-]\s?(\d{1,2}[.:]\d\d|\d{4})(?=\s*(?:[,;)|]|$|:\s))"
)


def clock_times(text: str) -> tuple[Times | None, str]:
    """Return the first clock times in a text, and the text without them; None and the text where there are none."""
    times = reading.clock_times(text)
    if times is None:
        return _bare_times(text)
    said = text.split()
    start, end = _where(said, times)
    while start and fold(said[start - 1].strip("(")) in word_set("columns", "clock", "before"):
        start -= 1
    sign = said[end - 1][-1] if start and end < len(said) and said[end - 1][-1] in ",;" else ""
    return times, f"{' '.join(said[:start])}{sign} {' '.join(said[end:])}".strip()


def _where(said: list[str], times: Times) -> tuple[int, int]:
    """Return the fewest words that say the times."""
    for count in range(1, min(len(said), _MOST_WORDS) + 1):
        for start in range(len(said) - count + 1):
            if reading.clock_times(" ".join(said[start : start + count])) == times:
                return start, start + count
    return 0, len(said)


def _bare_times(text: str) -> tuple[Times | None, str]:
    """Return two hours that only their figures tell; what may be two years, or days of a month, is none."""
    found = _BARE.search(text)
    start, end = (_hour(found[1]), _hour(found[2])) if found else (None, None)
    if not found or not start or not end or not _FIRST <= start < end <= _LAST or _may_be_days(found[2]):
        return None, text
    left = text[: found.start()].rstrip(" ,;(|") + text[found.end() :].lstrip(")")
    return (start, end), left.strip(" ,;:|")


def _hour(figures: str) -> time | None:
    """Return the time that figures are: of four the minutes are whole fives, as no year of a plan is."""
    hour, minute = (
        (figures[:-2], figures[-2:])
        if figures.isdecimal() and len(figures) == len("0830")
        else (figures.replace(".", ":") + ":0").split(":")[:2]
    )
    if int(hour) > _LAST.hour or int(minute) > 59 or int(minute) % 5:
        return None
    return time(int(hour), int(minute))


def _may_be_days(figures: str) -> bool:
    """Whether figures may be a day and a month: "10-11.10" is two days of October."""
    _, sign, month = figures.partition(".")
    return bool(sign) and 0 < int(month) <= _MONTHS
