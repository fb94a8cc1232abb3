"""What each column of a table is, seen beside the others and by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.model import Precision
from bot.proposals.columns import CONTENT, TIMES, Column, meaning
from bot.proposals.grid import GridRow
from bot.proposals.kinds import names_event
from bot.proposals.lexicon import fold, word_set, words
from bot.proposals.people import is_groups
from bot.proposals.places import is_place
from bot.proposals.slots import slot_of, slots_in
from bot.proposals.surroundings import Surroundings
from bot.proposals.weekdays import leading_weekdays, whole_week

_LONGEST_TIME = 60
_LONGEST_NAME = 3
_NAME = re.compile(r"^[A-ZÆØÅ][a-zæøå]+(?:[ -][A-ZÆØÅ][a-zæøå]+)*\.?$")
_MOST = 0.6
_FEW = 0.3


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
    found |= dict.fromkeys(_times(found, rows, around), Column.WHEN)
    regions = _regions(found, headings, rows, around)
    found |= dict.fromkeys(_clocks(found, rows, around, has_regions=bool(regions)), Column.CLOCK)
    kinds = set(found.values())
    is_work = _is_work(found, headings, rows)
    settled = {column: _settled(what, kinds, is_work=is_work) for column, what in found.items()}
    settled |= _outer(settled, rows) | _last_days(settled, found, rows, around)
    unnamed = [column for column in _all_columns(rows) if column not in settled]
    regions = regions if not set(settled.values()) & set(TIMES) else set()
    for column in unnamed:
        settled[column] = Column.REGION_TIME if column in regions else _beside(column, settled, rows, around)
    if not set(settled.values()) & {*CONTENT, Column.DUTY, Column.MILESTONE, Column.GOAL}:
        _choose_content(settled, rows)
    return Columns(kinds=settled, headings=headings)


def region_headings(rows: Sequence[GridRow], at: int, around: Surroundings) -> dict[int, str] | None:
    """Return the headings of a row over columns of times, one for each region, though few of them are known words."""
    filled = {column: cell.text for column, cell in rows[at].filled()}
    found = {column: what for column, text in filled.items() if (what := meaning(text))}
    is_led = min(rows[at].cells, default=0) not in filled
    is_told = is_led or set(found.values()) & {*CONTENT, Column.TOPIC}
    if not is_told or any(slot_of(text, around) for text in filled.values()):
        return None
    return filled if _regions(found, filled, rows[at + 1 :], around) else None


def guessed(rows: Sequence[GridRow], around: Surroundings) -> Columns | None:
    """Return what columns without headings are, by what stands in them; None where none of them tells the time."""
    kinds: dict[int, Column] = {}
    for column in _all_columns(rows):
        if kinds and _are(_is_weekday, column, rows):
            kinds[column] = Column.WEEKDAY
        elif _share_of_times(column, rows, around) >= _MOST:
            is_month = all(_is_month(row.text(column), around) for row in rows if row.text(column))
            kind = Column.MONTH if is_month else Column.WHEN
            kinds[column] = Column.COMMENT if kind in kinds.values() else kind
    if Column.WEEKDAY in kinds.values():
        kinds = {column: Column.WEEK if kind is Column.WHEN else kind for column, kind in kinds.items()}
    if not kinds:
        return None
    rest = [column for column in _all_columns(rows) if column not in kinds]
    if not rest:
        return None
    for column in rest:
        kinds[column] = _who_or_where(column, rows) if len(rest) > 1 else Column.COMMENT
    content = [column for column in rest if kinds[column] is Column.COMMENT] or rest
    kinds[content[0]] = Column.WHAT
    return Columns(kinds=kinds)


def _who_or_where(column: int, rows: Sequence[GridRow]) -> Column:
    """Return what a column of groups, names or places beside others is; one that is none of these is a remark."""
    filled = [row.text(column) for row in rows if row.text(column)]
    if sum(map(names_event, filled)) >= len(filled) * _FEW:
        return Column.COMMENT
    groups = [text for text in filled if is_groups(text)]
    others = [text for text in filled if text not in groups]
    names = sum(map(_is_names, others))
    has_places = sum(map(is_place, filled)) >= len(filled) * _FEW and any(map(is_place, others))
    if len(groups) + names < len(filled) * _MOST:
        return Column.PLACE if has_places and sum(map(is_place, filled)) >= len(filled) * _MOST else Column.COMMENT
    if has_places:
        return Column.PLACE
    return Column.RESPONSIBLE if names >= len(filled) * _FEW and len(set(others)) < len(others) else Column.AUDIENCE


def _times(found: Mapping[int, Column], rows: Sequence[GridRow], around: Surroundings) -> list[int]:
    """Return the columns of milestones or remarks that hold times, where no heading promises any: "Milepæl / tid"."""
    if set(found.values()) & set(TIMES):
        return []
    choices = [column for column, what in found.items() if what in (Column.MILESTONE, Column.COMMENT, Column.STATUS)]
    return [column for column in choices if _share_of_times(column, rows, around) >= _MOST][:1]


def _clocks(
    found: Mapping[int, Column], rows: Sequence[GridRow], around: Surroundings, *, has_regions: bool
) -> list[int]:
    """Return the columns for time that hold clock times, where another one holds the days ("Dato", "Tid")."""
    whens = [column for column, what in found.items() if what is Column.WHEN]
    clocks = [column for column in whens if _share_of_times(column, rows, around) < _FEW]
    return clocks if len(clocks) < len(whens) or Column.WEEK in found.values() or has_regions else []


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
    if what in (Column.FROM, Column.UNTIL):
        return _end_of_time(what, kinds)
    if what is Column.TOPIC and not kinds & {*CONTENT, Column.DUTY}:
        return Column.WHAT
    if what is Column.WHAT and kinds <= {Column.WHAT, Column.ROLE, Column.ACTOR, Column.COMMENT, Column.NUMBER}:
        return Column.DUTY if kinds & {Column.ROLE, Column.ACTOR} else what
    if what is Column.ROLE and Column.DUTY not in kinds and Column.RESPONSIBLE not in kinds:
        return Column.RESPONSIBLE
    if what is Column.RESPONSIBLE and not kinds & {*CONTENT, *TIMES, Column.TOPIC, Column.GOAL}:
        return Column.DUTY
    return what


def _end_of_time(what: Column, kinds: set[Column]) -> Column:
    """First and last days stand beside each other; beside a column for days they may be hours."""
    if Column.WHEN in kinds and (what is Column.UNTIL or Column.UNTIL in kinds):
        return Column.CLOCK
    return what if {Column.FROM, Column.UNTIL} <= kinds else Column.WHEN


def _outer(settled: Mapping[int, Column], rows: Sequence[GridRow]) -> dict[int, Column]:
    """Return the columns of content that are goals: merged cells reach over rows of another column of content."""
    content = [column for column, kind in sorted(settled.items()) if kind in (Column.MEASURE, Column.WHAT)]
    if len(content) < 2:
        return {}
    merged = {
        column for column in content if any(row.cells[column].is_inherited for row in rows if column in row.cells)
    }
    return dict.fromkeys(merged, Column.GOAL) if content[0] in merged and content[-1] not in merged else {}


def _last_days(
    settled: Mapping[int, Column], found: Mapping[int, Column], rows: Sequence[GridRow], around: Surroundings
) -> dict[int, Column]:
    """Return the columns of last days beside a column for days: "Dato | T.o.m."; clock times are none."""
    columns = [column for column, kind in found.items() if kind is Column.UNTIL and settled[column] is Column.CLOCK]
    return {column: Column.UNTIL for column in columns if _share_of_times(column, rows, around) >= _MOST}


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
    is_behind = any(kind in CONTENT and other < column for other, kind in settled.items())
    if is_behind and Column.RESPONSIBLE not in settled.values() and _are(_is_names, column, rows):
        return Column.RESPONSIBLE
    return Column.COMMENT


def _is_names(text: str) -> bool:
    """Whether a cell is a list of first names, or of names of persons."""
    names = text.replace("/", ",").replace(" og ", ",").split(",")
    return len(text) > 1 and all(0 < len(name.split()) <= _LONGEST_NAME and _NAME.match(name.strip()) for name in names)


def _regions(
    found: Mapping[int, Column], headings: Mapping[int, str], rows: Sequence[GridRow], around: Surroundings
) -> set[int]:
    """Return the columns of times that each stand for one region; a dash says that a region has none."""
    said = [column for column, heading in headings.items() if heading and column not in found]
    filled = [row for row in rows if not row.is_empty and not row.alone]
    timed = {column for column in said if _share_of_times(column, filled, around, has_gaps=True) >= _MOST}
    return timed if len(timed) > 1 else set()


def _choose_content(settled: dict[int, Column], rows: Sequence[GridRow]) -> None:
    """Let a column be what the rows are about: of topics, remarks and areas the one with the most words."""
    for kind in (Column.TOPIC, Column.COMMENT, Column.AREA):
        choices = [column for column, found in settled.items() if found is kind]
        if choices:
            settled[max(choices, key=lambda column: sum(len(row.text(column)) for row in rows))] = Column.WHAT
            return


def _are(test: Callable[[str], bool], column: int, rows: Sequence[GridRow]) -> bool:
    """Whether most of the filled cells of a column pass a test."""
    filled = [row.text(column) for row in rows if row.text(column)]
    return bool(filled) and sum(map(test, filled)) >= len(filled) * _MOST


def _is_weekday(text: str) -> bool:
    """Whether a cell names days of a week and little else: "ma–on", "to 13/9", "heile veka"."""
    found = leading_weekdays(text)
    return whole_week(text) == "" or (found is not None and not any(map(str.isalpha, found[1])))


def _all_columns(rows: Sequence[GridRow]) -> list[int]:
    return sorted({column for row in rows for column, _ in row.filled()})


def _share_of_times(column: int, rows: Sequence[GridRow], around: Surroundings, *, has_gaps: bool = False) -> float:
    """Return how many of the filled cells of a column begin with a time; `has_gaps`: a dash fills none."""
    filled = [row.cells[column].paragraphs[0].text for row in rows if row.text(column)]
    filled = [text for text in filled if not has_gaps or any(map(str.isalnum, text))]
    if not filled:
        return 0.0
    return sum(bool(slots_in(text, around).slots) and len(text) <= _LONGEST_TIME for text in filled) / len(filled)


def _is_month(text: str, around: Surroundings) -> bool:
    slot = slot_of(text, around)
    return slot is not None and slot.span.precision is Precision.MONTH
