"""A school calendar as lines of text: "Vinterferie;26.02.2024;01.03.2024", "Høstferie;uke 41"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.breaks import SchoolBreak
from bot.errors import BadDate, BadFile
from bot.time.reading import Context
from bot.understanding.breaks import bare_days, breaks_said, checked_break, read_named

_COMMENT = "#"
_BETWEEN = (";", "\t", ",")


def breaks_in_lines(text: str, name: str, context: Context) -> tuple[SchoolBreak, ...]:
    """Return the breaks of a file: a name, then the first and the last day, or one time; of planning days any number.

    A first line without a day is a heading, and what begins with # tells nothing. Raises BadFile, with the number of
    the first line that is none.
    """
    found: list[SchoolBreak] = []
    has_begun = False
    for number, line in enumerate(text.splitlines(), 1):
        cells = _cells(line)
        if not cells:
            continue
        try:
            found.extend(_breaks(cells, context))
        except BadDate:
            if has_begun or any(letter.isdigit() for letter in line):
                raise BadFile("bad_calendar_line", name=name, number=number, line=line.strip()) from None
        has_begun = True
    if not found:
        raise BadFile("bad_calendar_empty", name=name)
    return tuple(dict.fromkeys(found))


def _cells(line: str) -> list[str]:
    if line.lstrip().startswith(_COMMENT):
        return []
    between = next((mark for mark in _BETWEEN if mark in line), _BETWEEN[0])
    return [cell.strip(' "') for cell in line.split(between) if cell.strip(' "')]


def _breaks(cells: list[str], context: Context) -> Iterator[SchoolBreak]:
    named = read_named(cells[0])
    days = ([named.behind] if named and named.behind else []) + cells[1:]
    if named is None or not days:
        raise BadDate("no_such_break", words=cells[0])
    if named.name.has_many or len(days) == 1:
        for cell in days:
            yield from breaks_said(named.name, cell, context)
        return
    if len(days) > 2:
        raise BadDate("break_without_days", name=named.name, words=" ".join(days))
    yield checked_break(named.name, _between(days, context), "–".join(days))


def _between(days: list[str], context: Context) -> tuple[date, date]:
    """The days from the one to the other: "22. juni" and "16. august" are one summer's. Raises BadDate."""
    whole = bare_days("–".join(days), context)
    if whole is not None:
        return whole
    first, last = (bare_days(day, context) for day in days)
    if first is None or last is None:
        raise BadDate("not_a_date", words="–".join(days))
    return first[0], last[1]
