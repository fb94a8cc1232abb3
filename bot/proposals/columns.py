"""Which column of a table is what: from its heading in either standard, else from what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from bot.proposals.grid import GridRow
from bot.proposals.lexicon import fold, phrase, word_set, words
from bot.proposals.slots import slot_of
from bot.proposals.surroundings import Surroundings


class Column(StrEnum):
    """What stands in a column, or after a label; the values are the tables of columns.toml."""

    MONTH = "month"
    WEEK = "week"
    WEEKDAY = "weekday"
    CLOCK = "clock"
    WHEN = "when"
    FROM = "from"
    UNTIL = "until"
    WHAT = "what"
    MEASURE = "measure"
    GOAL = "goal"
    AREA = "area"
    TOPIC = "topic"
    RESPONSIBLE = "responsible"
    WHO = "who"
    AUDIENCE = "audience"
    RESOURCES = "resources"
    COMMENT = "comment"
    MILESTONE = "milestone"
    STATUS = "status"
    PLACE = "place"
    ACTOR = "actor"
    ROLE = "role"
    DUTY = "duty"
    MODULE = "module"
    REGION = "region"
    REGION_TIME = "region_time"
    NUMBER = "number"


CONTENT = (Column.MODULE, Column.MEASURE, Column.WHAT)
TIMES = (Column.WHEN, Column.FROM, Column.MONTH, Column.WEEK)
_BY_STEM = (
    Column.GOAL,
    Column.RESPONSIBLE,
    Column.AUDIENCE,
    Column.WHEN,
    Column.COMMENT,
    Column.RESOURCES,
    Column.STATUS,
    Column.MEASURE,
    Column.WHAT,
)
# Such words begin many a heading that means something else: only the whole heading counts.
_WHOLE_ONLY = (Column.REGION, Column.FROM, Column.UNTIL)
_LONGEST_HEADING = 90
_LONGEST_TIME = 60
_FEW_WORDS = 4
_MOST = 0.6
_FEW = 0.3
_SIGNS = re.compile(r"\s*[/,(:;]\s*")


@cache
def _headings() -> dict[str, Column]:
    return {heading: column for column in Column for heading in words("columns", column, "headings")}


def exactly(label: str) -> Column | None:
    """Return what a label says stands behind it, where all of the label is known."""
    return _headings().get(fold(label))


@cache
def meaning(heading: str) -> Column | None:
    """Return what a heading says stands below it, or None."""
    known = _headings()
    whole = fold(heading)
    if not whole or len(heading) > _LONGEST_HEADING:
        return None
    first = _SIGNS.split(heading.strip())[0]
    for part in (whole, fold(first), fold(phrase("plans", "listed", "words").split(first)[0])):
        if part in known:
            return known[part]
    parts = whole.split()
    if parts[0] in words("columns", "stems", "questions") and (what := _by_stem(parts[1:])):
        return what
    for count in range(min(len(parts) - 1, _FEW_WORDS), 0, -1):
        what = known.get(" ".join(parts[:count]))
        if what and what not in _WHOLE_ONLY and not parts[count].isdecimal():
            return what
    if len(parts) > _FEW_WORDS:
        return None
    is_last = parts[-1] in words("columns", "last", "words")
    return known.get(parts[-1]) if is_last else _by_stem(parts)


def _by_stem(parts: Sequence[str]) -> Column | None:
    """Return what the first word says that begins with a stem; a number behind it makes it the name of something."""
    if any(part.isdecimal() for part in parts):
        return None
    stems = {stem: kind for kind in _BY_STEM for stem in words("columns", "stems", kind)}
    found = (kind for part in parts for stem, kind in stems.items() if part.startswith(stem))
    return next(found, None)


def heading_row(row: GridRow, around: Surroundings) -> dict[int, str] | None:
    """Return the headings of a row of them by column; None where the row is none: it names a time, or too little."""
    filled = {column: cell.text for column, cell in row.filled()}
    if any(line.bullet for _, cell in row.filled() for line in cell.paragraphs):
        return None
    found = [what for text in filled.values() if (what := meaning(text))]
    if len(set(found)) < 2 or len(found) * 2 < len(filled):
        return None
    return None if any(slot_of(text, around) for text in filled.values()) else filled


def is_elsewhere(row: GridRow) -> bool:
    """Whether a row of headings stands over a list of people or of money, which is no plan."""
    said = [fold(cell.text) for _, cell in row.filled()]
    known = word_set("columns", "elsewhere", "headings")
    return sum(text in known for text in said) > 1 and not any(exactly(text) in TIMES for text in said)
