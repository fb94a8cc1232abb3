"""Which column of a table is what: from its heading in either standard, else from what stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from bot.model import Precision
from bot.proposals.grid import GridRow
from bot.proposals.lexicon import fold, phrase, word_set, words
from bot.proposals.people import is_groups
from bot.proposals.slots import slot_of, slots_in
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
    for count in range(min(len(parts) - 1, _FEW_WORDS), 0, -1):
        what = known.get(" ".join(parts[:count]))
        if what and what not in _WHOLE_ONLY and not parts[count].isdecimal():
            return what
    is_short = len(parts) <= _FEW_WORDS and parts[-1] in words("columns", "last", "words")
    return known.get(parts[-1]) if is_short else None


def heading_row(row: GridRow, around: Surroundings) -> dict[int, str] | None:
    """Return the headings of a row of them by column; None where the row is none: it names a time, or too little."""
    filled = {column: cell.text for column, cell in row.filled()}
    found = [what for text in filled.values() if (what := meaning(text))]
    if len(set(found)) < 2 or len(found) * 2 < len(filled):
        return None
    return None if any(slot_of(text, around) for text in filled.values()) else filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What each column of a table is, and its heading where it has one."""

    kinds: Mapping[int, Column]
    headings: Mapping[int, str] = field(default_factory=dict)

    def has(self, *kinds: Column) -> bool:
        return any(kind in kinds for kind in self.kinds.values())

    @property
    def content(self) -> tuple[Column, ...]:
        """The kinds of column that rows are about; where no other is, milestones are."""
        return CONTENT if self.has(*CONTENT) else (Column.MILESTONE,)

    def where(self, *kinds: Column) -> tuple[int, ...]:
        return tuple(column for column, kind in sorted(self.kinds.items()) if kind in kinds)

    @property
    def is_chronological(self) -> bool:
        """Whether the time leads: then the rows stand in order of it."""
        return bool(self.kinds) and self.kinds[min(self.kinds)] in TIMES


def columns_under(headings: Mapping[int, str], rows: Sequence[GridRow], around: Surroundings) -> Columns:
    """Return what the columns below a row of headings are, each seen beside the others."""
    found = {column: what for column, text in headings.items() if (what := meaning(text))}
    found |= dict.fromkeys(_clocks(found, rows, around), Column.CLOCK)
    kinds = set(found.values())
    is_work = _is_work(found, headings, rows)
    settled = {column: _settled(what, kinds, is_work=is_work) for column, what in found.items()}
    unnamed = [column for column in _all_columns(rows) if column not in settled]
    regions = _regions(unnamed, settled, headings, rows, around)
    for column in unnamed:
        settled[column] = Column.REGION_TIME if column in regions else _beside(column, settled, rows, around)
    if not set(settled.values()) & {*CONTENT, Column.DUTY, Column.MILESTONE, Column.GOAL}:
        _choose_content(settled, rows)
    return Columns(kinds=settled, headings=headings)


def _clocks(found: Mapping[int, Column], rows: Sequence[GridRow], around: Surroundings) -> list[int]:
    """Return the columns for time that hold clock times, where another one holds the days ("Dato", "Tid")."""
    whens = [column for column, what in found.items() if what is Column.WHEN]
    clocks = [column for column in whens if _share_of_times(column, rows, around) < _FEW]
    return clocks if len(clocks) < len(whens) or Column.WEEK in found.values() else []


def _is_work(found: Mapping[int, Column], headings: Mapping[int, str], rows: Sequence[GridRow]) -> bool:
    """Whether the rows are of what is to be done: a heading says so, or half of their titles begin with a verb."""
    stems = words("columns", "to_do", "stems")
    if any(stem in fold(heading) for heading in headings.values() for stem in stems):
        return True
    what = next((column for column, kind in found.items() if kind is Column.WHAT), None)
    titles = [row.text(what) for row in rows if row.text(what)] if what is not None else []
    work = [title for title in titles if fold(title).partition(" ")[0] in word_set("kinds", "work")]
    return bool(titles) and len(work) * 2 >= len(titles)


def _settled(what: Column, kinds: set[Column], *, is_work: bool) -> Column:
    """Tell apart what one heading can mean: who is responsible or who comes, a topic or all there is, a duty."""
    if what is Column.WHO:
        return _who(kinds, is_work=is_work)
    if what in (Column.FROM, Column.UNTIL) and not {Column.FROM, Column.UNTIL} <= kinds:
        return Column.WHEN
    if what in (Column.FROM, Column.UNTIL) and Column.WHEN in kinds:
        return Column.CLOCK
    if what is Column.TOPIC and not kinds & {*CONTENT, Column.DUTY}:
        return Column.WHAT
    if what is Column.ROLE and Column.DUTY not in kinds and Column.RESPONSIBLE not in kinds:
        return Column.RESPONSIBLE
    if what is Column.RESPONSIBLE and not kinds & {*CONTENT, *TIMES, Column.TOPIC, Column.GOAL}:
        return Column.DUTY
    return what


def _who(kinds: set[Column], *, is_work: bool) -> Column:
    """Who stands beside what is held comes to it; beside what is to be done, does it."""
    if Column.DUTY in kinds or not kinds & {*CONTENT, *TIMES, Column.TOPIC}:
        return Column.ACTOR
    if Column.RESPONSIBLE in kinds:
        return Column.AUDIENCE
    return Column.RESPONSIBLE if is_work or kinds & {Column.MEASURE, Column.AUDIENCE} else Column.AUDIENCE


def _beside(column: int, settled: Mapping[int, Column], rows: Sequence[GridRow], around: Surroundings) -> Column:
    """Return what a column without heading is: more duties, the time, or a remark."""
    if settled.get(column - 1) is Column.DUTY:
        return Column.DUTY
    if not set(settled.values()) & set(TIMES) and _share_of_times(column, rows, around) >= _MOST:
        return Column.WHEN
    return Column.COMMENT


def _regions(
    unnamed: Sequence[int],
    settled: Mapping[int, Column],
    headings: Mapping[int, str],
    rows: Sequence[GridRow],
    around: Surroundings,
) -> set[int]:
    """Return the columns of times that each stand for one region, where no other column tells the time."""
    if set(settled.values()) & set(TIMES):
        return set()
    timed = {column for column in unnamed if headings.get(column) and _share_of_times(column, rows, around) >= _MOST}
    return timed if len(timed) > 1 else set()


def _choose_content(settled: dict[int, Column], rows: Sequence[GridRow]) -> None:
    """Let a column be what the rows are about: of topics, remarks and areas the one with the most words."""
    for kind in (Column.TOPIC, Column.COMMENT, Column.AREA):
        choices = [column for column, found in settled.items() if found is kind]
        if choices:
            settled[max(choices, key=lambda column: sum(len(row.text(column)) for row in rows))] = Column.WHAT
            return


def guessed(rows: Sequence[GridRow], around: Surroundings) -> Columns | None:
    """Return what columns without headings are, by what stands in them; None where none of them tells the time."""
    kinds: dict[int, Column] = {}
    for column in _all_columns(rows):
        if _share_of_times(column, rows, around) >= _MOST:
            is_month = all(_is_month(row.text(column), around) for row in rows if row.text(column))
            kind = Column.MONTH if is_month else Column.WHEN
            kinds[column] = Column.COMMENT if kind in kinds.values() else kind
    if not kinds:
        return None
    rest = [column for column in _all_columns(rows) if column not in kinds]
    if not rest:
        return None
    for column in rest:
        filled = [row.text(column) for row in rows if row.text(column)]
        is_whom = bool(filled) and sum(is_groups(text) for text in filled) / len(filled) >= _MOST
        kinds[column] = Column.AUDIENCE if is_whom and len(rest) > 1 else Column.COMMENT
    content = [column for column in rest if kinds[column] is Column.COMMENT] or rest
    kinds[content[0]] = Column.WHAT
    return Columns(kinds=kinds)


def _all_columns(rows: Sequence[GridRow]) -> list[int]:
    return sorted({column for row in rows for column, _ in row.filled()})


def _share_of_times(column: int, rows: Sequence[GridRow], around: Surroundings) -> float:
    """Return how many of the filled cells of a column begin with a time."""
    filled = [row.cells[column].paragraphs[0].text for row in rows if row.text(column)]
    if not filled:
        return 0.0
    return sum(bool(slots_in(text, around).slots) and len(text) <= _LONGEST_TIME for text in filled) / len(filled)


def _is_month(text: str, around: Surroundings) -> bool:
    slot = slot_of(text, around)
    return slot is not None and slot.span.precision is Precision.MONTH
