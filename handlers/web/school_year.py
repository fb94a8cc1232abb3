"""A plan's text with placeholders to the text of one school year, so that its weekdays are right in any year."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

CALENDAR = Path(__file__).parent / "examples" / "calendar.toml"
AUGUST = 8

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_DAY = re.compile(r"(?:(dato|dag) )?uke (\d+) (\w+)(?:-(\w+)| som (\w+))?")
_ROW = re.compile(r"\t\{måned(?: (\w+))?\}\n\t(?:(\d+)|\{([^{}]+)\}|.*)")
_MONTH = re.compile(r"\{måned[^{}]*\}")


def school_year_of(day: date) -> int:
    """Return the year in which the day's school year begins, on 1 August."""
    return day.year if day.month >= AUGUST else day.year - 1


def filled_in(text: str, first_year: int) -> str:
    """Return a plan's text with the dates of the school year that begins in `first_year`.

    `{uke 36 man}` is that day as a calendar writes it ("Man. 31."), `{uke 41 man-fre}` several ("5.-9."), and
    `{uke 45 tor som fre}` a day under another's name; `{dato uke 36 man}` is "31.08.26", `{dag uke 36 man}`
    "31. august 2026". Rows with `{måned}` are put in order, the month's name in each month's first row.
    """
    return _PLACEHOLDER.sub(lambda found: _written(found[1], first_year), _in_order(text, first_year))


def _in_order(text: str, first_year: int) -> str:
    """Sort a calendar's rows: in which month a week's days lie differs from year to year."""
    blocks = text.rstrip("\n").split("\n\n")
    rows = [place for place, block in enumerate(blocks) if _ROW.match(block)]
    ordered = sorted((blocks[row] for row in rows), key=lambda block: _place(block, first_year))
    last = -1
    for row, block in zip(rows, ordered, strict=True):
        month, _ = _place(block, first_year)
        heading = "" if month == last else _months()[(month + AUGUST - 1) % 12].capitalize()
        blocks[row] = _MONTH.sub(heading, block)
        last = month
    return "\n\n".join(blocks) + "\n"


def _place(row: str, first_year: int) -> tuple[int, int]:
    """Return a row's month, 0 for August, and its day; 0 for what goes on all month."""
    found = _ROW.match(row)
    assert found, row
    month, day, words = found.groups()
    if month:
        return (_months().index(month) + 1 - AUGUST) % 12, int(day or 0)
    first = _days(words or "", first_year)[0]
    return (first.month - AUGUST) % 12, first.day


def _written(words: str, first_year: int) -> str:
    """Return what stands in a placeholder's stead."""
    years = {"skoleår": f"{first_year}/{first_year + 1}", "høst": str(first_year), "vår": str(first_year + 1)}
    if words in years:
        return years[words]
    first, last = _days(words, first_year)
    form, _, weekday, _, wrong = _parts(words)
    if form == "dato":
        return f"{first:%d.%m.%y}"
    if form == "dag":
        return f"{first.day}. {_months()[first.month - 1]} {first.year}"
    if last != first:
        return f"{first.day}.-{last.day}."
    return f"{_weekdays()[wrong or weekday]} {first.day}."


def _days(words: str, first_year: int) -> tuple[date, date]:
    """Return the first and the last day that a placeholder names."""
    _, week, first, last, _ = _parts(words)
    # Week 31 is the first that may begin in August; the school year's spring ends before it.
    year = first_year if int(week) > 30 else first_year + 1
    numbers = [list(_weekdays()).index(day) + 1 for day in (first, last or first)]
    begin, end = (date.fromisocalendar(year, int(week), number) for number in numbers)
    return begin, end


def _parts(words: str) -> tuple[str, ...]:
    """Return form, week, weekday, last weekday and the weekday that is written; "" for what is not there."""
    found = _DAY.fullmatch(words)
    if not found:
        raise ValueError(f"no such placeholder: {words}")
    return tuple(part or "" for part in found.groups())


@cache
def _calendar() -> dict[str, dict[str, str] | list[str]]:
    return tomllib.loads(CALENDAR.read_text("utf-8"))


def _weekdays() -> dict[str, str]:
    """How a calendar writes each weekday, Monday first."""
    days = _calendar()["days"]
    assert isinstance(days, dict)
    return days


def _months() -> list[str]:
    """The names of the months, January first."""
    months = _calendar()["months"]
    assert isinstance(months, list)
    return months
